"""What a shop sets."""

from __future__ import annotations

import msgspec

from pos_app.config.devices import (
    CustomerScreenSettings,
    DeviceSettings,
    DisplaySettings,
    DrawerSettings,
    OwnScaleSettings,
    PrinterSettings,
    ScaleSettings,
    ScannerSettings,
    ScreenPlace,
    SlipSettings,
    WedgeSettings,
    Wire,
    WireKind,
    usb_parts,
)
from pos_app.resources import resources_dir

__all__ = [
    "CustomerScreenSettings",
    "DeviceSettings",
    "DisplaySettings",
    "DrawerSettings",
    "OwnScaleSettings",
    "PrinterSettings",
    "ScaleSettings",
    "ScannerSettings",
    "ScreenPlace",
    "Settings",
    "ShopSettings",
    "SlipSettings",
    "WedgeSettings",
    "Wire",
    "WireKind",
    "resources_dir",
    "usb_parts",
]


class ShopSettings(msgspec.Struct, frozen=True):
    """The shop, as receipts name it.

    Attributes:
        logo: A PNG file above the name; empty takes ``logo.png`` of the shop's own receipts folder, where there is one.
    """

    name: str = ""
    code: str = "S001"
    address: str = ""
    phone: str = ""
    tax_id: str = ""
    thanks: str = ""
    logo: str = ""


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
        devices: Printers, scanners and whatever else is connected.
        card_prefixes: Beginnings of member card numbers.
        card_patterns: Forms of member card numbers, as regular expressions.
        chip_forms: How the shop's readers of chip cards write numbers: decimal, decimal_reversed, hex, hex_reversed,
            hex_long, wiegand, epc; empty where it has none.
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
    devices: DeviceSettings = DeviceSettings()
    card_prefixes: tuple[str, ...] = ()
    card_patterns: tuple[str, ...] = ()
    chip_forms: tuple[str, ...] = ()
    label_layouts: tuple[str, ...] = ()
