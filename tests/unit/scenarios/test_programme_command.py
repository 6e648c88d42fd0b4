"""``guitai programme``: what it prints and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pos_testkit.builders import ROOT

from pos_app.cli import run
from pos_app.domain.pricing import benefits
from pos_app.domain.pricing.combining import Basis, Solution, solve

SUPERMARKET = ROOT / "resources" / "scenarios" / "supermarket"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme and one scenario of it."""
    shutil.copy(SUPERMARKET / "programme.toml", tmp_path / "programme.toml")
    shutil.copy(SUPERMARKET / "gold-on-member-day.toml", tmp_path / "case.toml")
    return tmp_path


def test_a_scenario_prints_its_quote(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["programme", "try", str(folder / "case.toml")]) == 0
    said = capsys.readouterr().out
    for part in (
        "苹果 × 1.285  12.85",
        "-0.39  会员日生鲜97折",
        "应付 36.26",
        "+ 54 积分",
        "better_offer",
        "与预期一致",
    ):
        assert part in said


def test_a_price_that_is_not_proven_the_lowest_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def given_up(basis: Basis) -> Solution:
        found = solve(basis)
        return found._replace(bound=found.payable - 123)

    case = str(folder / "case.toml")
    assert run(["programme", "try", case]) == 0
    assert "未能证明最低" not in capsys.readouterr().out
    monkeypatch.setattr(benefits, "solve", given_up)
    assert run(["programme", "try", case]) == 0
    assert "未能证明最低：至多还可能省 1.23" in capsys.readouterr().out


def test_it_speaks_english(capsys: pytest.CaptureFixture[str]) -> None:
    place = SUPERMARKET / "partial-refund-of-points-bill.toml"
    assert run(["programme", "try", str(place), "--language", "en"]) == 0
    said = capsys.readouterr().out
    for part in ("to pay 50.00", "Points for spending", "tier Regular", "refund 2", "points given back 600"):
        assert part in said


def test_points_that_a_gift_cost_are_said_when_it_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    place = ROOT / "resources" / "scenarios" / "december" / "blankets-for-points-and-cash.toml"
    assert run(["programme", "try", str(place), "--language", "en"]) == 0
    assert capsys.readouterr().out.count("points given back 800") == 2


def test_a_difference_ends_with_one_and_says_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = folder / "case.toml"
    case.write_text(case.read_text(encoding="utf-8").replace('"36.26"', '"37.20"'), encoding="utf-8")
    assert run(["programme", "try", str(folder), "--language", "en"]) == 1
    said = capsys.readouterr().out
    assert "payable: expected 37.20, got 36.26" in said
    assert "1 scenarios, 1 not as expected" in said


def test_a_file_that_cannot_be_read_does_not_hide_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "aaa.toml").write_text("why = 1", encoding="utf-8")
    assert run(["programme", "try", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "aaa.toml" in said
    assert "✓" in said
    assert run(["programme", "try", str(folder / "aaa.toml")]) == 1
    assert "案例文件读不懂" in capsys.readouterr().err


def test_missing_files_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["programme", "try", str(tmp_path)]) == 1
    assert run(["programme", "try", str(tmp_path / "none.toml")]) == 1
    assert run(["programme", "check", str(tmp_path / "none.toml")]) == 1
    assert run(["programme", "schema", "--out", str(tmp_path / "none" / "schema.json")]) == 1
    assert capsys.readouterr().err.count("\n") >= 8  # each in both languages


def test_the_schema_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["programme", "schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert run(["programme", "schema", "--out", str(tmp_path / "schema.json")]) == 0
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8")) == printed


def test_the_check_knows_errors_from_warnings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "programme.toml"
    products = ROOT / "resources" / "demo" / "products.csv"
    assert run(["programme", "check", str(file), "--products", str(products), "--strict"]) == 0
    good = file.read_text(encoding="utf-8")

    file.write_text(good.replace('"seafood"', '"seafod"'), encoding="utf-8")
    capsys.readouterr()
    assert run(["programme", "check", str(file)]) == 0
    assert run(["programme", "check", str(file), "--products", str(products)]) == 0
    said = capsys.readouterr().out
    assert "benefits.member_day.conditions.what.categories" in said
    assert "商品资料里没有 seafod" in said
    assert run(["programme", "check", str(file), "--products", str(products), "--strict"]) == 1

    file.write_text(good.replace("value = 100", "value = 10_000"), encoding="utf-8")
    assert run(["programme", "check", str(file)]) == 1
    assert "burning.cash" in capsys.readouterr().out
    assert run(["programme", "load", str(file), "--home", str(folder / "till")]) == 1
    assert "方案有问题" in capsys.readouterr().err
