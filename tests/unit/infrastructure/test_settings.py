"""The settings file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.config import (
    DeviceSettings,
    PrinterSettings,
    ScannerSettings,
    Settings,
    ShopSettings,
    WedgeSettings,
    WireKind,
)
from pos_app.errors import KnownError
from pos_app.infrastructure.paths import till_paths
from pos_app.infrastructure.settings import load_settings, save_settings

CHANGED = Settings(
    language="en",
    till_number=7,
    shop=ShopSettings(name="惠民超市"),
    devices=DeviceSettings(printer=PrinterSettings(WireKind.TCP, host="10.0.0.9", paper_mm=58)),
    card_prefixes=("M", "VIP"),
)


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    assert load_settings(path).is_new
    save_settings(path, CHANGED)
    loaded = load_settings(path)
    assert loaded.settings == CHANGED
    assert (loaded.is_new, loaded.set_aside, loaded.refused) == (False, None, ())
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]
    assert "惠民超市" in path.read_text(encoding="utf-8"), "a person can read it"


def test_a_setting_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    plain = msgspec.to_builtins(CHANGED)
    path.write_text(json.dumps({**plain, "new_thing": 5}), encoding="utf-8")
    assert load_settings(path).settings == CHANGED


def test_one_wrong_field_costs_that_field_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    plain = msgspec.to_builtins(CHANGED)
    plain["devices"]["printer"]["port"] = "many"
    plain["till_number"] = None
    path.write_text(json.dumps(plain), encoding="utf-8")
    loaded = load_settings(path)
    assert set(loaded.refused) == {"devices.printer.port", "till_number"}
    assert loaded.settings.devices.printer.host == "10.0.0.9"
    assert loaded.settings.shop == CHANGED.shop
    assert loaded.settings.till_number == Settings().till_number
    assert loaded.set_aside is not None
    assert loaded.set_aside.exists(), "the file is kept for whoever wrote it"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.sampled_from([b"", b"[]", b"null", b'{"printer": 5}', b"{"])))
def test_no_content_stops_the_start(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load_settings(path)
    assert isinstance(loaded.settings, Settings)
    assert len(list(tmp_path.iterdir())) <= 7, "broken files do not pile up"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, CHANGED)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(KnownError) as caught:
        save_settings(path, Settings())
    assert caught.value.code == "settings.not_saved"
    assert load_settings(path).settings == CHANGED
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_everything_of_a_till_is_below_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITAI_HOME", str(tmp_path / "here"))
    paths = till_paths()
    paths.make()
    for each in (paths.data, paths.logs, paths.cache, paths.settings, paths.training):
        assert each.is_relative_to(tmp_path / "here")
    monkeypatch.delenv("GUITAI_HOME")
    elsewhere = till_paths()
    assert not elsewhere.data.is_relative_to(tmp_path)
    assert len({elsewhere.data, elsewhere.logs, elsewhere.cache}) == 3


def test_devices_of_an_earlier_version_are_where_they_belong_now(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    printer = {"kind": "tcp", "host": "10.0.0.9", "paper_mm": 58}
    scanner = {"device": "/dev/ttyACM0", "baud": 115_200, "wedge_prefix": "~", "wedge_gap_ms": 70}
    path.write_text(json.dumps({"language": "en", "printer": printer, "scanner": scanner}), encoding="utf-8")
    loaded = load_settings(path)
    assert (loaded.set_aside, loaded.refused) == (None, ())
    devices = loaded.settings.devices
    assert devices.printer == PrinterSettings(WireKind.TCP, host="10.0.0.9", paper_mm=58)
    assert devices.wedge == WedgeSettings(prefix="~", gap_ms=70)
    assert devices.scanners == (ScannerSettings(WireKind.SERIAL, device="/dev/ttyACM0", baud=115_200),)


def test_one_wrong_scanner_costs_no_other_device(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    plain = msgspec.to_builtins(CHANGED)
    plain["devices"]["scanners"] = [{"kind": "pigeon"}]
    path.write_text(json.dumps(plain), encoding="utf-8")
    loaded = load_settings(path)
    assert loaded.refused == ("devices.scanners",)
    assert loaded.settings.devices.printer == CHANGED.devices.printer
