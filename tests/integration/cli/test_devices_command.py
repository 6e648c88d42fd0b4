"""``guitai devices`` on a till of its own, with a virtual printer and a scanner at a pseudo terminal."""

from __future__ import annotations

import io
import os
import sys
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import typer

from hardware.discovery import Discovery, Found, Likely, Way
from hardware.printers.profile import PAPER_58
from hardware.virtual.display import VirtualDisplay
from hardware.virtual.port import VirtualPort
from hardware.virtual.printer import VirtualPrinter
from hardware.virtual.scale import VirtualScale
from pos_app.application.device_wizard.state import KNOWN_CODE
from pos_app.application.setting_up import SetUpService
from pos_app.bootstrap import counter_trials, trials
from pos_app.bootstrap.devices import scan_config
from pos_app.bootstrap.till import open_books
from pos_app.cli import devices_setup, devices_words, run
from pos_app.config import DeviceSettings, PrinterSettings, Settings, WireKind
from pos_app.domain.ledger.journal import RecordKind
from pos_app.errors import KnownError
from pos_app.infrastructure.keys import OsKeyring
from pos_app.infrastructure.ledger.opening import lock_folder
from pos_app.infrastructure.paths import Paths, paths_below
from pos_app.infrastructure.settings import load_settings, save_settings
from pos_app.runtime.lanes import Lanes

PIN = "3333"
Said = pytest.CaptureFixture[str]
QUEUE = Found(Likely.PRINTER, Way.SPOOLER, "receipts", "前台")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A till with its manager, and nothing but a print queue connected."""

    def no_keyring(_: OsKeyring) -> None:
        raise KnownError("keys.no_keyring")

    monkeypatch.setattr(OsKeyring, "_usable", no_keyring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr(trials, "look", lambda: Discovery((QUEUE,), ("usb",)))
    monkeypatch.delenv("GUITAI_STAFF", raising=False)
    monkeypatch.setenv("GUITAI_PIN", PIN)
    paths = paths_below(tmp_path / "till")
    paths.make()
    settings = msgspec.structs.replace(Settings(), till_id="till-1")
    save_settings(paths.settings, settings)
    lanes = Lanes(inline=True)
    books = open_books(paths, settings, scan_config(settings), lanes)
    SetUpService(books.till.context).first_manager("王店长", PIN)
    books.close()
    lanes.shutdown()
    return paths


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with VirtualPrinter(PAPER_58) as printer:
        yield printer


def guitai(paths: Paths, *words: str) -> int:
    return run(["--home", str(paths.data.parent), "devices", *words])


def devices_of(paths: Paths) -> DeviceSettings:
    return load_settings(paths.settings).settings.devices


def have(paths: Paths, devices: DeviceSettings) -> None:
    save_settings(paths.settings, msgspec.structs.replace(load_settings(paths.settings).settings, devices=devices))


def at(printer: VirtualPrinter) -> PrinterSettings:
    return PrinterSettings(kind=WireKind.TCP, host=printer.host, port=printer.port, paper_mm=58)


def drawer_openings(paths: Paths) -> int:
    lanes = Lanes(inline=True)
    books = open_books(paths, load_settings(paths.settings).settings, scan_config(Settings()), lanes)
    try:
        with books.till.context.ledger.read() as reader:
            return reader.count_of_kind(RecordKind.DRAWER_OPENED)
    finally:
        books.close()
        lanes.shutdown()


def test_the_list_says_what_is_connected_and_what_is_not_here(paths: Paths, capsys: Said) -> None:
    scale = msgspec.structs.replace(DeviceSettings().scale, kind=WireKind.SERIAL, device="/dev/ttyNOWHERE")
    have(paths, DeviceSettings(printer=PrinterSettings(kind=WireKind.SPOOLER, queue="receipts"), scale=scale))
    # Nothing is opened, so it may be asked while the till runs.
    lock = lock_folder(paths.data)
    assert guitai(paths, "list") == 0
    lock.release()
    said = capsys.readouterr().out
    assert "前台" in said
    assert "USB printers" in said
    about_printer, about_scale = said.partition("Set up")[2].split("scale")
    assert "is here" in about_printer
    assert "/dev/ttyNOWHERE\n      未找到 · is not here" in about_scale


def test_a_profile_goes_to_another_till_and_what_lacks_there_is_said(
    paths: Paths, tmp_path: Path, capsys: Said
) -> None:
    wanted = DeviceSettings(
        printer=PrinterSettings(kind=WireKind.SPOOLER, queue="receipts"),
        stand_in=PrinterSettings(kind=WireKind.USB, vendor=0x416, product=0x5011),
    )
    have(paths, wanted)
    assert guitai(paths, "export", str(tmp_path / "profile.json")) == 0
    have(paths, DeviceSettings())
    assert guitai(paths, "import", str(tmp_path / "profile.json")) == 0
    assert devices_of(paths) == wanted
    said = capsys.readouterr().out
    assert "备用打印机 · stand-in printer  0416:5011" in said
    assert "receipts" not in said.partition("profile.json")[2]


def test_nonsense_and_a_running_till_change_nothing(paths: Paths, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "profile.json"
    file.write_text('{"kind": "guitai-devices", "version": 1, "devices": {"printer": {"kind": "magic"}}}', "utf-8")
    before = paths.settings.read_bytes()
    assert guitai(paths, "import", str(file)) == 1
    assert "$.devices.printer.kind" in capsys.readouterr().err
    assert guitai(paths, "export", str(file)) == 0
    lock = lock_folder(paths.data)
    assert guitai(paths, "import", str(file)) == 1
    assert guitai(paths, "test", "printer") == 1
    lock.release()
    assert "请先关闭它再试" in capsys.readouterr().err
    assert paths.settings.read_bytes() == before


def test_devices_are_tried_one_by_one(paths: Paths, printer: VirtualPrinter, capsys: Said) -> None:
    have(paths, DeviceSettings(printer=at(printer)))
    assert guitai(paths, "test", "printer") == 0
    [paper] = printer.wait_for_papers(1, timeout_ms=10_000)
    assert "1 中文收银" in paper.text()
    assert guitai(paths, "test", "drawer") == 0
    assert printer.drawer.times_opened == 1
    assert drawer_openings(paths) == 1
    assert guitai(paths, "test", "scale") == 1
    assert guitai(paths, "test", "oven") == 1
    said = capsys.readouterr().err
    assert "This device is not set up." in said
    assert "There is no “oven”. Write one of: printer, stand_in, drawer" in said
    printer.stop()
    assert guitai(paths, "test", "printer") == 1
    assert "It did not work" in capsys.readouterr().err


def answers(monkeypatch: pytest.MonkeyPatch, *given: str | bool) -> None:
    """A person at the terminal who answers in this order, then goes away."""
    left = list(given)

    def reply(*_: object, **__: object) -> str | bool:
        if not left:
            raise typer.Abort
        return left.pop(0)

    monkeypatch.setattr(devices_setup.typer, "prompt", reply)
    monkeypatch.setattr(devices_setup.typer, "confirm", reply)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_printer_is_set_up_by_answering(
    paths: Paths, printer: VirtualPrinter, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    answers(monkeypatch, "1", "2", f"{printer.host}:{printer.port}", "1 5 8 9", False, False, True, True)
    assert guitai(paths, "set-up") == 0
    made = devices_of(paths).printer
    assert (made.kind, made.charset, made.paper_mm, made.has_cutter, made.drawer_pin) == ("tcp", "gbk", 58, False, 5)
    assert printer.drawer.times_opened == 1  # its cable is at pin 2; the person said otherwise
    assert drawer_openings(paths) == 2
    assert "saved" in capsys.readouterr().out


def test_going_away_in_the_middle_changes_nothing(
    paths: Paths, printer: VirtualPrinter, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    before = paths.settings.read_bytes()
    answers(monkeypatch, "1", "2", f"{printer.host}:{printer.port}", "1 5 8 9")
    assert guitai(paths, "set-up") == 0
    assert paths.settings.read_bytes() == before
    assert "nothing was changed" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
def test_a_scanner_at_a_port_is_set_up_by_scanning(paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    port = Found(Likely.UNKNOWN, Way.SERIAL, os.ttyname(slave))
    monkeypatch.setattr(trials, "look", lambda: Discovery((port,)))
    here, there = os.pipe()  # a terminal where nobody types
    nobody = os.fdopen(here)
    monkeypatch.setattr(nobody, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", nobody)
    over = threading.Event()

    def scan() -> None:
        while not over.wait(0.4):
            os.write(master, f"{KNOWN_CODE}#\r".encode())

    scanning = threading.Thread(target=scan)
    given = ["3"]
    monkeypatch.setattr(devices_setup.typer, "prompt", lambda *_, **__: given.pop())
    monkeypatch.setattr(devices_setup.typer, "confirm", lambda *_, **__: True)
    scanning.start()
    assert guitai(paths, "set-up") == 0
    over.set()
    scanning.join()
    nobody.close()
    for each in (master, slave, there):
        os.close(each)
    [made] = devices_of(paths).scanners
    assert (made.device, made.baud, made.suffix) == (port.address, 9600, "#")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
def test_a_scale_is_set_up_by_what_lies_on_it(paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    asked = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return True

    with VirtualScale("general") as scale:
        scale.lay(285)
        port = Found(Likely.UNKNOWN, Way.SERIAL, scale.port)
        monkeypatch.setattr(trials, "look", lambda: Discovery((port,)))
        answers(monkeypatch, "4", "")
        monkeypatch.setattr(devices_setup.typer, "confirm", confirm)
        assert guitai(paths, "set-up") == 0
        assert devices_of(paths).scale.device == scale.port
    assert "0.285 kg" in asked[0]
    assert scale.port in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
def test_a_display_is_set_up_by_what_is_read(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(counter_trials, "SHOWN_S", 0.05)
    with VirtualDisplay() as display:
        port = Found(Likely.UNKNOWN, Way.SERIAL, display.port)
        monkeypatch.setattr(trials, "look", lambda: Discovery((port,)))
        answers(monkeypatch, "5", "1", "222.22 333.33", True)
        assert guitai(paths, "set-up") == 0
        made = devices_of(paths).display
        assert (made.device, made.model, made.baud) == (display.port, "cd5220", 9600)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
def test_a_drawer_at_a_port_is_set_up_by_opening(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    with VirtualPort("box") as box:
        port = Found(Likely.UNKNOWN, Way.SERIAL, box.port)
        monkeypatch.setattr(trials, "look", lambda: Discovery((port,)))
        answers(monkeypatch, "2", "2", "1", False, True, True)
        assert guitai(paths, "set-up") == 0
        made = devices_of(paths).drawer
        assert (made.device, made.pulse) == (box.port, "1B700019FA")
    assert drawer_openings(paths) == 2


def test_every_notice_of_the_wizard_has_words() -> None:
    sources = (Path(devices_setup.__file__).parents[1] / "application" / "device_wizard").glob("*.py")
    used = {word.split('"')[0] for each in sources for word in each.read_text("utf-8").split('"wizard.')[1:]}
    assert len(used) > 5
    assert {f"wizard.{each}" for each in used} <= set(devices_words.NOTICES)
