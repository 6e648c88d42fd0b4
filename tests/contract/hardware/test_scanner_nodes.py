"""Scanners at their device nodes, as the kernel shows them: found by what they are, taken for the till alone."""

import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.ports import DeviceError, Reason, Transport
from hardware.scanners.hid_pos import reports_for
from hardware.scanners.input_events import EVENT_BYTES, events_for
from hardware.transports import sysfs
from hardware.transports.hid import HidApiTransport, HidrawTransport, hid_transport
from hardware.transports.input_device import InputTransport
from hardware.transports.memory import MemoryTransport

EAN = "6901234567892"
GS1 = "]C1010690123456789210AB\x1d21S1"
READER = Path(__file__).with_name("read_nodes.py")
DEVICES = """\
P: /devices/usb1/1-1/1-1:1.0/0003:0C2E:0200.0001/input/input7
E: SUBSYSTEM=input
A: uniq=S1\\n
A: id/vendor=0c2e\\n
A: id/product=0200\\n
A: capabilities/key=e080ffdf01cfffff fffffffffffffffe\\n

P: /devices/usb1/1-1/1-1:1.0/0003:0C2E:0200.0001/input/input7/event7
N: input/event7
S: input/by-id/usb-Scanner_S1-event-kbd
E: SUBSYSTEM=input
E: DEVNAME=/dev/input/event7
L: device=../../input7

P: /devices/usb1/1-2/1-2:1.0/0003:0C2E:0B61.0002
E: HID_ID=0003:00000C2E:00000B61
E: HID_UNIQ=S2
E: SUBSYSTEM=hid
H: report_descriptor=058C0902A101

P: /devices/usb1/1-2/1-2:1.0/0003:0C2E:0B61.0002/hidraw/hidraw3
N: hidraw3
E: SUBSYSTEM=hidraw
E: DEVNAME=/dev/hidraw3
L: device=../../../0003:0C2E:0B61.0002
"""


def _evemu(data):
    events = struct.iter_unpack("llHHi", data)
    return "".join(
        f"E: {number // 2000}.{number % 2000 * 500:06d} {kind:04x} {code:04x} {value}\n"
        for number, (_s, _us, kind, code, value) in enumerate(events)
    )


def _script(data):
    """Bytes as umockdev's scripts write them: control characters as ^@ to ^_, ^ itself as ^`."""
    lines = []
    for start in range(0, len(data), 64):
        report = data[start : start + 64].decode("latin-1")
        said = "".join("^`" if char == "^" else char if char >= " " else "^" + chr(ord(char) + 64) for char in report)
        lines.append(f"r 20 {said}\n")
    return "".join(lines)


@pytest.mark.skipif(shutil.which("umockdev-run") is None, reason="umockdev is not installed: no nodes can be made up")
def test_nodes_of_the_kernel(tmp_path):
    (tmp_path / "devices").write_text(DEVICES)
    (tmp_path / "keys").write_text(_evemu(events_for(f"{EAN}\r{GS1}\t")))
    (tmp_path / "reports").write_text(_script(reports_for(EAN.encode(), "]E0") + reports_for(b"A" * 70, "]C0")))
    run = subprocess.run(
        [
            "umockdev-run",
            *("-d", str(tmp_path / "devices")),
            *("-e", f"/dev/input/event7={tmp_path / 'keys'}"),
            *("-s", f"/dev/hidraw3={tmp_path / 'reports'}"),
            "--",
            *(sys.executable, str(READER), "2", "input", "0c2e:0200/S1", "hid", "0c2e:0b61"),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    keys, reports = (json.loads(line) for line in run.stdout.splitlines())
    assert keys == {"address": "0c2e:0200/S1", "codes": [EAN, GS1], "first": ["idle"]}
    assert reports == {"address": "0c2e:0b61", "codes": ["]E0" + EAN, "]C0" + "A" * 70], "first": ["idle"]}


@pytest.mark.skipif(shutil.which("umockdev-run") is None, reason="umockdev is not installed: no nodes can be made up")
def test_a_name_that_stays_finds_the_node(tmp_path):
    (tmp_path / "devices").write_text(DEVICES)
    (tmp_path / "keys").write_text(_evemu(events_for(f"{EAN}\r")))
    address = "/dev/input/by-id/usb-Scanner_S1-event-kbd"
    run = subprocess.run(
        [
            "umockdev-run",
            *("-d", str(tmp_path / "devices"), "-e", f"/dev/input/event7={tmp_path / 'keys'}", "--"),
            *(sys.executable, str(READER), "1", "input", address),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(run.stdout)["codes"] == [EAN]


def _node(tmp_path, name, files):
    for path, text in files.items():
        file = tmp_path / "sys" / "class" / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("latin-1"))


def test_of_several_nodes_of_one_device_the_right_one_is_taken(tmp_path):
    for number, page in ((0, "\x05\x01"), (1, "\x05\x8c"), (2, "\x06\x00\xff")):
        uevent = "DRIVER=hid-generic\nHID_ID=0003:00000C2E:00000B61\nHID_UNIQ=S2\n"
        files = {f"hidraw{number}/device/uevent": uevent, f"hidraw{number}/device/report_descriptor": page}
        _node(tmp_path, "hidraw", files)
    _node(tmp_path, "hidraw", {"hidraw9/device/uevent": "HID_ID=0003:0000046D:0000C31C\n"})
    for number, keys in ((4, "0 0 10000"), (5, "1000000 ffffffffffffffff")):
        base = f"event{number}/device"
        ids = {f"{base}/id/vendor": "0c2e\n", f"{base}/id/product": "0200\n", f"{base}/uniq": "S1\n"}
        _node(tmp_path, "input", {**ids, f"{base}/capabilities/key": keys + "\n"})
    places = {"sys": tmp_path / "sys", "dev": Path("/dev")}
    assert sysfs.find_hidraw(sysfs.UsbIds("0c2e", "0b61"), **places) == Path("/dev/hidraw1")
    assert sysfs.find_hidraw(sysfs.UsbIds("0c2e", "0b61", "S2"), **places) == Path("/dev/hidraw1")
    assert sysfs.find_hidraw(sysfs.UsbIds("0c2e", "0b61", "other"), **places) is None
    assert sysfs.find_hidraw(sysfs.UsbIds("046d", "c31c"), **places) == Path("/dev/hidraw9")
    assert sysfs.find_keyboard(sysfs.UsbIds("0c2e", "0200", "S1"), **places) == Path("/dev/input/event5")
    assert sysfs.find_keyboard(sysfs.UsbIds("0c2e", "0200", "S9"), **places) is None
    assert sysfs.find_keyboard(sysfs.UsbIds("0c2e", "0001"), **places) is None


def test_addresses():
    assert sysfs.read_ids("0C2E:0b61") == ("0c2e", "0b61", "")
    assert sysfs.read_ids("0c2e:0b61/A/1") == ("0c2e", "0b61", "A/1")
    for path in ("/dev/hidraw0", "0c2e", "COM3", "", "0c2e:0b6"):
        assert sysfs.read_ids(path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such nodes on this system")
@pytest.mark.parametrize("make", [InputTransport, HidrawTransport])
def test_what_is_not_there_or_is_something_else(make, tmp_path):
    for address in (str(tmp_path / "nothing"), "0c2e:ffff"):
        with pytest.raises(DeviceError) as caught:
            make(address).open(timeout_ms=100)
        assert caught.value.reason is Reason.NOT_FOUND
    transport = make(str(tmp_path / "nothing"))
    assert isinstance(transport, Transport)
    assert "://" in transport.name
    assert transport.bytes_per_second > 0
    with pytest.raises(DeviceError) as caught:
        transport.read(10, timeout_ms=10)
    assert caught.value.reason is Reason.OFFLINE
    with pytest.raises(DeviceError):
        transport.write(b"x", timeout_ms=10)
    transport.close(timeout_ms=1)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such nodes on this system")
def test_a_file_that_is_no_keyboard_is_refused(tmp_path):
    (tmp_path / "text").write_text("hello")
    with pytest.raises(DeviceError) as caught:
        InputTransport(str(tmp_path / "text")).open(timeout_ms=100)
    assert caught.value.reason is Reason.PROTOCOL
    with pytest.raises(DeviceError) as caught:
        InputTransport("/dev/null").open(timeout_ms=100)
    assert caught.value.reason is Reason.PROTOCOL
    assert struct.calcsize("llHHi") == EVENT_BYTES


class _Library:
    """``hid.device`` that takes one report and then breaks."""

    def __init__(self, *, sent=1):
        self.wire, self.sent, self.closed = MemoryTransport(), sent, 0

    def open_path(self, path):
        assert path == b"\\\\?\\hid#vid_0c2e"

    def read(self, _most, _timeout_ms=0):
        raise ValueError("not open")

    def write(self, _report):
        if self.sent == 0:
            raise OSError("write error")
        return self.sent

    def close(self):
        self.closed += 1


def test_the_hid_library_of_other_systems():
    library = _Library()
    transport = HidApiTransport("\\\\?\\hid#vid_0c2e", make=lambda: library)
    assert isinstance(transport, Transport)
    transport.open(timeout_ms=10)
    transport.write(b"\x04T\r", timeout_ms=10)
    with pytest.raises(DeviceError) as caught:
        transport.read(64, timeout_ms=10)
    assert caught.value.reason is Reason.OFFLINE
    for sent in (-1, 0):
        library.sent = sent
        with pytest.raises(DeviceError) as caught:
            transport.write(b"\x04T\r", timeout_ms=10)
        assert caught.value.reason is Reason.OFFLINE
    transport.close(timeout_ms=1)
    transport.close(timeout_ms=1)
    assert library.closed == 1


def test_a_system_without_the_hid_library_says_not_found():
    def missing():
        raise ImportError("hid")

    with pytest.raises(DeviceError) as caught:
        HidApiTransport("0c2e:0b61", make=missing).open(timeout_ms=10)
    assert caught.value.reason is Reason.NOT_FOUND
    kind = HidrawTransport if sys.platform == "linux" else HidApiTransport
    assert isinstance(hid_transport("0c2e:0b61"), kind)
