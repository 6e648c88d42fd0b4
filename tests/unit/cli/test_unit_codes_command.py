"""``guitai unit-codes``: what it makes, the till takes; the private part is nobody else's."""

from __future__ import annotations

import stat
import sys
import tomllib
from pathlib import Path

import pytest
from pos_testkit import builders

from hardware.scanners.config import ScanConfig
from pos_app.application.scanned_codes import UnitScan
from pos_app.cli import run
from pos_app.domain.unit_codes import from_base64
from pos_app.infrastructure.code_parser import HardwareCodeParser

Said = pytest.CaptureFixture[str]
ITEM = builders.ean13(1)
SITE = "https://id.example/q"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key's file."""
    assert run(["unit-codes", "key", str(tmp_path / "label.key"), "--key-id", "luxi-25"]) == 0
    return tmp_path / "label.key"


def make(key: Path, *more: str) -> int:
    return run(["unit-codes", "make", "--key", str(key), *more])


def test_what_is_made_is_taken_with_the_public_part(tmp_path: Path, capsys: Said) -> None:
    key = tmp_path / "label.key"
    assert run(["unit-codes", "key", str(key), "--key-id", "luxi-25"]) == 0
    (named,) = tomllib.loads(capsys.readouterr().out)["unit_codes"]["keys"]
    assert named["key_id"] == "luxi-25"
    assert make(key, "--item", ITEM, "--site", SITE, "--count", "25") == 0
    links = capsys.readouterr().out.split()
    assert len(set(links)) == 25
    parser = HardwareCodeParser(ScanConfig())
    serials = set()
    for text in links:
        code = parser.parse(text)
        assert isinstance(code, UnitScan)
        assert code.link is not None
        assert (code.link.key_id, code.unit.item) == ("luxi-25", ITEM.zfill(14))
        assert parser.is_signed_by(from_base64(named["public_key"]) or b"", code.link)
        serials.add(code.unit.serial)
    assert len(serials) == 25


def test_the_private_part_is_its_owners(tmp_path: Path, capsys: Said) -> None:
    key = tmp_path / "label.key"
    assert run(["unit-codes", "key", str(key)]) == 0
    private = tomllib.loads(key.read_text(encoding="utf-8"))["private_key"]
    assert private not in capsys.readouterr().out
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_is_never_written_over(key: Path, capsys: Said) -> None:
    before = key.read_bytes()
    assert run(["unit-codes", "key", str(key)]) == 1
    assert "不会覆盖" in capsys.readouterr().err
    assert key.read_bytes() == before


def test_links_go_into_a_new_file(key: Path, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "links.txt"
    assert make(key, "--item", ITEM, "--site", SITE, "--count", "3", "--out", str(out)) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert make(key, "--item", ITEM, "--site", SITE, "--out", str(out)) == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--item", "6900000000000", "--site", SITE], "GTIN"),
        (["--item", "P00001", "--site", SITE], "GTIN"),
        (["--item", ITEM, "--site", "ftp://id.example"], "ftp://id.example"),
        (["--item", ITEM, "--site", "https://id.example/?a=1"], "https://"),
    ],
)
def test_what_cannot_stand_in_a_link_is_said(key: Path, capsys: Said, more: list[str], says: str) -> None:
    assert make(key, *more) == 1
    assert says in capsys.readouterr().err


def test_what_is_no_key_is_said_without_its_content(tmp_path: Path, capsys: Said) -> None:
    wrong = tmp_path / "wrong.key"
    for text in ("", "secret = ", 'key_id = "k1"\nprivate_key = "secret"', 'key_id = "a b"\nprivate_key = "c2VjcmV0"'):
        wrong.write_text(text, encoding="utf-8")
        assert make(wrong, "--item", ITEM, "--site", SITE) == 1
        said = capsys.readouterr().err
        assert "wrong.key" in said
        assert "secret" not in said
        assert "c2Vj" not in said
    assert make(tmp_path / "none.key", "--item", ITEM, "--site", SITE) == 1
    assert run(["unit-codes", "key", str(tmp_path / "none" / "k"), "--key-id", "k1"]) == 1
    assert run(["unit-codes", "key", str(tmp_path / "k"), "--key-id", "a b"]) == 1
