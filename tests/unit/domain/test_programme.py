"""The programme document: loading, refusing with the place, conditions, tiers and expiry."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies
from pos_testkit.programme_places import place_in

from pos_app.domain.ids import ProductId, TierId
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.programme.document import (
    Birthdays,
    Conditions,
    Discount,
    Expiry,
    ExpiryKind,
    MemberPrice,
    Period,
    Stacking,
    Tier,
    TierCondition,
    What,
    When,
    Who,
)
from pos_app.domain.programme.loading import check_programme, load_programme
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

MINIMAL = """
version = 7
name = { zh = "会员" }
effective_from = 2025-01-01

[[tiers]]
tier_id = "regular"
name = { zh = "普通" }
rank = 0
"""

EVERYTHING = (
    MINIMAL.replace(
        "effective_from", 'effective_to = 2026-12-31\nstacking = "member_price_then_discount"\neffective_from'
    )
    + """
[[tiers]]
tier_id = "gold"
name = { zh = "金卡", en = "Gold" }
rank = 5
reach = { spend = 100_000, visits = 20, period = "calendar_year" }
multiplier_bp = 15_000
colour = "gold"

[[earning]]
kind = "ratio"
rule_id = "base"
name = { zh = "积分" }
points = 1
per = 100
times_tier = false
conditions = { stores = ["S1"], what = { except_products = ["P00009"] } }

[[burning]]
kind = "points_as_cash"
rule_id = "cash"
name = { zh = "抵现" }
points = 100
value = 100
step = 50
minimum = 200
max_share_bp = 3_000

[[benefits]]
kind = "member_price"
benefit_id = "mp"
name = { zh = "会员价" }

[[benefits]]
kind = "discount"
benefit_id = "birthday"
name = { zh = "生日9折" }
off_bp = 1_000
for_members = true
[benefits.conditions.who]
birthday = "week"
tiers = ["gold"]
tags = ["老客"]
[benefits.conditions.when]
from_date = 2025-06-01
to_date = 2025-06-30
weekdays = [1, 7]
days_of_month = [20, 31]
from_time = 22:00:00
to_time = 02:00:00
[benefits.conditions.what]
categories = ["fruit"]
products = ["P00001"]
brands = ["甲"]
except_categories = ["tobacco"]

[expiry]
kind = "year_end"
months = 12
notice_days = 60
grace_days = 7
"""
)


def test_a_programme_is_read_whole():
    programme = load_programme(EVERYTHING)
    assert programme.version == 7
    assert programme.stacking is Stacking.MEMBER_PRICE_THEN_DISCOUNT
    assert programme.tiers[1] == Tier(
        TierId("gold"),
        LocalText("金卡", "Gold"),
        5,
        TierCondition(Money(100_000), 20, Period.CALENDAR_YEAR),
        15_000,
        "gold",
    )
    assert not programme.earning[0].times_tier
    assert programme.earning[0].conditions == Conditions(
        stores=("S1",), what=What(except_products=(ProductId("P00009"),))
    )
    assert programme.burning[0] == build.points_as_cash(step=50, minimum=200, max_share_bp=3_000).__class__(
        "cash", LocalText("抵现"), Points(100), Money(100), Points(50), Points(200), 3_000
    )
    assert isinstance(programme.benefits[0], MemberPrice)
    birthday = programme.benefits[1]
    assert isinstance(birthday, Discount)
    assert birthday.conditions.who == Who((TierId("gold"),), ("老客",), Birthdays.WEEK)
    assert birthday.conditions.when == When(
        dt.date(2025, 6, 1), dt.date(2025, 6, 30), (1, 7), (20, 31), dt.time(22), dt.time(2)
    )
    assert programme.expiry == Expiry(ExpiryKind.YEAR_END, 12, 60, 7)


def test_the_least_programme_and_a_byte_order_mark_are_read():
    assert load_programme("\ufeff" + MINIMAL) == load_programme(MINIMAL)


def test_a_supermarkets_programme_says_what_it_promises():
    programme = load_programme(build.supermarket_programme_text())
    assert [(t.tier_id, t.name.zh, t.multiplier_bp) for t in programme.tiers] == [
        ("regular", "普通会员", 10_000),
        ("silver", "银卡会员", 12_000),
        ("gold", "金卡会员", 15_000),
        ("platinum", "白金会员", 20_000),
    ]
    assert [t.reach for t in programme.tiers[1:]] == [
        TierCondition(Money(fen), visits, Period.ROLLING_12_MONTHS)
        for fen, visits in ((100_000, 20), (500_000, 60), (2_000_000, 150))
    ]
    (earning,), (burning,) = programme.earning, programme.burning
    assert (earning.points, earning.per, earning.times_tier) == (Points(1), Money(100), True)
    assert (burning.points, burning.value, burning.step, burning.max_share_bp) == (
        Points(100),
        Money(100),
        Points(100),
        5_000,
    )
    assert {b.benefit_id: getattr(b, "off_bp", None) for b in programme.benefits} == {
        "member_price": None,
        "gold_98": 200,
        "platinum_95": 500,
        "member_day": 300,
    }
    assert programme.expiry == Expiry(ExpiryKind.ROLLING_MONTHS, 24, 30, 30)
    assert programme.new_lot_expiry(dt.date(2025, 6, 18)) == dt.date(2027, 6, 17)
    assert all(name.en for name in [programme.name, *(t.name for t in programme.tiers)])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("version = 7", "version = 7.5", "$.version"),
        ("version = 7", "version = true", "$.version"),
        ("version = 7", 'version = "7"', "$.version"),
        ("version = 7\n", "", "`version`"),
        ("version = 7", "vers1on = 7", "vers1on"),
        ("version = 7", "version = 7\nversion = 8", "line 3"),
        ("effective_from = 2025-01-01", 'effective_from = "yesterday"', "$.effective_from"),
        ("effective_from = 2025-01-01", "effective_from = 2025-02-30", "line 6"),
        ("rank = 5", "rank = []", "$.tiers[1].rank"),
        ("multiplier_bp", "multiplyer_bp", "$.tiers[1]"),
        ("spend = 100_000", "spend = 1000.50", "$.tiers[1].reach.spend"),
        ("spend = 100_000", "spend = 99999999999999999999", "$.tiers[1].reach.spend"),
        ("spend = 100_000", "spend = true", "$.tiers[1].reach.spend"),
        ('"calendar_year"', '"calender_year"', "$.tiers[1].reach.period"),
        ("points = 1\n", "points = 0.5\n", "$.earning[0].points"),
        ("points = 1\n", "points = nan\n", "$.earning[0].points"),
        ("per = 100", 'per = "1.00"', "$.earning[0].per"),
        ('kind = "points_as_cash"', 'kind = "points_as_gold"', "$.burning[0]"),
        ('kind = "member_price"', 'kind = "member_prize"', "$.benefits[0]"),
        ('kind = "member_price"\n', "", "$.benefits[0]"),
        ("off_bp = 1_000", "off_pb = 1_000", "$.benefits[1]"),
        ('birthday = "week"', 'birthday = "year"', "$.benefits[1].conditions.who.birthday"),
        ("weekdays = [1, 7]", 'weekdays = ["monday"]', "$.benefits[1].conditions.when.weekdays[0]"),
        ("from_time = 22:00:00", 'from_time = "late"', "$.benefits[1].conditions.when.from_time"),
        ('kind = "year_end"', 'kind = "yearend"', "$.expiry.kind"),
        ("[expiry]", "[expiry", "line"),
        ('zh = "会员价"', 'cn = "会员价"', "$.benefits[0].name"),
    ],
)
def test_what_cannot_be_read_says_where(old, new, place):
    assert old in EVERYTHING
    with pytest.raises(KnownError, match="programme.unreadable") as caught:  # noqa: RUF043
        load_programme(EVERYTHING.replace(old, new, 1))
    assert place_in(EVERYTHING.replace(old, new, 1), place) in str(caught.value.details["reason"])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("version = 7", "version = 0", "version"),
        ("effective_to = 2026-12-31", "effective_to = 2024-12-31", "effective_to"),
        ("rank = 5", "rank = 0", "tiers: ranks"),
        ("rank = 5", "rank = -1", "tiers: ranks"),
        ('tier_id = "gold"', 'tier_id = "regular"', "tiers.regular: this id is used twice"),
        ('tier_id = "regular"', 'tier_id = ""', "tiers: tier_id"),
        ("rank = 0", "rank = 0\nreach = { spend = 1, period = 'calendar_year' }", "tiers.regular.reach"),
        ("multiplier_bp = 15_000", "multiplier_bp = -1", "tiers.gold"),
        ("multiplier_bp = 15_000", "multiplier_bp = 10_000_000", "tiers.gold"),
        ("spend = 100_000, visits = 20, ", "", "tiers.gold.reach"),
        ("spend = 100_000", "spend = 0", "tiers.gold.reach: spend"),
        ("visits = 20", "visits = -20", "tiers.gold.reach: visits"),
        ('rule_id = "cash"', 'rule_id = "base"', "burning.base: this id is used twice"),
        ('benefit_id = "mp"', 'benefit_id = ""', "benefits.: the id must not be empty"),
        ('benefit_id = "mp"', 'benefit_id = "base"', "benefits.base: this id is used twice"),
        ("per = 100", "per = 0", "earning.base"),
        ("points = 1\n", "points = -1\n", "earning.base"),
        ("points = 1\n", "points = 10_001\n", "earning.base"),
        ("points = 100\n", "points = 0\n", "burning.cash"),
        ("value = 100", "value = -1", "burning.cash"),
        ("step = 50", "step = 0", "burning.cash"),
        ("value = 100", "value = 99", "burning.cash: one step"),
        ("minimum = 200", "minimum = -1", "burning.cash: minimum"),
        ("max_share_bp = 3_000", "max_share_bp = 0", "burning.cash: max_share_bp"),
        ("max_share_bp = 3_000", "max_share_bp = 10_001", "burning.cash: max_share_bp"),
        ("off_bp = 1_000", "off_bp = -1", "benefits.birthday: off_bp"),
        ("off_bp = 1_000", "off_bp = 10_001", "benefits.birthday: off_bp"),
        ('tiers = ["gold"]', 'tiers = ["golden"]', "benefits.birthday.conditions.who.tiers"),
        ("weekdays = [1, 7]", "weekdays = [0]", "benefits.birthday.conditions.when.weekdays"),
        ("days_of_month = [20, 31]", "days_of_month = [32]", "benefits.birthday.conditions.when.days_of_month"),
        ("to_date = 2025-06-30", "to_date = 2025-05-30", "benefits.birthday.conditions.when.to_date"),
        ("to_time = 02:00:00", "to_time = 22:00:00", "benefits.birthday.conditions.when.to_time"),
        ("months = 12", "months = 6", "expiry.months"),
        ("months = 12", "months = -12", "expiry.months"),
        ('"year_end"\nmonths = 12', '"rolling_months"\nmonths = 0', "expiry.months"),
        ('"year_end"\nmonths = 12', '"rolling_months"\nmonths = 100_000', "expiry.months"),
        ("notice_days = 60", "notice_days = -1", "expiry.notice_days"),
        ("grace_days = 7", "grace_days = 9_999_999", "expiry.grace_days"),
        ('zh = "金卡"', 'zh = " "', "tiers.gold.name"),
        ('zh = "积分"', 'zh = ""', "earning.base.name"),
        ('zh = "抵现"', 'zh = ""', "burning.cash.name"),
        ('zh = "会员价"', 'zh = ""', "benefits.mp.name"),
        ('en = "Gold"', 'eng = "Gold"', "tiers[1].name.eng"),
    ],
)
def test_what_cannot_be_right_says_where(old, new, place):
    assert old in EVERYTHING
    with pytest.raises(KnownError, match="programme.wrong") as caught:  # noqa: RUF043
        load_programme(EVERYTHING.replace(old, new, 1))
    assert any(str(problem).startswith(place) for problem in caught.value.details["problems"])


def test_no_tiers_and_two_periods_are_wrong():
    def problems(text: str) -> tuple[str, ...]:
        with pytest.raises(KnownError, match="programme.wrong") as caught:  # noqa: RUF043
            load_programme(text)
        return caught.value.details["problems"]

    assert problems(MINIMAL.partition("[[tiers]]")[0] + "tiers = []") == ("tiers: at least one tier is needed",)
    tier = (
        '[[tiers]]\ntier_id = "black"\nname = { zh = "黑卡" }\nrank = 9\nreach = { spend = 200_000, period = "life" }\n'
    )
    assert "tiers: all conditions must count over the same period" in problems(
        EVERYTHING.replace("[[earning]]", tier + "[[earning]]")
    )
    lower = tier.replace("200_000", "100_000").replace("life", "calendar_year")
    assert "tiers.black.reach: spend must be more than zero and more than for the tiers below" in problems(
        EVERYTHING.replace("[[earning]]", lower + "[[earning]]")
    )
    assert len(problems(EVERYTHING.replace("per = 100", "per = 0").replace("rank = 5", "rank = 0"))) == 2


@given(st.integers(0, len(EVERYTHING) - 1), st.text(max_size=3), st.integers(0, 12))
def test_any_damage_is_a_programme_or_a_known_error(place, inserted, deleted):
    try:
        programme = load_programme(EVERYTHING[:place] + inserted + EVERYTHING[place + deleted :])
    except KnownError as error:
        assert re.fullmatch(r"programme\.(unreadable|wrong)", error.code)  # noqa: PT017
        assert error.details  # noqa: PT017
    else:
        assert not list(check_programme(programme))


@pytest.mark.parametrize("text", ["", "[" * 100_000, "x = " + "[" * 20_000, "a" * 100_000, "\x00"])
def test_hostile_files_are_refused(text):
    with pytest.raises(KnownError, match="programme.unreadable"):  # noqa: RUF043
        load_programme(text)


@given(strategies.programmes())
def test_drawn_programmes_pass_the_check(programme):
    assert not list(check_programme(programme))
