"""Finds a USB device's node by what it is, not by its number, which is another after every replugging (Linux)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_IDS = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?:/(.+))?", re.ASCII)
HID_ID = re.compile(r"HID_ID=[0-9A-F]+:0*([0-9A-F]{4}):0*([0-9A-F]{4})$", re.MULTILINE)
HID_UNIQ = re.compile(r"HID_UNIQ=(.*)$", re.MULTILINE)
#: How the descriptor of a bar code scanner's reports begins: usage page 8C, written in one or two bytes.
_BAR_CODE_PAGE = (b"\x05\x8c", b"\x06\x8c\x00")
KEY_ENTER = 28


class UsbIds(NamedTuple):
    """What a USB device says it is.

    Attributes:
        vendor: Four hexadecimal digits in small letters.
        product: Likewise.
        serial: Its serial number; empty where any will do.
    """

    vendor: str
    product: str
    serial: str = ""


def read_ids(address: str) -> UsbIds | None:
    """``0c2e:0b61`` or ``0c2e:0b61/SERIAL``; None for anything else, such as a path."""
    match = _IDS.fullmatch(address)
    return UsbIds(match[1].lower(), match[2].lower(), match[3] or "") if match else None


def find_hidraw(ids: UsbIds, *, sys: Path = Path("/sys"), dev: Path = Path("/dev")) -> Path | None:
    """The node of a HID device; of a device with several, the one that sends bar codes."""
    found: list[tuple[bool, Path]] = []
    for entry in sorted((sys / "class" / "hidraw").glob("hidraw*")):
        event = read_text(entry / "device" / "uevent")
        match, uniq = HID_ID.search(event), HID_UNIQ.search(event)
        if match is None or (match[1].lower(), match[2].lower()) != ids[:2]:
            continue
        if ids.serial and (uniq is None or uniq[1].strip() != ids.serial):
            continue
        found.append((sends_codes(entry), dev / entry.name))
    return max(found, key=lambda each: each[0])[1] if found else None


def find_keyboard(ids: UsbIds, *, sys: Path = Path("/sys"), dev: Path = Path("/dev")) -> Path | None:
    """The node of a device that types; of a device with several, the one that has an Enter key."""
    for entry in sorted((sys / "class" / "input").glob("event*")):
        device = entry / "device"
        known = (read_text(device / "id" / "vendor").lower(), read_text(device / "id" / "product").lower())
        if known != ids[:2] or (ids.serial and read_text(device / "uniq") != ids.serial):
            continue
        words = read_text(device / "capabilities" / "key").split()
        if words and int(words[-1], 16) >> KEY_ENTER & 1:
            return dev / "input" / entry.name
    return None


def sends_codes(entry: Path) -> bool:
    """Whether a hidraw device sends bar codes, by the descriptor of its reports."""
    try:
        return (entry / "device" / "report_descriptor").read_bytes().startswith(_BAR_CODE_PAGE)
    except OSError:
        return False


def read_text(path: Path) -> str:
    """What the kernel says there; empty where it says nothing."""
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
