"""``guitai devices test`` at devices that are listened to: what is read and means, what is weighed, what is shown."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from integration.cli.test_devices_command import Said, guitai, have, paths  # noqa: F401

from hardware.scanners.config import ScanConfig
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.port import VirtualPort
from hardware.virtual.scale import VirtualScale
from hardware.virtual.scanner import VirtualScanner
from pos_app.bootstrap import device_trying
from pos_app.cli.devices_heard import heard
from pos_app.config import DeviceSettings, DisplaySettings, DrawerSettings, ScaleSettings, ScannerSettings, WireKind
from pos_app.infrastructure.paths import Paths
from pos_app.runtime.weighing import Weight, WeightState

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are a POSIX thing")
SERIAL = WireKind.SERIAL


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_trying, "LISTEN_S", 1.5)


def meanwhile(work: Callable[[], object], every_s: float = 0.2) -> threading.Event:
    """Do something again and again until the event is set."""
    over = threading.Event()

    def loop() -> None:
        while not over.wait(every_s):
            work()

    threading.Thread(target=loop, daemon=True).start()
    return over


def test_a_scan_is_shown_with_its_meaning_and_is_in_no_log(paths: Paths, tmp_path: Path, capsys: Said) -> None:  # noqa: F811
    with VirtualScanner(link=tmp_path / "scanner") as scanner:
        have(paths, DeviceSettings(scanners=(ScannerSettings(SERIAL, device=scanner.port, echo_ms=0),)))
        over = meanwhile(lambda: [scanner.send(each) for each in ("6901234567892", "13900000001")])
        assert guitai(paths, "test", "scanner") == 0
        over.set()
    said = capsys.readouterr().out
    assert "请扫任意条码" in said
    assert "6901234567892  →  商品条码 · item number  6901234567892  ean13" in said
    assert "…0001  →  手机号 · phone number" in said
    assert "13900000001" not in said
    logs = "".join(each.read_text("utf-8") for each in paths.logs.glob("*")) if paths.logs.exists() else ""
    assert "0001" not in logs
    assert "6901234567892" not in logs


def test_a_weight_is_shown_as_it_changes(paths: Paths, tmp_path: Path, capsys: Said) -> None:  # noqa: F811
    with VirtualScale("general", link=tmp_path / "scale") as scale:
        have(paths, DeviceSettings(scale=ScaleSettings(SERIAL, device=scale.port)))
        weights = iter([285, 1234, 16_000] + [16_000] * 20)
        over = meanwhile(lambda: scale.lay(next(weights)), 0.4)
        assert guitai(paths, "test", "scale") == 0
        over.set()
    said = capsys.readouterr().out
    assert "0.285 kg  稳定 · steady" in said
    assert said.index("0.285 kg") < said.index("1.234 kg") < said.index("超重 · more than it can weigh")


def test_a_line_is_shown_and_a_drawer_opens(paths: Paths, tmp_path: Path, capsys: Said) -> None:  # noqa: F811
    pulses: list[bytes] = []
    with (
        VirtualDisplay(figures=8, link=tmp_path / "display") as display,
        VirtualPort("box", on_data=pulses.append, link=tmp_path / "drawer") as box,
    ):
        devices = DeviceSettings(
            display=DisplaySettings(SERIAL, device=display.port),
            drawer=DrawerSettings(SERIAL, device=box.port, pulse="1b700019fa"),
        )
        have(paths, devices)
        assert guitai(paths, "test", "display") == 0
        assert display.lines == ("12.34",)
        assert guitai(paths, "test", "drawer") == 0
        assert pulses == [bytes.fromhex("1b700019fa")]
    assert capsys.readouterr().out.count("✓ done") == 2


@pytest.mark.parametrize(("said", "line"), [
    ("2412345005852", "2412345005852"),
    ("]d2010690123456789217270131", "GS1"),
    ("6901234567893", "校验位不对 · wrong check digit"),
    ("%B4111111111111111^A/B^2512101?;4111111111111111=25121010000000000?", "…  →  未识别 · not known  银行卡"),
    ("", "没有内容 · nothing in it"),
    (True, "the drawer is open"),
    (Weight(WeightState.MOVING, 1200), "1.2"),
    (Weight(WeightState.STABLE, 300, is_net=True), "less the tare"),
    (Weight(WeightState.MOVING, 0), "0.000 kg  晃动"),
    (Weight(WeightState.NEGATIVE, -50), "-0.050 kg  负重"),
    (Weight(WeightState.UNIT), "not in kilograms"),
])  # fmt: skip
def test_everything_has_words(said: str | Weight | bool, line: str) -> None:
    assert line in heard(said, ScanConfig())
    assert "4111" not in heard(said, ScanConfig())
