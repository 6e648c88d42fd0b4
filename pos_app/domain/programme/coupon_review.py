"""A second look at coupons: those that can never be used, and those that give without bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec

from pos_app.domain.money import FULL_RATE_BP
from pos_app.domain.programme.coupons import AmountCoupon, Coupon, PercentCoupon, ThresholdCoupon
from pos_app.domain.programme.document import Programme, Who
from pos_app.domain.programme.findings import Finding, Severity, Texts, found
from pos_app.domain.programme.overlap import ever_meets

_TEXTS: Final[Texts] = {
    "coupon_never": (
        Severity.ERROR,
        "有效期内没有一天能用：可用日期与方案有效期、规则日期没有重合",
        "there is no day on which it can be used: its dates, its rules and the programme's life do not meet",
    ),
    "coupon_beyond_reach": (
        Severity.WARNING,
        "满 ¥{reach} 减 ¥{off}：买到门槛就等于白送，请确认",
        "{off} yuan off from {reach} yuan on: who just reaches it gets the goods for nothing; make sure that is meant",
    ),
    "coupon_free": (
        Severity.WARNING,
        "全额抵扣且不封顶：符合条件的商品全部白送，请确认",
        "it takes everything off without a limit: all goods it covers are free; make sure that is meant",
    ),
    "coupon_unbounded": (
        Severity.WARNING,
        "公开券码不限每人次数、也没有截止日期：谁都能在每一单上一直用",
        "a published code without a limit per member and without a last day: anybody can use it on every bill for ever",
    ),
    "coupon_members": (
        Severity.WARNING,
        "凭码即可使用（for_holder = false），但规则限定了会员：不是会员的持券人用不了",
        "whoever has its code may use it, yet its rules name members: a holder who is none cannot use it",
    ),
    "coupon_spare_uses": (
        Severity.WARNING,
        "没有截止日期却能用 {uses} 次，请确认",
        "it can be used {uses} times and has no last day; make sure that is meant",
    ),
}


def review_coupons(programme: Programme) -> Iterator[Finding]:
    """Yield what an owner should know about the coupons of a programme."""
    for coupon in programme.coupons:
        place = f"coupons.{coupon.coupon_id}"
        if not _can_be_used(coupon, programme):
            yield found(_TEXTS, "coupon_never", f"{place}.validity")
        match coupon:
            case AmountCoupon() if 0 < coupon.reach.minor <= coupon.off.minor:
                yield found(_TEXTS, "coupon_beyond_reach", place, reach=coupon.reach.plain(), off=coupon.off.plain())
            case ThresholdCoupon():
                for index, step in enumerate(coupon.steps):
                    if step.off == step.reach:
                        there = f"{place}.steps[{index}]"
                        yield found(
                            _TEXTS, "coupon_beyond_reach", there, reach=step.reach.plain(), off=step.off.plain()
                        )
            case PercentCoupon(off_bp=off_bp, max_off=None) if off_bp == FULL_RATE_BP:
                yield found(_TEXTS, "coupon_free", place)
            case _:
                pass
        has_end = coupon.validity.last_day(programme.effective_from) or coupon.conditions.when.to_date
        if coupon.shared_code and coupon.per_member is None and has_end is None:
            yield found(_TEXTS, "coupon_unbounded", f"{place}.shared_code")
        if not coupon.for_holder and not coupon.shared_code and coupon.conditions.who != Who():
            yield found(_TEXTS, "coupon_members", f"{place}.for_holder")
        if coupon.uses > 1 and has_end is None:
            yield found(_TEXTS, "coupon_spare_uses", f"{place}.uses", uses=coupon.uses)


def _can_be_used(coupon: Coupon, programme: Programme) -> bool:
    """Whether a coupon that is given on some day of the programme's life can be used on some day of it."""
    validity, when = coupon.validity, coupon.conditions.when
    first = validity.first_day(programme.effective_from)
    starts = [day for day in (when.from_date, first) if day is not None]
    ends = [day for day in (when.to_date, validity.to_date) if day is not None]
    narrowed = msgspec.structs.replace(when, from_date=max(starts), to_date=min(ends, default=None))
    last: dt.date | None = narrowed.to_date
    return (last is None or max(starts) <= last) and ever_meets(narrowed, programme)
