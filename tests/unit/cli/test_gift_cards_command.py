"""``guitai gift-cards``: numbers that the till takes, in a file that nobody else reads."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from hardware.scanners.config import ScanConfig
from pos_app.application.scanned_codes import GiftCardCode
from pos_app.cli import run
from pos_app.infrastructure.code_parser import HardwareCodeParser

Said = pytest.CaptureFixture[str]
PROGRAMME = Path(__file__).resolve().parents[3] / "resources" / "scenarios" / "teahouse" / "programme.toml"


def make(out: Path, kind: str = "festival", count: int = 30) -> int:
    more = ["--kind", kind, "--count", str(count), "--out", str(out), "--programme", str(PROGRAMME)]
    return run(["gift-cards", "make", *more])


def test_what_is_made_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "cards.txt"
    assert make(out) == 0
    numbers = out.read_text("ascii").split()
    assert len(set(numbers)) == 30
    assert all(number.startswith("G8801") for number in numbers)
    parser = HardwareCodeParser(ScanConfig())
    assert [parser.parse(number) for number in numbers] == [GiftCardCode(number) for number in numbers]
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "cards.txt"
    out.write_text("mine", "ascii")
    assert make(out) != 0
    assert out.read_text("ascii") == "mine"


def test_a_kind_that_is_not_there_names_those_that_are(tmp_path: Path, capsys: Said) -> None:
    assert make(tmp_path / "cards.txt", "summer") != 0
    said = "".join(capsys.readouterr())
    assert "summer" in said
    assert "festival, any" in said
    assert not (tmp_path / "cards.txt").exists()
