"""How a till's devices are reached and what they are like: data that can be taken to another till as it is."""

from __future__ import annotations

import enum
import re
from typing import Final

import msgspec


class WireKind(enum.StrEnum):
    """How a device is reached."""

    NONE = "none"
    VIRTUAL = "virtual"
    TCP = "tcp"
    SERIAL = "serial"
    FILE = "file"
    INPUT = "input"
    """A device that types, read at its own node so that no window hears of it (Linux)."""
    HID = "hid"
    """A device that sends reports."""
    USB = "usb"
    SPOOLER = "spooler"


_USB_TEXT: Final = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?:/([^\s@/]{1,64})|@(\d+-\d+(?:\.\d+)*))?")


class Wire(msgspec.Struct, frozen=True):
    """The way to a device. Only what its kind needs is looked at.

    Attributes:
        kind: Which way; NONE where there is no such device.
        host: For TCP.
        port: For TCP; 9100 is usual for printers.
        device: Serial port, or path of a file; for INPUT and HID a path, or ``vendor:product[/serial]`` in hexadecimal
            digits, which stays the same wherever it is plugged in.
        baud: For serial, bits per second.
        data_bits: For serial, 7 or 8.
        parity: For serial: N, E or O.
        stop_bits: For serial, 1 or 2.
        flow: For serial: none, rts_cts, dsr_dtr or xon_xoff.
        vendor: For USB, the vendor's id.
        product: For USB, the product's id.
        serial_number: For USB, where there are several of one product that have one.
        place: For USB, bus and ports such as ``1-2.3``, where there are several without serial numbers.
        queue: For the system's spooler, the name of the print queue.
    """

    kind: WireKind = WireKind.NONE
    host: str = ""
    port: int = 9100
    device: str = ""
    baud: int = 9600
    data_bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    flow: str = "none"
    vendor: int = 0
    product: int = 0
    serial_number: str = ""
    place: str = ""
    queue: str = ""

    @property
    def where(self) -> str:
        """The address for people and logs: ``192.168.1.50:9100``, ``/dev/ttyUSB0``; empty where there is none."""
        match self.kind:
            case WireKind.TCP:
                return f"{self.host}:{self.port}"
            case WireKind.SERIAL | WireKind.FILE | WireKind.INPUT | WireKind.HID:
                return self.device
            case WireKind.USB:
                which = f"/{self.serial_number}" if self.serial_number else f"@{self.place}" if self.place else ""
                return f"{self.vendor:04x}:{self.product:04x}{which}" if self.vendor else ""
            case WireKind.SPOOLER:
                return self.queue
            case _:
                return ""


def usb_parts(text: str) -> dict[str, int | str] | None:
    """The fields of a wire to a USB device from an address: ``0416:5011``, ``0416:5011/serial``, ``0416:5011@1-2.3``.

    None where the text is no such address.
    """
    found = _USB_TEXT.fullmatch(text.strip())
    if found is None:
        return None
    vendor, product, serial_number, place = found.groups()
    return {
        "vendor": int(vendor, 16),
        "product": int(product, 16),
        "serial_number": serial_number or "",
        "place": place or "",
    }


class PrinterSettings(Wire, frozen=True):
    """A receipt printer.

    Attributes:
        paper_mm: 58 or 80.
        charset: gbk, gb18030, utf8 or raster.
        drawer_pin: 2 or 5.
        has_cutter: Whether it cuts.
        native_qr: Whether it draws QR codes itself.
        columns: Half-width characters in a line, where it is not as usual for the paper; 0 where it is.
    """

    paper_mm: int = 80
    charset: str = "gbk"
    drawer_pin: int = 2
    has_cutter: bool = True
    native_qr: bool = True
    columns: int = 0


class SlipSettings(msgspec.Struct, frozen=True):
    """A printer that has a slip of some lines of each sale, such as the kitchen's.

    Attributes:
        name: What the shop calls it; stands at the head of its slips, and keeps its queue apart.
        printer: The printer.
        categories: Goods of these categories, by their ids; empty for all.
    """

    name: str
    printer: PrinterSettings = PrinterSettings()
    categories: tuple[str, ...] = ()


class ScannerSettings(Wire, frozen=True):
    """A scanner that is read at a port of its own; one that types needs no port, see ``WedgeSettings``.

    Attributes:
        echo_ms: The same code of the same scanner again within so short a time counts once: its trigger bounced.
            0 where every scan counts.
        prefix: Characters it sends before each code, which are no part of it.
        suffix: Likewise after it, besides the end of the line.
    """

    echo_ms: int = 150
    prefix: str = ""
    suffix: str = ""


class OwnScaleSettings(msgspec.Struct, frozen=True):
    """A shop's own table for a scale that speaks as none of the known ones does; see ``hardware.scales.protocols``.

    Attributes:
        ask: What asks for a weight, as hexadecimal bytes; empty for a scale that never stops speaking.
        pattern: What it says.
        unit: ``kg`` or ``g``, where a frame does not say.
        repeat: How many frames have to agree.
    """

    ask: str = ""
    pattern: str = ""
    unit: str = "kg"
    repeat: int = 3


class ScaleSettings(Wire, frozen=True):
    """A scale at the counter.

    Attributes:
        protocol: Name of a known table, or ``own``.
        own: The shop's own table.
    """

    protocol: str = "general"
    own: OwnScaleSettings = OwnScaleSettings()


class DisplaySettings(Wire, frozen=True):
    """A line display for the customer.

    Attributes:
        model: Name of a known table, as ``hardware.displays.models`` has them.
        columns: Characters in a line, for those of text.
        charset: ``ascii``, or ``gbk`` where it shows Chinese.
        greeting: What it shows while nothing is sold; empty for nothing.
    """

    model: str = "led8"
    baud: int = 2400
    columns: int = 20
    charset: str = "ascii"
    greeting: str = ""


class DrawerSettings(Wire, frozen=True):
    """The cash drawer. Without a wire of its own it hangs on the receipt printer.

    Attributes:
        pulse: What opens it at a wire of its own, as hexadecimal bytes.
        sensor: What tells whether it is open: ``none``, ``printer``, or ``cts`` or ``dsr`` of its own wire.
        open_when_high: The sensor's line is high while it is open.
        warns_open: Say so when a sale begins while it still stands open.
    """

    pulse: str = "07"
    sensor: str = "none"
    open_when_high: bool = True
    warns_open: bool = False


class ScreenPlace(enum.StrEnum):
    """Where the customer's screen is."""

    OFF = "off"
    MONITOR = "monitor"
    WINDOW = "window"
    """Beside the till's own window."""


class CustomerScreenSettings(msgspec.Struct, frozen=True):
    """A second screen that shows the customer what is rung, and pictures while nothing is.

    Attributes:
        place: Where it is.
        monitor: The monitor's name as the system gives it; empty for the first that the till is not on.
        pictures: Folder of pictures for idle times; empty for none.
        seconds: How long each picture stays.
        opening: What is said where there is no picture; empty for our words.
        payment_code: What customers scan to pay: text of a code, or path of a picture of one; empty for none.
        sign_up_code: Text of a code that leads to signing up; empty for none.
        greets: Address members by a name that gives nobody away.
        shows_points: Show a member's points.
        shows_balance: Show a member's stored value, which others can read then.
    """

    place: ScreenPlace = ScreenPlace.OFF
    monitor: str = ""
    pictures: str = ""
    seconds: int = 10
    opening: str = ""
    payment_code: str = ""
    sign_up_code: str = ""
    greets: bool = True
    shows_points: bool = True
    shows_balance: bool = False


class WedgeSettings(msgspec.Struct, frozen=True):
    """Scanners that type like a keyboard.

    Attributes:
        prefix: Taught characters before each code.
        suffix: Taught characters after it.
        gap_ms: Longest pause between two keys of one scan.
    """

    prefix: str = ""
    suffix: str = ""
    gap_ms: int = 50


class DeviceSettings(msgspec.Struct, frozen=True):
    """All devices of a till.

    Attributes:
        printer: For receipts.
        stand_in: Prints receipts while that one cannot.
        stand_in_after_s: So long the receipt printer has not been ready before the other one prints.
        copies: Printers that have slips of some goods.
        wedge: Scanners that type.
        scanners: Scanners with ports of their own; all are listened to at once.
        scale: For goods sold by weight.
        display: For the customer.
        drawer: For cash.
        customer_screen: A second screen for the customer.
        key_mark: Stands in the codes of the sheet of keys, so that nobody else's press one; made with the first sheet,
            empty before. Tills with the same mark share a sheet.
    """

    printer: PrinterSettings = PrinterSettings()
    stand_in: PrinterSettings = PrinterSettings()
    stand_in_after_s: int = 10
    copies: tuple[SlipSettings, ...] = ()
    wedge: WedgeSettings = WedgeSettings()
    scanners: tuple[ScannerSettings, ...] = ()
    scale: ScaleSettings = ScaleSettings()
    display: DisplaySettings = DisplaySettings()
    drawer: DrawerSettings = DrawerSettings()
    customer_screen: CustomerScreenSettings = CustomerScreenSettings()
    key_mark: str = ""
