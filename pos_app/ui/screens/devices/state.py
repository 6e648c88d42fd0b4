"""What the devices screen shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from pos_app.config import CustomerScreenSettings, PrinterSettings, ScreenPlace, WireKind
from pos_app.ui.state import Notice, Tone


class DeviceKind(enum.Enum):
    """A device."""

    PRINTER = "printer"
    SCANNER = "scanner"
    DRAWER = "drawer"
    SCALE = "scale"
    DISPLAY = "display"
    CUSTOMER_SCREEN = "customer_screen"


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """How a device stands.

    Attributes:
        kind: Which.
        tone: SUCCESS ready, WARNING not now, DANGER a person is needed, NEUTRAL none is set up.
        where: How it is reached: ``192.168.1.50:9100``, ``/dev/ttyUSB0``; empty for none.
        notice: Why it is not ready; None when it is, or when there is none.
        last: For the scanner: what it read last, shortened; for the scale: what lies on it (``0.285 kg``).
        is_open: For the drawer: whether it stands open; None where nothing tells.
        can_test: The test button does something.
        testing: A test is under way.
    """

    kind: DeviceKind
    tone: Tone = Tone.NEUTRAL
    where: str = ""
    notice: Notice | None = None
    last: str = ""
    is_open: bool | None = None
    can_test: bool = True
    testing: bool = False


@dataclass(frozen=True, slots=True)
class JobRow:
    """A paper that failed or waits.

    Attributes:
        key: Carried by the signals.
        paper: A ``JobKind`` value; the view has the word.
        number: Receipt number, or number of the report; empty for none.
        when: ``HH:MM``, with the day where it is not today.
        failed: It waits for a person's decision; else for the printer.
        reason: Why, where known.
        copy: It is a copy.
    """

    key: object
    paper: str
    number: str
    when: str
    failed: bool = False
    reason: Notice | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class PrinterForm:
    """The printer as typed; :class:`pos_app.config.PrinterSettings` has the meaning of each.

    Attributes:
        kind: How it is reached.
        host: For TCP.
        port: For TCP, as typed.
        device: Serial port, path of a file, USB device as ``0416:5011``, or name of a print queue.
        baud: As typed.
        paper_mm: 58 or 80.
        charset: gbk, gb18030, utf8 or raster.
        drawer_pin: 2 or 5.
    """

    kind: WireKind
    host: str
    port: str
    device: str
    baud: str
    paper_mm: int
    charset: str
    drawer_pin: int


@dataclass(frozen=True, slots=True)
class ScannerForm:
    """The scanners as typed; ``pos_app.config`` has the meaning of each."""

    device: str
    baud: str
    prefix: str
    suffix: str


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
class DevicesState:
    """State of the devices screen.

    Attributes:
        cards: A card per device that exists.
        jobs: Papers that failed or wait, the oldest first.
        printer: As saved.
        scanner: As saved, to be typed over.
        session: Another number fills the forms again from what is saved.
        ports: Serial ports found at this computer, to choose from.
        customer: As saved.
        monitors: Names of this computer's monitors, to choose from.
        can_change: The settings may be changed by whoever is logged in; else they are shown and asked for.
        bad_field: ``printer.host``, ``scanner.baud`` and so on when that is wrong; else empty.
        notice: What went wrong, or is to be known.
        busy: Being saved.
    """

    cards: tuple[DeviceCard, ...] = ()
    jobs: tuple[JobRow, ...] = ()
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    scanner: ScannerForm = ScannerForm("", "9600", "", "")
    session: int = 0
    ports: tuple[str, ...] = ()
    customer: CustomerScreenSettings = field(default_factory=CustomerScreenSettings)
    monitors: tuple[str, ...] = ()
    can_change: bool = True
    bad_field: str = ""
    notice: Notice | None = None
    busy: bool = False
