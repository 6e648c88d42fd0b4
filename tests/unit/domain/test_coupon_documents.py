"""Coupons in the programme document: read, refused with the place, reviewed; their days, and how they are given."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build

from pos_app.domain.ledger.coupons import bearer_account, issue_coupon
from pos_app.domain.ledger.moves import Move, move_postings
from pos_app.domain.ledger.postings import Asset, check_balanced
from pos_app.domain.money import Money
from pos_app.domain.programme.coupons import AmountCoupon, ExchangeCoupon, ThresholdCoupon, Validity
from pos_app.domain.programme.document import Conditions, Step, When
from pos_app.domain.programme.loading import check_programme, load_programme
from pos_app.domain.programme.review import review_programme
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding
from pos_app.errors import KnownError

TODAY = build.TODAY
HEAD = """
version = 1
name = { zh = "会员" }
effective_from = 2025-01-01
layers = { groups = ["promo"], coupons = "amount_first" }
[[tiers]]
tier_id = "regular"
name = { zh = "普通" }
rank = 0
"""
COUPONS = """
[[coupons]]
kind = "amount"
coupon_id = "ten"
name = { zh = "10元代金券" }
off = 1_000
reach = 10_000
group = "promo"
terms = { zh = "满100元可用" }
validity = { starts_after_days = 1, days = 30 }
[[coupons]]
kind = "percent"
coupon_id = "nine"
name = { zh = "九折券" }
off_bp = 1_000
max_off = 2_000
shared_code = "SPRING20"
per_member = 1
validity = { to_date = 2025-12-31 }
[[coupons]]
kind = "exchange"
coupon_id = "coffee"
name = { zh = "咖啡兑换券" }
max_value = 3_000
uses = 3
per_bill = 2
alone = true
for_holder = false
validity = { month_end = true }
[[coupons]]
kind = "threshold"
coupon_id = "steps"
name = { zh = "满减券" }
steps = [{ reach = 10_000, off = 1_000 }, { reach = 20_000, off = 3_000 }]
on_reduced = false
[[coupons]]
kind = "second_item"
coupon_id = "second"
name = { zh = "第二件半价券" }
off_bp = 5_000
"""


def amount(**fields: object) -> AmountCoupon:
    return msgspec.structs.replace(AmountCoupon(coupon_id="ten", name=LocalText("十元"), off=Money(1_000)), **fields)


def test_coupons_of_all_kinds_are_read() -> None:
    programme = load_programme(HEAD + COUPONS)
    assert [type(each).__name__ for each in programme.coupons] == [
        "AmountCoupon",
        "PercentCoupon",
        "ExchangeCoupon",
        "ThresholdCoupon",
        "SecondItemCoupon",
    ]
    assert programme.coupon("coffee") == programme.coupons[2]
    assert programme.coupon("gone") is None
    assert review_programme(programme) == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"ten"', '"十元"', "coupons.十元: the id stands in printed codes"),
        ('"nine"', '"ten"', "coupons.ten: this id is used twice"),
        ("off = 1_000\nreach", "off = 0\nreach", "coupons.ten.off: must be more than zero"),
        ("reach = 10_000\ngroup", "reach = -1\ngroup", "coupons.ten.reach: must not be negative"),
        ('"promo"\nterms', '"other"\nterms', "coupons.ten.group: unknown group 'other'"),
        ("off_bp = 1_000", "off_bp = 0", "coupons.nine.off_bp: 1 to 10000"),
        ("max_off = 2_000", "max_off = 0", "coupons.nine.max_off: must be more than zero"),
        ('"SPRING20"', '"spring"', "coupons.nine.shared_code: 5 to 20 capital letters and digits"),
        ('"SPRING20"', '"202501"', "coupons.nine.shared_code: at least one letter"),
        ("to_date = 2025-12-31", "days = 3", "coupons.nine.validity: a shared code is not given"),
        ("per_member = 1", "per_member = 0", "coupons.nine.per_member: 1 to"),
        ("max_value = 3_000", "max_value = 3_000\nprice = 3_000", "coupons.coffee.max_value: must be more than"),
        ("uses = 3", "uses = 0", "coupons.coffee.uses: 1 to"),
        ("per_bill = 2", "per_bill = 0", "coupons.coffee.per_bill: 1 to"),
        ("per_bill = 2", "per_member = 2", "coupons.coffee.per_member: for a shared code"),
        ("days = 30", "days = 0", "coupons.ten.validity.days: 1 to"),
        ("reach = 20_000", "reach = 9_000", "coupons.steps.steps[1].reach: must be more than zero and more than"),
        ("off_bp = 5_000", "off_bp = 10_001", "coupons.second.off_bp: 1 to 10000"),
        ('terms = { zh = "满100元可用" }', 'terms = { zh = "满", de = "x" }', "coupons[0].terms.de: unknown language"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(old: str, new: str, problem: str) -> None:
    assert old in COUPONS
    with pytest.raises(KnownError) as refusal:
        load_programme(HEAD + COUPONS.replace(old, new, 1))
    assert any(each.startswith(problem) for each in refusal.value.details["problems"])


@pytest.mark.parametrize(
    ("coupon", "finding"),
    [
        (amount(validity=Validity(to_date=dt.date(2023, 12, 31))), ("coupon_never", "coupons.ten.validity")),
        (
            amount(
                validity=Validity(from_date=dt.date(2025, 7, 1)),
                conditions=Conditions(when=When(to_date=dt.date(2025, 6, 30))),
            ),
            ("coupon_never", "coupons.ten.validity"),
        ),
        (amount(reach=Money(1_000)), ("coupon_beyond_reach", "coupons.ten")),
        (
            ThresholdCoupon(coupon_id="t", name=LocalText("满减"), steps=(Step(Money(500), Money(500)),)),
            ("coupon_beyond_reach", "coupons.t.steps[0]"),
        ),
        (amount(shared_code="SPRING20"), ("coupon_unbounded", "coupons.ten.shared_code")),
        (amount(uses=5), ("coupon_spare_uses", "coupons.ten.uses")),
    ],
)
def test_what_an_owner_does_not_mean_is_said(coupon: AmountCoupon, finding: tuple[str, str]) -> None:
    programme = msgspec.structs.replace(build.programme(), coupons=(coupon,))
    assert list(check_programme(programme)) == []
    assert [(each.code, each.place) for each in review_programme(programme)] == [finding]


@pytest.mark.parametrize(
    ("validity", "first", "last"),
    [
        (Validity(), TODAY, None),
        (Validity(days=1), TODAY, TODAY),
        (Validity(starts_after_days=1, days=30), dt.date(2025, 6, 19), dt.date(2025, 7, 18)),
        (Validity(month_end=True), TODAY, dt.date(2025, 6, 30)),
        (Validity(month_end=True, starts_after_days=14), dt.date(2025, 7, 2), dt.date(2025, 7, 31)),
        (Validity(days=90, to_date=dt.date(2025, 6, 30)), TODAY, dt.date(2025, 6, 30)),
        (
            Validity(from_date=dt.date(2025, 12, 1), to_date=dt.date(2025, 12, 31)),
            dt.date(2025, 12, 1),
            dt.date(2025, 12, 31),
        ),
    ],
)
def test_from_when_until_when(validity: Validity, first: dt.date, last: dt.date | None) -> None:
    assert (validity.first_day(TODAY), validity.last_day(TODAY)) == (first, last)


def given_to(coupon: AmountCoupon | ExchangeCoupon, account: object, n: int = 0) -> tuple[Move, ...]:
    return issue_coupon(coupon, account, TODAY, build.some_uuid(7), n)  # type: ignore[arg-type]


def test_a_coupon_is_a_lot_of_uses_with_a_code() -> None:
    account = build.account()
    (move,) = given_to(amount(uses=3, validity=Validity(days=30)), account)
    assert (move.asset, move.amount, move.account_id, move.source_id) == (Asset.COUPON, 3, account.member_id, "ten")
    assert (move.made_on, move.expires_on, move.makes_lot) == (TODAY, dt.date(2025, 7, 17), True)
    assert given_to(amount(), account, n=1)[0].code != move.code != ""
    check_balanced(move_postings([move]))


def test_a_coupon_of_whoever_has_it_is_an_account_of_its_own() -> None:
    (move,) = given_to(amount(for_holder=False), None)
    assert move.account_id == bearer_account(move.lot_id)
    assert given_to(amount(for_holder=False), build.account())[0].account_id == move.account_id


def test_nothing_is_given_that_nobody_could_use() -> None:
    account = build.account()
    assert given_to(amount(validity=Validity(to_date=TODAY - dt.timedelta(days=1))), account) == ()
    assert given_to(amount(validity=Validity(starts_after_days=1, to_date=TODAY)), account) == ()
    assert given_to(amount(shared_code="SPRING20"), account) == ()
    assert given_to(amount(), None) == ()


@given(owed=st.integers(0, 5), uses=st.integers(1, 5))
def test_a_new_coupon_first_repays_what_is_owed_of_it(owed: int, uses: int) -> None:
    lots = (Holding(Asset.COUPON, build.lot_id(9), owed, "ten", TODAY),) if owed else ()
    other = Holding(Asset.COUPON, build.lot_id(8), 2, "other", TODAY)
    account = msgspec.structs.replace(build.account(), owed=(*lots, other))
    moves = given_to(amount(uses=uses), account)
    assert sum(each.amount for each in moves) == uses
    assert sum(each.amount for each in moves if each.is_owed) == min(owed, uses)
    assert all(each.lot_id == build.lot_id(9) for each in moves if each.is_owed)
    check_balanced(move_postings(moves))
