"""``guitai``: what a newcomer types, and what is said to it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pos_app import __main__ as entry
from pos_app.bootstrap import demo, window
from pos_app.cli import home_apart, run
from pos_app.infrastructure.ledger.opening import LEDGER_FILE
from pos_app.infrastructure.paths import HOME_VARIABLE, Paths, paths_below

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's till: no folder of its own, no demo shop, nobody at a terminal, a wide page."""
    place = tmp_path / "nobody"
    monkeypatch.setenv(HOME_VARIABLE, str(place))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(demo, "demo_paths", lambda: paths_below(tmp_path / "demo-shop"))
    for name in ("GUITAI_STAFF", "GUITAI_PIN", "GUITAI_NEW_PIN"):
        monkeypatch.delenv(name, raising=False)
    return place


def test_an_unknown_command_is_refused_in_a_sentence(capsys: Said) -> None:
    assert run(["nonsense"]) == 2
    said = capsys.readouterr().err
    assert "nonsense" in said
    assert "Usage: guitai " in said
    assert "Traceback" not in said


def test_an_unknown_role_is_refused_before_anything_else(home: Path, capsys: Said) -> None:
    assert run(["staff", "03", "小张", "--role", "boss"]) == 1
    said = capsys.readouterr().err
    assert "没有角色“boss”" in said
    assert "cashier, supervisor or manager" in said
    assert not home.exists()


def test_exit_codes_of_help_and_version(capsys: Said) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("guitai ")
    assert run(["verify", "--help"]) == 0
    assert "Usage: guitai verify" in capsys.readouterr().out


def test_the_help_names_what_the_window_takes(capsys: Said) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert "Usage: guitai " in said
    assert "python -m" not in said
    for word in ("--home", "--demo", "--fresh"):
        assert word in said


@pytest.mark.parametrize("command", ["staff", "import products", "import members", "programme load"])
def test_commands_that_ask_for_a_pin_say_how_a_script_gives_it(command: str, capsys: Said) -> None:
    assert run([*command.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert "GUITAI_STAFF" in said
    assert "GUITAI_PIN" in said
    assert ("GUITAI_NEW_PIN" in said) == (command == "staff")


@pytest.mark.parametrize(
    "words",
    [["verify"], ["staff", "02", "小陈"], ["import", "products", "none.xlsx"], ["verify", "--home", "elsewhere"]],
)
def test_where_no_till_is_that_is_said_and_nothing_made(
    words: list[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(words) == 1
    said = capsys.readouterr().err
    assert "这里还没有收银机" in said
    assert "There is no till here yet." in said
    assert not home.exists()
    assert list(tmp_path.iterdir()) == []


def test_after_the_demo_its_folder_is_named(tmp_path: Path, capsys: Said) -> None:
    shop = tmp_path / "demo-shop"
    (shop / "data").mkdir(parents=True)
    (shop / "data" / LEDGER_FILE).touch()
    assert run(["verify"]) == 1
    assert f"--home {shop}" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: Said) -> None:
    assert run(["verify", str(tmp_path / "gone" / "ledger.db")]) == 1
    assert "There is no ledger file" in capsys.readouterr().err
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        (["--home", "D", "verify"], ["verify"]),
        (["--home=D", "verify"], ["verify"]),
        (["verify", "--home", "D"], ["verify"]),
        (["import", "--home=D", "products", "F"], ["import", "products", "F"]),
        (["import", "products", "F", "-y", "--home", "D"], ["import", "products", "F", "-y"]),
    ],
)
def test_the_folder_may_be_named_anywhere(words: list[str], rest: list[str]) -> None:
    assert home_apart(words) == ("D", rest)


@pytest.mark.parametrize(
    "words", [["verify"], ["--home"], ["verify", "--home"], ["--home", "--demo"], ["--home="], ["--", "--home", "D"]]
)
def test_a_folder_that_is_not_named_is_left_to_the_parser(words: list[str]) -> None:
    assert home_apart(words) == ("", words)


@pytest.mark.parametrize("words", [["--home", "{}", "verify"], ["verify", "--home={}"], ["verify", "--home", "{}"]])
def test_every_position_reaches_the_command(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path | None] = []

    def paths(home: Path | None) -> Paths:
        asked.append(home)
        return paths_below(home or tmp_path)

    monkeypatch.setattr("pos_app.cli.app._paths", paths)
    assert entry.main([word.format(tmp_path / "mine") for word in words]) == 1
    assert asked == [tmp_path / "mine"]


@pytest.mark.parametrize("words", [[], ["--home", "D"], ["--home=D", "--demo"], ["--demo", "--home", "D"]])
def test_without_a_command_the_window_opens_with_all_its_options(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []

    def open_window(options: list[str]) -> int:
        given.append(options)
        return 7

    monkeypatch.setattr(window, "open_window", open_window)
    monkeypatch.setattr(sys, "argv", ["guitai", *words])
    assert entry.main() == 7
    assert given == [words]
