"""What was typed and chosen in the forms of the devices screen; ``pos_app.config`` has the meaning of each field."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.config import ScreenPlace, WireKind


@dataclass(frozen=True, slots=True)
class WireForm:
    """The way to a device as typed.

    Attributes:
        kind: How it is reached.
        host: For TCP.
        port: For TCP, as typed.
        device: Serial port, path of a file or node, USB device as ``0416:5011``, or name of a print queue.
        baud: As typed.
        data_bits: 7 or 8.
        parity: N, E or O.
        stop_bits: 1 or 2.
        flow: none, rts_cts, dsr_dtr or xon_xoff.
    """

    kind: WireKind = WireKind.NONE
    host: str = ""
    port: str = ""
    device: str = ""
    baud: str = ""
    data_bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    flow: str = "none"


@dataclass(frozen=True, slots=True)
class PrinterForm:
    """A printer as typed.

    Attributes:
        columns: 0 as usual for the paper.
    """

    wire: WireForm
    paper_mm: int = 80
    columns: int = 0
    charset: str = "gbk"
    drawer_pin: int = 2
    has_cutter: bool = True
    native_qr: bool = True


@dataclass(frozen=True, slots=True)
class StandInForm:
    """The printer that stands in, as typed.

    Attributes:
        after_s: After how many seconds, as typed.
    """

    printer: PrinterForm
    after_s: str = ""


@dataclass(frozen=True, slots=True)
class SlipForm:
    """A printer that has slips, as typed.

    Attributes:
        number: Which of them is changed; None for a new one.
        categories: Ids of the goods' categories that were ticked; none for all goods.
    """

    number: int | None
    name: str
    printer: PrinterForm
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WedgeForm:
    """Scanners that type."""

    prefix: str = ""
    suffix: str = ""
    gap_ms: str = ""


@dataclass(frozen=True, slots=True)
class ScannerForm:
    """A scanner with a port of its own, as typed.

    Attributes:
        number: Which of them is changed; None for a new one.
    """

    number: int | None
    wire: WireForm
    echo_ms: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class ChipForm:
    """How readers of chip cards write."""

    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScaleForm:
    """The scale as typed; what begins with ``own`` is the shop's own table."""

    wire: WireForm
    protocol: str = "general"
    own_ask: str = ""
    own_pattern: str = ""
    own_unit: str = "kg"
    own_repeat: str = ""


@dataclass(frozen=True, slots=True)
class DisplayForm:
    """The customer's line display as typed."""

    wire: WireForm
    model: str = "led8"
    columns: str = ""
    charset: str = "ascii"
    greeting: str = ""


@dataclass(frozen=True, slots=True)
class DrawerForm:
    """The drawer as typed; without a way of its own it hangs on the printer."""

    wire: WireForm
    pulse: str = ""
    sensor: str = "none"
    open_when_high: bool = True
    warns_open: bool = False


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """The customer's screen as typed; :class:`pos_app.config.CustomerScreenSettings` has the meaning of each."""

    place: ScreenPlace
    monitor: str
    pictures: str
    seconds: str
    opening: str
    payment_code: str
    sign_up_code: str
    greets: bool
    shows_points: bool
    shows_balance: bool


@dataclass(frozen=True, slots=True)
class LogoForm:
    """The logo that was chosen last is to be printed."""


DeviceForm = (
    PrinterForm
    | StandInForm
    | SlipForm
    | WedgeForm
    | ScannerForm
    | ChipForm
    | ScaleForm
    | DisplayForm
    | DrawerForm
    | CustomerForm
    | LogoForm
)
