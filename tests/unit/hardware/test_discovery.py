"""What is connected is found by what the system tells of it; nothing is opened."""

import threading
from types import SimpleNamespace

import pytest

from hardware import discovery
from hardware.discovery import Found, Likely, Way, discover, likely_of


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else f"{content}\n".encode()
        (folder / name).write_bytes(data)


def usb_device(sys, place, vendor, product, *, serial="", kind="07", names=("", "")):
    bus = sys / "bus" / "usb" / "devices"
    write(bus / place, idVendor=vendor, idProduct=product, manufacturer=names[0], product=names[1])
    if serial:
        write(bus / place, serial=serial)
    write(bus / f"{place}:1.0", bInterfaceClass=kind)


def keyboard(sys, number, name, vendor, product, *, keys="10000000", uniq=""):
    device = sys / "class" / "input" / f"event{number}" / "device"
    write(device, name=name, uniq=uniq)
    write(device / "id", vendor=vendor, product=product)
    write(device / "capabilities", key=keys)


def test_usb_printers_are_told_apart_by_serial_number_or_socket(tmp_path):
    usb_device(tmp_path, "1-1", "0416", "5011", serial="A1B2C3", names=("STMicro", "POS80 Printer"))
    usb_device(tmp_path, "1-2.3", "0416", "5011", names=("", "POS58"))
    usb_device(tmp_path, "1-4", "28e9", "0289", serial="0000000")
    usb_device(tmp_path, "1-5", "28e9", "0289", serial="0000000")
    usb_device(tmp_path, "1-6", "046d", "c31c", kind="03", names=("Logitech", "Printer keyboard"))
    assert discovery.usb_printers(tmp_path) == [
        Found(Likely.PRINTER, Way.USB, "0416:5011/A1B2C3", "STMicro POS80 Printer"),
        Found(Likely.PRINTER, Way.USB, "0416:5011@1-2.3", "POS58"),
        Found(Likely.PRINTER, Way.USB, "28e9:0289@1-4"),
        Found(Likely.PRINTER, Way.USB, "28e9:0289@1-5"),
    ]


def test_printer_nodes_say_what_they_are(tmp_path):
    write(tmp_path / "dev" / "usb", lp0=b"", lp1=b"", hiddev0=b"")
    write(tmp_path / "sys" / "class" / "usbmisc" / "lp0" / "device", ieee1284_id="MFG:EPSON;CMD:ESC;MDL:TM-T20;CLS:X;")
    found = discovery.printer_nodes(tmp_path / "sys", tmp_path / "dev")
    assert [(each.address.rsplit("/", 1)[1], each.name) for each in found] == [("lp0", "EPSON TM-T20"), ("lp1", "")]
    assert {each.way for each in found} == {Way.FILE}


def test_a_scanner_that_sends_reports_is_known_by_their_descriptor(tmp_path):
    hidraw = tmp_path / "class" / "hidraw"
    told = "HID_ID=0003:00000C2E:00000B61\nHID_NAME=Honeywell\x1b[2J 1450g\nHID_UNIQ=S-77"
    write(hidraw / "hidraw0" / "device", report_descriptor=b"\x05\x01\x09\x06", uevent=told)
    write(hidraw / "hidraw1" / "device", report_descriptor=b"\x05\x8c\x09\x02", uevent=told)
    write(hidraw / "hidraw2" / "device", uevent=told)
    # What a device calls itself is no command to a terminal.
    assert discovery.hid_scanners(tmp_path) == [Found(Likely.SCANNER, Way.HID, "0c2e:0b61/S-77", "Honeywell [2J 1450g")]


def test_what_types_is_a_scanner_by_name_or_maker_and_else_perhaps_one(tmp_path):
    keyboard(tmp_path / "sys", 10, "USB Keyboard", "046d", "c31c")
    keyboard(tmp_path / "sys", 2, "Newtologic NT4010S Barcode Scanner", "4e54", "1001")
    keyboard(tmp_path / "sys", 3, "HID Keyboard", "0c2e", "0b61", uniq="77")
    keyboard(tmp_path / "sys", 4, "HID Keyboard", "0c2e", "0b61", uniq="77")
    keyboard(tmp_path / "sys", 5, "A mouse", "046d", "c077", keys="70000 0")
    keyboard(tmp_path / "sys", 6, "Power Button", "0000", "0001")
    by_id = tmp_path / "dev" / "input" / "by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-Honeywell_2-event-kbd").symlink_to("../event4")
    found = discovery.typing_devices(tmp_path / "sys", tmp_path / "dev")
    assert [(each.likely, each.address) for each in found] == [
        (Likely.SCANNER, "4e54:1001"),
        (Likely.SCANNER, "0c2e:0b61/77"),
        (Likely.SCANNER, str(by_id / "usb-Honeywell_2-event-kbd")),
        (Likely.KEYBOARD, "046d:c31c"),
    ]


def test_serial_ports_have_the_name_that_stays(tmp_path):
    by_id = tmp_path / "serial" / "by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-Datalogic_QuickScan-if00").symlink_to("../../ttyACM0")
    ports = [
        SimpleNamespace(device="/dev/ttyUSB0", description="USB Serial", vid=0x1A86),
        SimpleNamespace(device="/dev/ttyACM0", description="n/a", vid=None),
        SimpleNamespace(device="/dev/ttyS0", description=None, vid=None),
    ]
    assert discovery.serial_ports(ports, tmp_path) == [
        Found(Likely.UNKNOWN, Way.SERIAL, "/dev/ttyS0"),
        Found(Likely.UNKNOWN, Way.SERIAL, "/dev/ttyUSB0", "USB Serial"),
        Found(Likely.SCANNER, Way.SERIAL, str(by_id / "usb-Datalogic_QuickScan-if00")),
    ]


@pytest.mark.parametrize(
    ("name", "vendor", "likely"),
    [
        ("Symbol Bar Code Scanner::Keyboard", None, Likely.SCANNER),
        ("CAS scale interface", None, Likely.SCALE),
        ("USB customer display", None, Likely.DISPLAY),
        ("XPrinter POS80", None, Likely.PRINTER),
        ("USB2.0-Ser!", 0x1A86, Likely.UNKNOWN),
        ("", 0x05F9, Likely.SCANNER),
    ],
)
def test_what_a_device_probably_is(name, vendor, likely):
    assert likely_of(name, vendor) is likely


def test_a_source_that_hangs_or_fails_is_named_and_the_others_are_shown():
    go_on = threading.Event()
    port = Found(Likely.UNKNOWN, Way.SERIAL, "/dev/ttyUSB0")
    scanner = Found(Likely.SCANNER, Way.HID, "0c2e:0b61")

    def hangs():
        go_on.wait(20)
        return []

    def fails():
        raise PermissionError("no")

    sources = {"queues": hangs, "usb": fails, "serial": lambda: [port], "hid": lambda: [scanner]}
    found = discover(sources, timeout_ms=200)
    go_on.set()
    assert found.devices == (scanner, port)
    assert found.silent == ("queues", "usb")


def test_this_system_can_be_looked_at():
    assert not set(discover().silent) - {"queues"}
