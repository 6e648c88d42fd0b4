"""What is connected, found without opening anything and without asking the network.

Each place to look is a source of its own: one that does not answer in time is named, and the others are shown. Nothing
here knows for certain what a device is: it goes by what the device says of itself.
"""

from __future__ import annotations

import enum
import queue
import re
import sys as system
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol

import msgspec

from hardware.ports import Deadline, DeviceError
from hardware.transports.sysfs import HID_ID, HID_UNIQ, KEY_ENTER, read_text, sends_codes

_LOOK_MS: Final = 3_000
_QUEUES_MS: Final = 2_500
_PRINTER_CLASS: Final = "07"
_HID_NAME: Final = re.compile(r"HID_NAME=(.*)$", re.MULTILINE)
_SERIAL: Final = re.compile(r"[^\s@/]{4,64}")
_LONGEST_NAME: Final = 60


class Likely(enum.StrEnum):
    """What a device probably is."""

    PRINTER = "printer"
    SCANNER = "scanner"
    SCALE = "scale"
    DISPLAY = "display"
    KEYBOARD = "keyboard"
    """It types: a keyboard, or a scanner that pretends to be one and does not give itself away."""
    UNKNOWN = "unknown"
    """A serial port tells nothing of what is plugged into it."""


class Way(enum.StrEnum):
    """How a device is reached; the till's settings have the same names."""

    SERIAL = "serial"
    USB = "usb"
    FILE = "file"
    SPOOLER = "spooler"
    INPUT = "input"
    HID = "hid"


class Found(msgspec.Struct, frozen=True):
    """A device that is connected.

    Attributes:
        likely: What it probably is.
        way: How it is reached.
        address: For this way: a path, ``0416:5011@1-2``, ``0c2e:0b61``, or the name of a print queue.
        name: What it calls itself, for people; may be empty.
    """

    likely: Likely
    way: Way
    address: str
    name: str = ""


class Discovery(msgspec.Struct, frozen=True):
    """What was found.

    Attributes:
        devices: Printers and scanners first.
        silent: Sources that did not answer in time, or could not be asked.
    """

    devices: tuple[Found, ...]
    silent: tuple[str, ...] = ()


class SerialPortInfo(Protocol):
    """What is used of pyserial's ``ListPortInfo``."""

    @property
    def device(self) -> str:
        """Path or name of the port."""
        ...

    @property
    def description(self) -> str | None:
        """What it calls itself."""
        ...

    @property
    def vid(self) -> int | None:
        """Vendor of the USB device behind it."""
        ...


Source = Callable[[], Iterable[Found]]

#: Words in a device's own name, in this order: a "scanner" that mentions its "keyboard" is a scanner.
_WORDS: Final = (
    (
        Likely.SCANNER,
        re.compile(
            r"scan|bar ?code|symbol|zebra|honeywell|metrologic|datalogic|newland|opticon|code reader|hidpos|"
            r"netum|tera|mindeo|zebex|argox|cipherlab|unitech",
            re.IGNORECASE,
        ),
    ),
    (Likely.SCALE, re.compile(r"\bscale|balance|weigh|mettler|toledo|\bcas\b|dibal", re.IGNORECASE)),
    (Likely.DISPLAY, re.compile(r"display|\bvfd\b|\bpole\b|cd5220", re.IGNORECASE)),
    (
        Likely.PRINTER,
        re.compile(r"print|\bpos ?(58|80)|thermal|receipt|epson|tm-|bixolon|xprinter|gprinter|rongta", re.IGNORECASE),
    ),
)
#: Vendors who make nothing else, for devices that do not say what they are.
_MAKERS: Final = {
    0x0C2E: Likely.SCANNER,
    0x05E0: Likely.SCANNER,
    0x05F9: Likely.SCANNER,
    0x1EAB: Likely.SCANNER,
    0x04B8: Likely.PRINTER,
    0x0519: Likely.PRINTER,
    0x1504: Likely.PRINTER,
}
_ORDER: Final = {each: number for number, each in enumerate(Likely)}


def discover(sources: dict[str, Source] | None = None, *, timeout_ms: int = _LOOK_MS) -> Discovery:
    """Look at every source at once.

    Args:
        sources: Where to look, by name; this system's where none are given.
        timeout_ms: A source that takes longer is left alone; its thread ends by itself.
    """
    answers: queue.SimpleQueue[tuple[str, tuple[Found, ...] | None]] = queue.SimpleQueue()
    asked = sources if sources is not None else system_sources()

    def ask(name: str, source: Source) -> None:
        try:
            answers.put((name, tuple(source())))
        except (OSError, ValueError, ImportError, DeviceError):
            answers.put((name, None))

    for name, source in asked.items():
        threading.Thread(target=ask, args=(name, source), name=f"look-{name}", daemon=True).start()
    deadline, said = Deadline(timeout_ms), dict[str, tuple[Found, ...] | None]()
    while len(said) < len(asked):
        try:
            name, found = answers.get(timeout=max(0.001, deadline.left_s))
        except queue.Empty:
            break
        said[name] = found
    devices = [each for name in asked for each in said.get(name) or ()]
    devices.sort(key=lambda each: _ORDER[each.likely])  # a stable sort: within a kind as the sources stand
    return Discovery(tuple(devices), tuple(name for name in asked if said.get(name) is None))


def system_sources(sys: Path = Path("/sys"), dev: Path = Path("/dev")) -> dict[str, Source]:
    """Where this system tells of devices."""
    sources: dict[str, Source] = {
        "serial": lambda: serial_ports(_system_ports(), dev),
        "queues": lambda: print_queues(_system_queues()),
    }
    if system.platform.startswith("linux"):
        sources |= {
            "usb": lambda: usb_printers(sys),
            "lp": lambda: printer_nodes(sys, dev),
            "hid": lambda: hid_scanners(sys),
            "input": lambda: typing_devices(sys, dev),
        }
    return sources


def likely_of(name: str, vendor: int | None = None, otherwise: Likely = Likely.UNKNOWN) -> Likely:
    """What a device probably is, by its own name and its maker."""
    for likely, words in _WORDS:
        if words.search(name):
            return likely
    return _MAKERS.get(vendor or 0, otherwise)


def serial_ports(ports: Iterable[SerialPortInfo], dev: Path) -> list[Found]:
    """Serial ports; by a name that stays when there is one."""
    lasting = _lasting_names(dev / "serial" / "by-id")
    found = []
    for port in ports:
        said = port.description if port.description not in (None, "n/a") else ""
        name = _one_line(said or "")
        address = lasting.get(Path(port.device).name, port.device)
        found.append(Found(likely_of(f"{name} {Path(address).name}", port.vid), Way.SERIAL, address, name))
    return sorted(found, key=lambda each: each.address)


def usb_printers(sys: Path) -> list[Found]:
    """USB devices with an interface of the printer class."""
    folder = sys / "bus" / "usb" / "devices"
    kinds = sorted(folder.glob("*:*/bInterfaceClass"))
    places = dict.fromkeys(kind.parent.name.partition(":")[0] for kind in kinds if read_text(kind) == _PRINTER_CLASS)
    numbers = {place: _usb_number(folder / place) for place in places}
    found = []
    for place, number in numbers.items():
        ids, serial = number
        if not ids:
            continue
        # Cheap printers all have the same serial number, or none that can be typed: then the socket tells them apart.
        alone = list(numbers.values()).count(number) == 1 and _SERIAL.fullmatch(serial)
        said = (read_text(folder / place / name) for name in ("manufacturer", "product"))
        address = f"{ids}/{serial}" if alone else f"{ids}@{place}"
        found.append(Found(Likely.PRINTER, Way.USB, address, _one_line(" ".join(said))))
    return found


def _usb_number(device: Path) -> tuple[str, str]:
    vendor, product = read_text(device / "idVendor"), read_text(device / "idProduct")
    return f"{vendor}:{product}" if vendor and product else "", read_text(device / "serial")


def printer_nodes(sys: Path, dev: Path) -> list[Found]:
    """Printers that the kernel shows as files."""
    found = []
    for node in sorted((dev / "usb").glob("lp*")):
        said = dict(
            part.partition(":")[::2]
            for part in read_text(sys / "class" / "usbmisc" / node.name / "device" / "ieee1284_id").split(";")
        )
        maker, model = (said.get(long) or said.get(short) or "" for long, short in _ID_FIELDS)
        found.append(Found(Likely.PRINTER, Way.FILE, str(node), _one_line(f"{maker} {model}")))
    return found


_ID_FIELDS: Final = (("MANUFACTURER", "MFG"), ("MODEL", "MDL"))


def print_queues(names: Iterable[str]) -> list[Found]:
    """Print queues of the system."""
    return [Found(Likely.PRINTER, Way.SPOOLER, name) for name in names]


def hid_scanners(sys: Path) -> list[Found]:
    """HID devices that send bar codes, by the descriptor of their reports."""
    found = []
    for entry in sorted((sys / "class" / "hidraw").glob("hidraw*")):
        event = read_text(entry / "device" / "uevent")
        ids, name, uniq = HID_ID.search(event), _HID_NAME.search(event), HID_UNIQ.search(event)
        if not sends_codes(entry) or ids is None:
            continue
        serial = uniq[1].strip() if uniq is not None else ""
        address = "/".join(part for part in (f"{ids[1].lower()}:{ids[2].lower()}", serial) if part)
        found.append(Found(Likely.SCANNER, Way.HID, address, _one_line(name[1] if name is not None else "")))
    return found


def typing_devices(sys: Path, dev: Path) -> list[Found]:
    """Devices with an Enter key; those whose names give them away are scanners, the others may be."""
    lasting = _lasting_names(dev / "input" / "by-id")
    found, seen = [], set[str]()
    for entry in sorted((sys / "class" / "input").glob("event*"), key=lambda each: int(each.name[5:])):
        device = entry / "device"
        keys = read_text(device / "capabilities" / "key").split()
        vendor, product = read_text(device / "id" / "vendor").lower(), read_text(device / "id" / "product").lower()
        if not keys or not int(keys[-1], 16) >> KEY_ENTER & 1 or not int(vendor or "0", 16):
            continue  # no Enter, or no device of its own, such as the power button
        name = _one_line(read_text(device / "name"))
        address = "/".join(part for part in (f"{vendor}:{product}", read_text(device / "uniq")) if part)
        if address in seen:
            address = lasting.get(entry.name, str(dev / "input" / entry.name))
        seen.add(address)
        likely = likely_of(f"{name} {Path(lasting.get(entry.name, '')).name}", int(vendor, 16), Likely.KEYBOARD)
        found.append(Found(likely, Way.INPUT, address, name))
    return found


def _lasting_names(folder: Path) -> dict[str, str]:
    """Links that stay the same wherever a device is plugged in, by the name of the node they lead to."""
    try:
        return {Path(link.readlink()).name: str(link) for link in sorted(folder.iterdir()) if link.is_symlink()}
    except OSError:
        return {}


def _system_ports() -> Iterable[SerialPortInfo]:
    from serial.tools import list_ports

    ports: Iterable[SerialPortInfo] = list_ports.comports()
    return ports


def _system_queues() -> list[str]:
    from hardware.transports.spooler import system_spooler

    return system_spooler().queues(timeout_ms=_QUEUES_MS)


def _one_line(text: str) -> str:
    """A device's own words, without what could be a command to a terminal."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:_LONGEST_NAME]
