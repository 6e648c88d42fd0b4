"""What a shop sets."""

from __future__ import annotations

import enum

import msgspec

from pos_app.resources import resources_dir as resources_dir  # noqa: PLC0414 - re-exported


class PrinterKind(enum.StrEnum):
    """How the receipt printer is reached."""

    NONE = "none"
    VIRTUAL = "virtual"
    TCP = "tcp"
    SERIAL = "serial"
    FILE = "file"


class PrinterSettings(msgspec.Struct, frozen=True):
    """The receipt printer.

    Attributes:
        kind: How it is reached.
        host: For TCP.
        port: For TCP; 9100 is usual.
        device: Serial port or file.
        baud: For serial.
        paper_mm: 58 or 80.
        charset: gbk, gb18030, utf8 or raster.
        drawer_pin: 2 or 5.
        has_cutter: Whether it cuts.
        native_qr: Whether it draws QR codes itself.
    """

    kind: PrinterKind = PrinterKind.NONE
    host: str = ""
    port: int = 9100
    device: str = ""
    baud: int = 9600
    paper_mm: int = 80
    charset: str = "gbk"
    drawer_pin: int = 2
    has_cutter: bool = True
    native_qr: bool = True


class ScannerSettings(msgspec.Struct, frozen=True):
    """The scanners.

    Attributes:
        device: Serial port of a serial scanner; empty for none. Wedge scanners need no port.
        baud: For serial.
        wedge_prefix: Taught characters before each code of a wedge scanner.
        wedge_suffix: Taught characters after it.
        wedge_gap_ms: Longest pause between two keys of one scan.
    """

    device: str = ""
    baud: int = 9600
    wedge_prefix: str = ""
    wedge_suffix: str = ""
    wedge_gap_ms: int = 50


class ShopSettings(msgspec.Struct, frozen=True):
    """The shop, as receipts name it."""

    name: str = ""
    code: str = "S001"
    address: str = ""
    phone: str = ""
    tax_id: str = ""
    thanks: str = ""


class Settings(msgspec.Struct, frozen=True):
    """Everything a shop sets at this till.

    Attributes:
        language: ``zh_CN`` or ``en``.
        theme: ``light`` or ``dark``.
        receipt_language: Language of papers.
        till_id: The till's own id; made when the till is set up.
        till_number: On receipts, 1 to 9999.
        shop: As receipts name it.
        time_zone: IANA name.
        day_starts_hour: Before this hour it is still yesterday's business.
        printer: The receipt printer.
        scanner: The scanners.
        card_prefixes: Beginnings of member card numbers.
        card_patterns: Forms of member card numbers, as regular expressions.
        label_layouts: Price-embedded labels of the shop's scale; empty for the usual ones.
    """

    language: str = "zh_CN"
    theme: str = "light"
    receipt_language: str = "zh_CN"
    till_id: str = ""
    till_number: int = 1
    shop: ShopSettings = ShopSettings()
    time_zone: str = "Asia/Shanghai"
    day_starts_hour: int = 4
    printer: PrinterSettings = PrinterSettings()
    scanner: ScannerSettings = ScannerSettings()
    card_prefixes: tuple[str, ...] = ()
    card_patterns: tuple[str, ...] = ()
    label_layouts: tuple[str, ...] = ()
