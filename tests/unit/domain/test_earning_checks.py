"""Rules of earning as a file says them, and what is wrong with one, each with its place."""

from __future__ import annotations

import pytest
from pos_testkit.programme_places import place_in

from pos_app.domain import codec
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import (
    Base,
    CapPeriod,
    EarningCap,
    FixedEarning,
    FixedStep,
    Multiplier,
    Multipliers,
    Per,
    Programme,
    RatioStep,
    SteppedFixedEarning,
    SteppedRatioEarning,
)
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.tender import TenderKind
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

TEXT = """
version = 1
name = { zh = "会员" }
effective_from = 2025-01-01
multipliers = "add"

[[tiers]]
tier_id = "regular"
name = { zh = "普通" }
rank = 0

[[earning]]
kind = "ratio"
rule_id = "base"
name = { zh = "消费" }
points = 1
per = 100
base = "regular"
tenders = ["mobile", "cash"]

[[earning]]
kind = "fixed"
rule_id = "piece"
name = { zh = "按件" }
points = 5
per = "piece"

[[earning]]
kind = "stepped_fixed"
rule_id = "big"
name = { zh = "大单" }
steps = [{ reach = 10_000, points = 10 }, { reach = 20_000, points = 30 }]

[[earning]]
kind = "stepped_ratio"
rule_id = "ladder"
name = { zh = "阶梯" }
whole_amount = false
steps = [{ reach = 0, points = 1, per = 100 }, { reach = 50_000, points = 3, per = 200 }]

[[earning]]
kind = "multiplier"
rule_id = "double"
name = { zh = "双倍" }
multiplier_bp = 20_000
rules = ["base", "ladder"]

[[earning_caps]]
cap_id = "day"
name = { zh = "每日上限" }
per = "day"
points = 500
rules = ["base"]
"""


def test_every_kind_is_read_and_written() -> None:
    programme = load_programme(TEXT)
    assert programme.multipliers is Multipliers.ADD
    base, *others = programme.earning
    assert (base.base, base.tenders) == (Base.REGULAR, (TenderKind.MOBILE, TenderKind.CASH))
    assert others == [
        FixedEarning("piece", LocalText("按件"), Points(5), Per.PIECE),
        SteppedFixedEarning(
            "big", LocalText("大单"), (FixedStep(Money(10_000), Points(10)), FixedStep(Money(20_000), Points(30)))
        ),
        SteppedRatioEarning(
            "ladder",
            LocalText("阶梯"),
            (RatioStep(Money(0), Points(1), Money(100)), RatioStep(Money(50_000), Points(3), Money(200))),
            whole_amount=False,
        ),
        Multiplier("double", LocalText("双倍"), 20_000, rules=("base", "ladder")),
    ]
    assert programme.earning_caps == (EarningCap("day", LocalText("每日上限"), CapPeriod.DAY, Points(500), ("base",)),)
    assert codec.decode(codec.encode(programme), Programme) == programme


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "fixed"', 'kind = "fix"', "$.earning[1]"),
        ('per = "piece"', 'per = "kilo"', "$.earning[1].per"),
        ('tenders = ["mobile", "cash"]', 'tenders = ["wechat"]', "$.earning[0].tenders[0]"),
        ('base = "regular"', 'base = "list"', "$.earning[0].base"),
        ("whole_amount = false", "whole = false", "$.earning[3]"),
        ('multipliers = "add"', 'multipliers = "sum"', "$.multipliers"),
        ('per = "day"', 'per = "week"', "$.earning_caps[0].per"),
    ],
)
def test_what_cannot_be_read_says_where(old: str, new: str, place: str) -> None:
    assert old in TEXT
    with pytest.raises(KnownError) as caught:
        load_programme(TEXT.replace(old, new, 1))
    assert caught.value.code == "programme.unreadable"
    assert place_in(TEXT.replace(old, new, 1), place) in str(caught.value.details["reason"])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("points = 5\n", "points = -1\n", "earning.piece.points: 0 to"),
        ("points = 5\n", "points = 10_000_001\n", "earning.piece.points: 0 to"),
        ('["mobile", "cash"]', '["mobile", "mobile"]', "earning.base.tenders: 'mobile' is named twice"),
        (
            "steps = [{ reach = 10_000, points = 10 }, { reach = 20_000, points = 30 }]",
            "steps = []",
            "earning.big.steps",
        ),
        ("reach = 10_000", "reach = 0", "earning.big.steps[0].reach"),
        ("reach = 20_000", "reach = 10_000", "earning.big.steps[1].reach"),
        ("points = 30", "points = 10", "earning.big.steps[1].points"),
        ("points = 30", "points = 99_000_000", "earning.big.steps[1].points"),
        ("reach = 0,", "reach = -1,", "earning.ladder.steps[0].reach"),
        ("reach = 50_000,", "reach = 0,", "earning.ladder.steps[1].reach"),
        ("per = 200", "per = 0", "earning.ladder.steps[1]"),
        ("points = 3,", "points = 20_001,", "earning.ladder.steps[1]: more than 100 points"),
        ("multiplier_bp = 20_000", "multiplier_bp = -1", "earning.double.multiplier_bp"),
        ("multiplier_bp = 20_000", "multiplier_bp = 1_000_001", "earning.double.multiplier_bp"),
        ('["base", "ladder"]', '["base", "double"]', "earning.double.rules: 'double' is no rule of earning"),
        ('["base", "ladder"]', '["base", "base"]', "earning.double.rules: 'base' is named twice"),
        ('rule_id = "double"', 'rule_id = "base"', "earning.base: this id is used twice"),
        ('zh = "双倍"', 'zh = ""', "earning.double.name"),
        ('cap_id = "day"', 'cap_id = ""', "earning_caps.: the id must not be empty"),
        ("points = 500", "points = -1", "earning_caps.day.points"),
        ('rules = ["base"]', 'rules = ["bse"]', "earning_caps.day.rules: 'bse' is no rule of earning"),
        ('zh = "每日上限"', 'zh = ""', "earning_caps.day.name"),
    ],
)
def test_what_cannot_be_right_says_where(old: str, new: str, place: str) -> None:
    assert old in TEXT
    with pytest.raises(KnownError) as caught:
        load_programme(TEXT.replace(old, new, 1))
    assert caught.value.code == "programme.wrong"
    assert any(str(problem).startswith(place) for problem in caught.value.details["problems"])


def test_two_caps_of_one_id_are_wrong() -> None:
    cap = TEXT[TEXT.index("[[earning_caps]]") :]
    with pytest.raises(KnownError) as caught:
        load_programme(TEXT + cap)
    assert "earning_caps.day: this id is used twice" in caught.value.details["problems"]
