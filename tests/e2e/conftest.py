"""A display and a demo shop on disk; both are made once."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.cashier import display

from pos_app.bootstrap import demo
from pos_app.bootstrap.devices import scan_config
from pos_app.bootstrap.till import open_books
from pos_app.config import DeviceSettings, PrinterSettings, ScannerSettings, Settings, WireKind
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import load_settings, save_settings
from pos_app.runtime.lanes import Lanes

NEEDED = ("Xvfb", "xdotool")


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed: the real window cannot be driven here")
    with display() as name:
        yield name


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop as its first start leaves it."""
    home: Path = tmp_path_factory.mktemp("demo")
    paths = paths_below(home)
    paths.make()
    settings = demo.demo_settings(
        Settings(devices=DeviceSettings(printer=PrinterSettings(kind=WireKind.TCP, host="127.0.0.1", port=9)))
    )
    save_settings(paths.settings, settings)
    lanes = Lanes(inline=True)
    books = open_books(paths, settings, scan_config(settings), lanes)
    try:
        demo.seed(books.till.context)
    finally:
        books.close()
        lanes.shutdown()
    return home


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """A demo shop of one's own."""
    copied = tmp_path / "home"
    shutil.copytree(demo_home, copied)
    with contextlib.suppress(FileNotFoundError):
        (copied / "data" / "guitai.lock").unlink()
    return copied


def use_devices(home: Path, *, printer_port: int, scanner: str = "", key_mark: str = "") -> None:
    """Say in the settings where printer and scanner are, and what the sheet of keys is marked with."""
    import msgspec

    path = paths_below(home).settings
    found = load_settings(path).settings
    save_settings(
        path,
        msgspec.structs.replace(
            found,
            devices=DeviceSettings(
                printer=PrinterSettings(kind=WireKind.TCP, host="127.0.0.1", port=printer_port),
                # Nobody waits between two scans of one code here: none of them is a trigger that bounced.
                scanners=(ScannerSettings(WireKind.SERIAL, device=scanner, echo_ms=0),) if scanner else (),
                key_mark=key_mark,
            ),
        ),
    )
