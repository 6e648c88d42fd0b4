"""Conditions, tiers and the end of points."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId, ProductId, TierId
from pos_app.domain.member import Birthday, Progress
from pos_app.domain.money import Money, Rounding
from pos_app.domain.programme.conditions import covers, refusal
from pos_app.domain.programme.document import (
    Birthdays,
    Conditions,
    Expiry,
    ExpiryKind,
    Period,
    Tier,
    TierCondition,
    What,
    When,
    Who,
    add_months,
)
from pos_app.domain.programme.periods import Span, span_of
from pos_app.domain.programme.standing import progress_span
from pos_app.domain.programme.tiers import next_tier, tier_now
from pos_app.domain.text import LocalText

# Conditions -----------------------------------------------------------------------------------------------------


def why(conditions: Conditions, *, member=None, tier="regular", now=build.NOON, store="S1", today=None):
    return refusal(conditions, member=member, tier_id=TierId(tier), now=now, store=store, today=today)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=build.NOON.tzinfo)


MATRIX = [
    (Conditions(), None),
    (Conditions(stores=("S1", "S2")), None),
    (Conditions(stores=("S2",)), "not_in_this_store"),
    (Conditions(when=When(from_date=dt.date(2025, 6, 18))), None),
    (Conditions(when=When(from_date=dt.date(2025, 6, 19))), "not_yet"),
    (Conditions(when=When(to_date=dt.date(2025, 6, 18))), None),
    (Conditions(when=When(to_date=dt.date(2025, 6, 17))), "over"),
    (Conditions(when=When(weekdays=(3,))), None),
    (Conditions(when=When(weekdays=(1, 2, 4, 5, 6, 7))), "not_this_weekday"),
    (Conditions(when=When(days_of_month=(18, 20))), None),
    (Conditions(when=When(days_of_month=(20,))), "not_this_day"),
    (Conditions(when=When(from_time=dt.time(12))), None),
    (Conditions(when=When(from_time=dt.time(12, 0, 1))), "not_this_hour"),
    (Conditions(when=When(to_time=dt.time(12))), "not_this_hour"),
    (Conditions(when=When(to_time=dt.time(12, 0, 1))), None),
    (Conditions(when=When(from_time=dt.time(22), to_time=dt.time(2))), "not_this_hour"),
    (Conditions(who=Who(tiers=(TierId("gold"),))), None),
    (Conditions(who=Who(tiers=(TierId("silver"),))), "not_this_tier"),
    (Conditions(who=Who(tags=("老客", "x"))), None),
    (Conditions(who=Who(tags=("x",))), "not_this_member"),
    (Conditions(who=Who(birthday=Birthdays.DAY)), None),
    (Conditions(who=Who(birthday=Birthdays.WEEK)), None),
    (Conditions(who=Who(birthday=Birthdays.MONTH)), None),
]


@pytest.mark.parametrize(("conditions", "reason"), MATRIX)
def test_each_condition_alone(conditions, reason):
    member = build.member(tier="gold", tags=("老客",), birthday=Birthday(6, 18))
    assert why(conditions, member=member, tier="gold") == reason
    if conditions.who != Who():
        assert why(conditions) == "members_only"


def _named(conditions: Conditions) -> dict[str, object]:
    """The fields a condition gives, beside those it leaves open."""
    parts = (conditions.who, conditions.when)
    named = {f: getattr(part, f) for part in parts for f in part.__struct_fields__ if getattr(part, f)}
    return named | ({"stores": conditions.stores} if conditions.stores else {})


def _both(one: Conditions, other: Conditions) -> Conditions:
    named = _named(one) | _named(other)
    return Conditions(
        who=Who(**{f: named[f] for f in Who.__struct_fields__ if f in named}),
        when=When(**{f: named[f] for f in When.__struct_fields__ if f in named}),
        stores=named.get("stores", ()),
    )


def _independent(one: Conditions, other: Conditions) -> bool:
    fields = [{f.removesuffix("_time") for f in _named(each)} for each in (one, other)]
    times = {"from", "to"}
    return not fields[0] & fields[1] and not (fields[0] & times and fields[1] & times)


PAIRS = [pair for pair in itertools.combinations(MATRIX, 2) if _independent(pair[0][0], pair[1][0])]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_conditions_together_all_have_to_agree(one, other):
    member = build.member(tier="gold", tags=("老客",), birthday=Birthday(6, 18))
    expected = {reason for _, reason in (one, other) if reason}
    assert why(_both(one[0], other[0]), member=member, tier="gold") in (expected or {None})


@pytest.mark.parametrize(
    ("birthday", "day", "on_day", "in_week", "in_month"),
    [
        (Birthday(6, 18), "2025-06-18", True, True, True),
        (Birthday(6, 21), "2025-06-18", False, True, True),
        (Birthday(6, 15), "2025-06-18", False, True, True),
        (Birthday(6, 22), "2025-06-18", False, False, True),
        (Birthday(6, 14), "2025-06-18", False, False, True),
        (Birthday(7, 1), "2025-06-28", False, True, False),
        (Birthday(1, 2), "2025-12-30", False, True, False),
        (Birthday(12, 30), "2026-01-02", False, True, False),
        (Birthday(2, 29), "2025-02-28", True, True, True),
        (Birthday(2, 29), "2025-03-03", False, True, False),
        (Birthday(2, 29), "2024-03-03", False, True, False),
        (Birthday(2, 29), "2024-03-04", False, False, False),
        (None, "2025-06-18", False, False, False),
    ],
)
def test_around_the_birthday(birthday, day, on_day, in_week, in_month):
    member = build.member(birthday=birthday)
    for around, expected in ((Birthdays.DAY, on_day), (Birthdays.WEEK, in_week), (Birthdays.MONTH, in_month)):
        reason = why(Conditions(who=Who(birthday=around)), member=member, now=at(f"{day}T12:00"))
        assert reason == (None if expected else "not_birthday")


def test_after_midnight_it_is_still_the_business_date():
    """A shop whose day begins at four sells at one in the morning of Thursday as on Wednesday, its member day."""
    wednesday = dt.date(2025, 6, 18)
    night = at("2025-06-19T01:00")
    for when in (
        When(weekdays=(3,)),
        When(days_of_month=(18,)),
        When(to_date=wednesday),
        When(from_date=wednesday, to_date=wednesday),
    ):
        assert why(Conditions(when=when), now=night, today=wednesday) is None
        assert why(Conditions(when=when), now=night) is not None
    birthday = Conditions(who=Who(birthday=Birthdays.DAY))
    assert why(birthday, member=build.member(birthday=Birthday(6, 18)), now=night, today=wednesday) is None


@pytest.mark.parametrize("day_starts", [0, 4])
def test_a_night_belongs_to_the_day_on_which_it_began(day_starts):
    fridays = Conditions(when=When(weekdays=(5,), from_time=dt.time(22), to_time=dt.time(2)))
    for text, speaks in (
        ("2025-06-20T01:00", False),  # the night of Thursday
        ("2025-06-20T21:59", False),
        ("2025-06-20T22:00", True),
        ("2025-06-21T00:00", True),
        ("2025-06-21T01:59", True),
        ("2025-06-21T02:00", False),
        ("2025-06-21T22:00", False),
    ):
        now = at(text)
        today = (now - dt.timedelta(hours=day_starts)).date()
        assert (why(fridays, now=now, today=today) is None) == speaks, text


def test_what_a_rule_covers():
    apple = build.product(1, category_id="fruit", brand="甲")
    for what, covered in (
        (What(), True),
        (What(categories=(CategoryId("fruit"),)), True),
        (What(categories=(CategoryId("drinks"),)), False),
        (What(products=(apple.product_id,)), True),
        (What(products=(ProductId("other"),)), False),
        (What(brands=("甲",)), True),
        (What(brands=("乙",)), False),
        (What(categories=(CategoryId("drinks"),), brands=("甲",)), True),
        (What(except_categories=(CategoryId("fruit"),)), False),
        (What(except_categories=(CategoryId("drinks"),)), True),
        (What(products=(apple.product_id,), except_categories=(CategoryId("fruit"),)), False),
        (What(categories=(CategoryId("fruit"),), except_products=(apple.product_id,)), False),
    ):
        assert covers(what, apple) == covered


# Tiers and expiry -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assigned", "spend", "visits", "tier"),
    [
        ("regular", 0, 0, "regular"),
        ("regular", 99_999, 19, "regular"),
        ("regular", 100_000, 0, "silver"),
        ("regular", 0, 20, "silver"),
        ("regular", 499_999, 60, "gold"),
        ("regular", 2_000_000, 0, "platinum"),
        ("gold", 0, 0, "gold"),
        ("gold", 100_000, 0, "gold"),
        ("gold", 0, 150, "platinum"),
        ("unknown", 0, 0, "regular"),
        ("", 100_000, 0, "silver"),
        ("silver", -5_000, 0, "silver"),
    ],
)
def test_the_better_of_the_tier_assigned_and_reached(assigned, spend, visits, tier):
    account = build.account(spend=spend, visits=visits)
    assert tier_now(build.programme(), build.member(tier=assigned), account, build.TODAY).tier_id == tier


def test_the_way_to_the_next_tier():
    programme = build.programme()

    def way(current: str, spend: int, visits: int):
        step = next_tier(programme, programme.tier(TierId(current)), Progress(Money(spend), visits))
        return step and (step.tier.tier_id, step.spend_missing, step.visits_missing, step.share_bp)

    assert way("regular", 0, 0) == ("silver", Money(100_000), 20, 0)
    assert way("regular", 25_000, 4) == ("silver", Money(75_000), 16, 2_500)
    assert way("regular", 25_000, 10) == ("silver", Money(75_000), 10, 5_000)
    assert way("regular", -25_000, 0) == ("silver", Money(100_000), 20, 0)
    assert way("gold", 2_500_000, 3) == ("platinum", Money(0), 147, 10_000)
    assert way("platinum", 0, 0) is None
    by_spend = build.programme(
        levels=(
            Tier(TierId("a"), LocalText("甲"), 0),
            Tier(TierId("vip"), LocalText("贵宾"), 1),
            Tier(TierId("b"), LocalText("乙"), 2, TierCondition(spend=Money(100))),
        )
    )
    step = next_tier(by_spend, by_spend.tiers[0], Progress())
    assert step is not None
    assert (step.tier.tier_id, step.visits_missing) == ("b", None)


@given(st.dates(dt.date(1970, 1, 1), dt.date(2200, 1, 1)), st.integers(0, 1_200))
def test_adding_months_keeps_the_day_where_there_is_one(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("expiry", "earned", "last_day"),
    [
        (Expiry(), "2025-06-18", None),
        (Expiry(ExpiryKind.ROLLING_MONTHS, 12), "2025-06-18", "2026-06-17"),
        (Expiry(ExpiryKind.ROLLING_MONTHS, 1), "2025-01-31", "2025-02-27"),
        (Expiry(ExpiryKind.ROLLING_MONTHS, 12), "2024-02-29", "2025-02-27"),
        (Expiry(ExpiryKind.ROLLING_MONTHS, 24), "2025-12-31", "2027-12-30"),
        (Expiry(ExpiryKind.YEAR_END, 0), "2025-12-31", "2025-12-31"),
        (Expiry(ExpiryKind.YEAR_END, 12), "2025-01-01", "2026-12-31"),
    ],
)
def test_the_last_day_of_points(expiry, earned, last_day):
    expected = None if last_day is None else dt.date.fromisoformat(last_day)
    assert build.programme(expiry=expiry).new_lot_expiry(dt.date.fromisoformat(earned)) == expected


@pytest.mark.parametrize(
    ("period", "today", "first"),
    [
        (Period.CALENDAR_YEAR, "2025-06-18", "2025-01-01"),
        (Period.ROLLING_12_MONTHS, "2025-06-18", "2024-06-19"),
        (Period.ROLLING_12_MONTHS, "2024-02-29", "2023-03-01"),
        (Period.ROLLING_12_MONTHS, "2025-02-28", "2024-02-29"),
        (Period.ROLLING_12_MONTHS, "2025-03-01", "2024-03-02"),
        (Period.ROLLING_12_MONTHS, "2025-12-31", "2025-01-01"),
        (Period.CALENDAR_QUARTER, "2025-06-30", "2025-04-01"),
        (Period.CALENDAR_QUARTER, "2025-12-31", "2025-10-01"),
        (Period.CALENDAR_MONTH, "2025-12-31", "2025-12-01"),
        (Period.LIFE, "2025-06-18", "0001-01-01"),
    ],
)
def test_the_first_day_that_counts(period, today, first):
    assert span_of(period, 12).start(dt.date.fromisoformat(today)) == dt.date.fromisoformat(first)


def test_the_period_is_that_of_the_conditions():
    assert progress_span(build.programme()) == Span(12)
    assert progress_span(build.programme(levels=build.tiers()[:1])) == Span()


def test_in_force():
    programme = build.programme(effective_from=dt.date(2025, 1, 1), effective_to=dt.date(2025, 12, 31))
    for day, expected in (("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)):
        assert programme.is_effective(dt.date.fromisoformat(day)) == expected
    assert Rounding("half_up") is Rounding.HALF_UP
