"""The command line on a till of its own, with real, encrypted files."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from pos_app.application.setting_up import SetUpService
from pos_app.bootstrap.devices import scan_config
from pos_app.bootstrap.till import open_books
from pos_app.cli import run
from pos_app.config import Settings
from pos_app.errors import KnownError
from pos_app.infrastructure.keys import OsKeyring
from pos_app.infrastructure.paths import paths_below
from pos_app.infrastructure.settings import save_settings
from pos_app.runtime.lanes import Lanes

PIN = "3333"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A till with its manager; nobody at a terminal and no keyring."""

    def no_keyring(_: OsKeyring) -> None:
        raise KnownError("keys.no_keyring")

    monkeypatch.setattr(OsKeyring, "_usable", no_keyring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for name in ("GUITAI_STAFF", "GUITAI_PIN", "GUITAI_NEW_PIN"):
        monkeypatch.delenv(name, raising=False)
    paths = paths_below(tmp_path / "till")
    settings = msgspec.structs.replace(Settings(), till_id="till-1")
    paths.make()
    save_settings(paths.settings, settings)
    lanes = Lanes(inline=True)
    books = open_books(paths, settings, scan_config(settings), lanes)
    SetUpService(books.till.context).first_manager("王店长", PIN)
    books.close()
    lanes.shutdown()
    return tmp_path / "till"


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    file = tmp_path / "goods.csv"
    file.write_text("货号,品名,售价,单位\n100,水,2.00,瓶\n200,瓜子,8.00,斤\n", encoding="utf-8")
    return file


def test_without_a_terminal_the_import_says_in_words_what_it_needs(home: Path, goods: Path, capsys: Said) -> None:
    assert run(["import", "products", str(goods), "-y", "--home", str(home)]) == 1
    said = capsys.readouterr().err
    assert "pin.needed" not in said
    assert "需要店长的 PIN" in said
    assert "GUITAI_PIN" in said


def test_goods_come_in_and_the_books_are_right(
    home: Path, goods: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("GUITAI_PIN", PIN)
    assert run(["--home", str(home), "import", "products", str(goods), "-y"]) == 0
    assert "“斤”: 将按件销售" in capsys.readouterr().out
    assert run(["verify", f"--home={home}"]) == 0
    assert "the ledger is whole" in capsys.readouterr().out


def test_a_wrong_pin_is_said_in_words(home: Path, goods: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setenv("GUITAI_PIN", "9999")
    assert run(["import", "--home", str(home), "products", str(goods), "-y"]) == 1
    assert "Wrong PIN" in capsys.readouterr().err


def test_staff_needs_the_new_pin_in_a_script(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    words = ["staff", "02", "小陈", "--home", str(home)]
    monkeypatch.setenv("GUITAI_PIN", PIN)
    assert run(words) == 1
    assert "GUITAI_NEW_PIN" in capsys.readouterr().err
    monkeypatch.setenv("GUITAI_NEW_PIN", "1111")
    assert run(words) == 0
    assert "小陈" in capsys.readouterr().out
