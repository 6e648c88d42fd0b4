"""Coupons, wallets that hold them, and programmes that have them; strategies of all three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import strategies

from pos_app.domain.ids import LotId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Member, MemberAccount
from pos_app.domain.money import Money
from pos_app.domain.pricing.basket import Basket, Used
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.programme.benefits import CouponOrder, Layers
from pos_app.domain.programme.coupons import (
    AmountCoupon,
    Coupon,
    ExchangeCoupon,
    PercentCoupon,
    SecondItemCoupon,
    ThresholdCoupon,
)
from pos_app.domain.programme.document import Benefit, Conditions, Programme, Step
from pos_app.domain.text import LocalText
from pos_app.domain.wallet import Holding, use_order

GROUP = "promo"


def amount(coupon_id: str = "amount", off: int = 1_000, **more: Any) -> AmountCoupon:
    """An amount off, in fen."""
    return AmountCoupon(coupon_id=coupon_id, name=LocalText(f"代金券 {coupon_id}"), off=Money(off), **more)


def percent(coupon_id: str = "percent", off_bp: int = 1_000, **more: Any) -> PercentCoupon:
    """A percentage off."""
    return PercentCoupon(coupon_id=coupon_id, name=LocalText(f"折扣券 {coupon_id}"), off_bp=off_bp, **more)


def exchange(coupon_id: str = "exchange", **more: Any) -> ExchangeCoupon:
    """One piece free."""
    return ExchangeCoupon(coupon_id=coupon_id, name=LocalText(f"兑换券 {coupon_id}"), **more)


def threshold(coupon_id: str = "threshold", *steps: tuple[int, int], **more: Any) -> ThresholdCoupon:
    """A reduction for reaching amounts, in fen."""
    made = tuple(Step(Money(reach), Money(off)) for reach, off in steps or ((10_000, 1_000),))
    return ThresholdCoupon(coupon_id=coupon_id, name=LocalText(f"满减券 {coupon_id}"), steps=made, **more)


def second(coupon_id: str = "second", off_bp: int = 5_000, **more: Any) -> SecondItemCoupon:
    """The cheaper of two reduced."""
    return SecondItemCoupon(coupon_id=coupon_id, name=LocalText(f"第二件 {coupon_id}"), off_bp=off_bp, **more)


def programme(*coupons: Coupon, benefits: tuple[Benefit, ...] = (), **layers: Any) -> Programme:
    """A programme with coupons; ``layers`` are fields of its layers."""
    made = Layers(groups=(GROUP,), **layers)
    return msgspec.structs.replace(build.programme(), coupons=coupons, benefits=benefits, layers=made)


def lot(
    number: int, coupon_id: str, uses: int = 1, expires_on: dt.date | None = None, made_on: dt.date = build.TODAY
) -> Holding:
    """A lot of a coupon by number."""
    return Holding(Asset.COUPON, build.lot_id(number), uses, coupon_id, made_on, expires_on)


def holder(*lots: Holding, who: Member | None = None, account: MemberAccount | None = None) -> Customer:
    """A member with these lots."""
    who = who or build.member()
    account = account or MemberAccount(who.member_id)
    return Customer(who, msgspec.structs.replace(account, wallet=tuple(use_order(lots))))


def used(holding: Holding, count: int = 1) -> Used:
    """A lot of the member's that is used."""
    return Used(holding.source_id, holding.lot_id, None, count)


def using(basket: Basket, *holdings: Holding | str) -> Basket:
    """The basket with these lots used, or published codes."""
    for each in holdings:
        basket = basket.use(Used(each) if isinstance(each, str) else used(each, each.amount))
    return basket


def lots_of(uses: Iterable[Used]) -> set[tuple[LotId | None, int]]:
    """Which lots are used, and how often."""
    return {(each.lot_id, each.count) for each in uses}


_money = st.one_of(st.sampled_from([1, 99, 100, 1_000, 10_000]), st.integers(1, 60_000))
_rates = st.one_of(st.sampled_from([1, 1_000, 5_000, 10_000]), st.integers(1, 10_000))


@st.composite
def coupons(draw: st.DrawFn, number: int) -> Coupon:
    """Coupons of every kind."""
    common: dict[str, Any] = {
        "conditions": Conditions(what=draw(strategies.whats)),
        "per_bill": draw(st.sampled_from([1, 1, 2, 3])),
        "group": draw(st.sampled_from(["", "", GROUP])),
        "alone": draw(st.sampled_from([False, False, False, True])),
        "on_reduced": draw(st.sampled_from([True, True, False])),
    }
    name = f"c{number}"
    reach = Money(draw(st.one_of(st.just(0), _money)))
    match draw(st.integers(0, 4)):
        case 0:
            return amount(name, draw(_money), reach=reach, **common)
        case 1:
            most = draw(st.none() | _money.map(Money))
            return percent(name, draw(_rates), reach=reach, max_off=most, **common)
        case 2:
            price = draw(st.sampled_from([0, 0, 1, 990]))
            value = draw(st.none() | st.integers(price + 1, 60_000).map(Money))
            return exchange(name, price=Money(price), max_value=value, **common)
        case 3:
            first = draw(_money)
            off = draw(st.integers(1, first))
            more = ((first + draw(_money), off + draw(st.integers(1, first))),) if draw(st.booleans()) else ()
            return threshold(name, (first, off), *more, **common)
        case _:
            return second(name, draw(_rates), **common)


@st.composite
def programmes(draw: st.DrawFn, most: int = 4) -> Programme:
    """Programmes with coupons, some of them in a group with a benefit."""
    made = tuple(draw(coupons(number)) for number in range(1, draw(st.integers(1, most)) + 1))
    benefits = tuple(
        build.discount(f"b{number}", draw(_rates), for_members=False, group=draw(st.sampled_from(["", GROUP])))
        for number in range(draw(st.integers(0, 2)))
    )
    return programme(
        *made,
        benefits=benefits,
        floor_bp=draw(st.sampled_from([0, 0, 3_000])),
        coupons=draw(st.sampled_from(list(CouponOrder))),
    )


@st.composite
def wallets(draw: st.DrawFn, of: Programme) -> tuple[Holding, ...]:
    """Lots of a programme's coupons, some alike, some over."""
    days = st.sampled_from([None, build.TODAY, build.TODAY + dt.timedelta(days=9)])
    return tuple(
        lot(number, draw(st.sampled_from(of.coupons)).coupon_id, draw(st.integers(1, 2)), draw(days))
        for number in range(1, draw(st.integers(1, 4)) + 1)
    )
