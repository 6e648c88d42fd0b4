"""The devices of a till as a file: what is written is read again, and nonsense is refused with its place."""

import json

import pytest

from hardware.discovery import Discovery, Found, Likely, Way
from pos_app.bootstrap.device_places import not_here
from pos_app.config import (
    DeviceSettings,
    PrinterSettings,
    ScannerSettings,
    SlipSettings,
    WedgeSettings,
    WireKind,
)
from pos_app.errors import KnownError
from pos_app.infrastructure.device_profile import profile_bytes, read_profile, write_profile

DEVICES = DeviceSettings(
    printer=PrinterSettings(kind=WireKind.USB, vendor=0x416, product=0x5011, charset="gb18030", columns=42),
    stand_in=PrinterSettings(kind=WireKind.SPOOLER, queue="小票"),
    copies=(SlipSettings("厨房", PrinterSettings(kind=WireKind.TCP, host="192.168.1.50")),),
    scanners=(ScannerSettings(kind=WireKind.HID, device="0c2e:0b61/S-7", prefix="\x02"),),
    wedge=WedgeSettings(prefix="%", gap_ms=80),
)


def test_what_is_written_is_read(tmp_path):
    write_profile(tmp_path / "till.json", DEVICES)
    assert read_profile(tmp_path / "till.json") == DEVICES


def changed(**changes):
    found = json.loads(profile_bytes(DEVICES))
    for path, value in changes.items():
        at = found
        *way, last = path.split("__")
        for each in way:
            at = at[int(each)] if each.isdigit() else at[each]
        at[last] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    ("content", "code", "reason"),
    [
        (b"", "profile.none", ""),
        (b"\xff\xfe\x00", "profile.none", ""),
        (b"[" * 100_000, "profile.none", ""),
        (b" " * 300_000, "profile.none", ""),
        (b"[]", "profile.none", ""),
        (b'{"language": "en", "devices": {}}', "profile.none", ""),
        (changed(kind="somebody-elses"), "profile.none", ""),
        (changed(version=0), "profile.none", ""),
        (changed(version=True), "profile.none", ""),
        (changed(version=2), "profile.too_new", ""),
        (changed(devices__printer__paper_mm="wide"), "profile.wrong", "$.devices.printer.paper_mm"),
        (changed(devices__printer__kind="telepathy"), "profile.wrong", "$.devices.printer.kind"),
        (changed(devices__printer__columns=7), "profile.wrong", "printer.columns"),
        (changed(devices__printer__charset="koi8"), "profile.wrong", "printer.charset"),
        (changed(devices__copies__0__printer__port=0), "profile.wrong", "copies[0].port"),
        (changed(devices__scanners__0__baud=-1), "profile.wrong", "scanners[0].baud"),
    ],
)
def test_nonsense_is_refused_with_its_place(content, code, reason, tmp_path):
    path = tmp_path / "till.json"
    path.write_bytes(content)
    with pytest.raises(KnownError) as refused:
        read_profile(path)
    assert refused.value.code == code
    assert reason in str(refused.value.details.get("reason", ""))


def test_a_file_that_is_not_there_or_cannot_be_written_is_told(tmp_path):
    with pytest.raises(KnownError, match=r"profile\.unreadable"):
        read_profile(tmp_path / "none.json")
    with pytest.raises(KnownError, match=r"file\.not_written"):
        write_profile(tmp_path / "none" / "till.json", DEVICES)


def test_what_is_not_at_this_till_is_named():
    here = Discovery(
        (
            Found(Likely.PRINTER, Way.USB, "0416:5011@1-2"),
            Found(Likely.SCANNER, Way.HID, "0c2e:0b61/OTHER"),
        )
    )
    # Another scanner of the same model is not the one that the settings name by its number.
    assert not_here(DEVICES, here) == (("stand_in", "小票"), ("scanners[0]", "0c2e:0b61/S-7"))
    assert [place for place, _ in not_here(DEVICES, Discovery(()))] == ["printer", "stand_in", "scanners[0]"]


def test_paths_and_ports_are_looked_for_by_name(tmp_path):
    node = tmp_path / "lp0"
    devices = DeviceSettings(
        printer=PrinterSettings(kind=WireKind.FILE, device=str(node)),
        stand_in=PrinterSettings(kind=WireKind.SERIAL, device="COM3"),
        scanners=(
            ScannerSettings(kind=WireKind.SERIAL, device=str(node)),
            ScannerSettings(kind=WireKind.FILE, device="/dev/usb/lp77"),
        ),
    )
    port = Discovery((Found(Likely.UNKNOWN, Way.SERIAL, "COM3"),))
    assert [place for place, _ in not_here(devices, port)] == ["scanners[0]", "scanners[1]"]
    node.touch()
    assert [place for place, _ in not_here(devices, Discovery(()))] == ["stand_in", "scanners[1]"]
