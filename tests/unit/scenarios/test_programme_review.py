"""The second look at a programme: what can be read and yet is not what an owner means."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from pos_testkit import builders as build

from pos_app.domain.ids import CategoryId, ProductId, TierId
from pos_app.domain.money import Rounding
from pos_app.domain.programme.document import (
    Birthdays,
    Conditions,
    Expiry,
    ExpiryKind,
    MemberPrice,
    What,
    When,
    Who,
)
from pos_app.domain.programme.findings import Severity
from pos_app.domain.programme.loading import check_programme, load_programme
from pos_app.domain.programme.review import KnownGoods, review_programme
from pos_app.domain.text import LocalText

DRINKS = What(categories=(CategoryId("drinks"),))
NIGHT = When(weekdays=(3,), from_time=dt.time(22), to_time=dt.time(2))
GOLD = Who(tiers=(TierId("gold"),))


def codes(programme, goods=None) -> list[tuple[str, str]]:
    assert list(check_programme(programme)) == []
    return [(each.code, each.place) for each in review_programme(programme, goods)]


def with_benefits(*benefits, **more):
    return build.programme(benefits=benefits, **more)


def test_the_small_hours_of_the_first_day_belong_to_the_night_before() -> None:
    night = When(to_date=dt.date(2023, 12, 31), from_time=dt.time(22), to_time=dt.time(2))
    assert codes(with_benefits(build.discount("off", conditions=Conditions(when=night)))) == []


def test_a_higher_tier_that_earns_less_is_named() -> None:
    low, high = build.tiers()[:2]
    levels = (msgspec.structs.replace(low, multiplier_bp=13_000), high)
    assert codes(build.programme(levels=levels)) == [("worse_tier", "tiers.silver.multiplier_bp")]


def test_the_demo_programme_is_clean() -> None:
    assert review_programme(load_programme(build.demo_programme_text())) == ()


@pytest.mark.parametrize(
    ("when", "ever"),
    [
        (When(), True),
        (When(from_date=dt.date(2026, 1, 1)), False),  # the programme has ended
        (When(to_date=dt.date(2023, 12, 31)), False),  # it had not begun
        (When(from_date=dt.date(2025, 6, 16), to_date=dt.date(2025, 6, 20), weekdays=(6, 7)), False),
        (When(from_date=dt.date(2025, 6, 16), to_date=dt.date(2025, 6, 21), weekdays=(6, 7)), True),
        (When(from_date=dt.date(2025, 2, 1), to_date=dt.date(2025, 2, 28), days_of_month=(29, 30)), False),
        (When(weekdays=(5,), days_of_month=(13,)), True),
    ],
)
def test_a_rule_without_a_day_never_applies(when: When, ever: bool) -> None:
    programme = with_benefits(
        build.discount("off", conditions=Conditions(when=when)), effective_to=dt.date(2025, 12, 31)
    )
    assert codes(programme) == ([] if ever else [("never_days", "benefits.off.conditions.when")])


def test_an_open_programme_is_searched_for_years() -> None:
    rule = build.discount("off", conditions=Conditions(when=When(weekdays=(1,), days_of_month=(31,))))
    assert codes(with_benefits(rule)) == []


def test_a_rule_that_excludes_what_it_names_never_applies() -> None:
    what = What(categories=(CategoryId("drinks"),), except_categories=(CategoryId("drinks"), CategoryId("tobacco")))
    assert codes(with_benefits(build.discount("off", conditions=Conditions(what=what)))) == [
        ("never_goods", "benefits.off.conditions.what")
    ]


@pytest.mark.parametrize(
    ("beaten", "better", "is_beaten"),
    [
        (Conditions(), Conditions(), True),
        (Conditions(what=DRINKS), Conditions(), True),
        (Conditions(), Conditions(what=DRINKS), False),
        (Conditions(who=GOLD), Conditions(), True),
        (Conditions(), Conditions(who=GOLD), False),
        (Conditions(who=Who(birthday=Birthdays.DAY)), Conditions(who=Who(birthday=Birthdays.MONTH)), True),
        (Conditions(who=Who(birthday=Birthdays.MONTH)), Conditions(who=Who(birthday=Birthdays.DAY)), False),
        (Conditions(when=When(weekdays=(3,))), Conditions(when=When(weekdays=(3, 4))), True),
        (Conditions(when=When(weekdays=(3,))), Conditions(when=When(from_time=dt.time(9))), False),
        (Conditions(), Conditions(what=What(except_categories=(CategoryId("tobacco"),))), False),
        (Conditions(what=DRINKS), Conditions(what=What(except_categories=(CategoryId("tobacco"),))), True),
        (Conditions(what=What(brands=("甲",))), Conditions(what=DRINKS), False),
        (Conditions(stores=("S1",)), Conditions(stores=("S2",)), False),
        (
            Conditions(when=When(from_date=dt.date(2025, 1, 1))),
            Conditions(when=When(from_date=dt.date(2024, 6, 1))),
            True,
        ),
        (Conditions(when=When(weekdays=(3,))), Conditions(), True),
        (Conditions(when=NIGHT), Conditions(), True),
        (Conditions(when=NIGHT), Conditions(when=NIGHT), True),
        (Conditions(when=NIGHT), Conditions(when=When(weekdays=(3,))), False),  # it goes on into Thursday
        (Conditions(), Conditions(when=When(to_date=dt.date(2024, 6, 1))), False),
    ],
)
def test_a_discount_that_another_always_beats_is_named(beaten, better, is_beaten) -> None:
    programme = with_benefits(
        build.discount("small", 300, conditions=beaten), build.discount("large", 500, conditions=better)
    )
    assert codes(programme) == ([("beaten", "benefits.small")] if is_beaten else [])


def test_among_equals_the_later_one_is_beaten() -> None:
    programme = with_benefits(build.discount("first", 300), build.discount("second", 300))
    assert codes(programme) == [("beaten", "benefits.second")]
    everybody = with_benefits(build.discount("members", 300), build.discount("all", 300, for_members=False))
    assert codes(everybody) == []


def test_a_second_member_price_is_beaten() -> None:
    prices = [MemberPrice(name, LocalText("会员价")) for name in ("first", "second")]
    assert codes(with_benefits(*prices)) == [("beaten", "benefits.second")]


def test_giving_more_than_is_taken_is_an_error() -> None:
    programme = build.programme(
        burning=(build.points_as_cash(100, 5_000),)
    )  # platinum: 2 points a yuan, half a yuan each
    findings = review_programme(programme)
    assert [(each.code, each.place, each.severity) for each in findings] == [
        ("giveaway", "burning.cash", Severity.ERROR)
    ]
    assert "白金会员" in findings[0].text.zh
    assert "100.00 yuan" in findings[0].text.en
    assert codes(build.programme(burning=(build.points_as_cash(100, 4_900, step=100),))) == []


def test_points_that_buy_points_are_a_loop() -> None:
    programme = build.programme(burning=(build.points_as_cash(100, 5_000),), earn_on_points_tender=True)
    assert codes(programme) == [("giveaway", "burning.cash"), ("loop", "earn_on_points_tender")]


def test_rules_that_give_too_much_only_together_are_a_warning() -> None:
    extra = build.earning("extra", 50, 100, conditions=Conditions(when=When(weekdays=(3,))))
    findings = review_programme(build.programme(earning=(build.earning(), extra)))
    assert [(each.code, each.severity) for each in findings] == [("giveaway_best", Severity.WARNING)]


@pytest.mark.parametrize(
    ("programme", "expected"),
    [
        (with_benefits(build.discount("off", 10_000)), [("free", "benefits.off")]),
        (
            with_benefits(build.discount("off", 10_000, conditions=Conditions(what=DRINKS))),
            [("free_some", "benefits.off")],
        ),
        (with_benefits(build.discount("off", 0)), [("nothing", "benefits.off")]),
        (
            with_benefits(build.discount("off", for_members=False, conditions=Conditions(who=GOLD))),
            [("never_members", "benefits.off")],
        ),
        (build.programme(earning=(build.earning(points=0),)), [("nothing", "earning.base")]),
        (
            build.programme(rounding=Rounding.UP, burning=(build.points_as_cash(1, 20, step=1, minimum=0),)),
            [("rounded_up", "rounding")],
        ),
        (build.programme(burning=()), [("useless_points", "burning")]),
        (build.programme(burning=(build.points_as_cash(minimum=150),)), [("minimum", "burning.cash.minimum")]),
        (
            build.programme(expiry=Expiry(ExpiryKind.ROLLING_MONTHS, 1, notice_days=30)),
            [("notice", "expiry.notice_days")],
        ),
        (
            with_benefits(build.discount("off", conditions=Conditions(stores=("S1", "S1")))),
            [("twice", "benefits.off.conditions.stores")],
        ),
    ],
)
def test_other_slips(programme, expected) -> None:
    assert codes(programme) == expected


def test_goods_that_the_shop_does_not_know_are_named() -> None:
    what = What(
        categories=(CategoryId("drinks"), CategoryId("drnks")), brands=("甲",), except_products=(ProductId("100"),)
    )
    programme = with_benefits(build.discount("off", conditions=Conditions(what=what)))
    goods = KnownGoods(frozenset({"drinks"}), frozenset({"100"}), frozenset({"乙"}))
    assert codes(programme, goods) == [
        ("unknown", "benefits.off.conditions.what.categories"),
        ("unknown", "benefits.off.conditions.what.brands"),
    ]


def test_every_finding_is_said_in_both_languages() -> None:
    programme = build.programme(
        burning=(build.points_as_cash(100, 5_000, minimum=150),),
        benefits=(build.discount("off", 10_000), build.discount("none", 0)),
        earning=(build.earning(), build.earning("zero", 0, conditions=Conditions(what=DRINKS))),
        earn_on_points_tender=True,
    )
    findings = review_programme(programme)
    assert len(findings) >= 6
    assert all(each.text.zh and each.text.en and "{" not in each.text.zh + each.text.en for each in findings)
