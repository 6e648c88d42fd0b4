"""What can be wrong with a coupon, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR, Money
from pos_app.domain.programme.benefit_checks import check_steps
from pos_app.domain.programme.benefits import Layers
from pos_app.domain.programme.coupons import (
    AmountCoupon,
    Coupon,
    ExchangeCoupon,
    PercentCoupon,
    SecondItemCoupon,
    ThresholdCoupon,
    Validity,
)

#: The id is written into codes that are printed and scanned: letters and digits, not too many.
MAX_ID: Final = 24
_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,24}")
#: What can be typed at any till, whatever its keyboard; more than four, so that it is nobody's last four digits.
_SHARED_CODE: Final = re.compile(r"[A-Z0-9]{5,20}")
_MAX_DAYS: Final = 36_500
_MAX_USES: Final = 1_000


def check_coupons(coupons: tuple[Coupon, ...], layers: Layers) -> Iterator[str]:
    """Yield what is wrong with the coupons."""
    codes: set[str] = set()
    for coupon in coupons:
        place = f"coupons.{coupon.coupon_id}"
        if coupon.coupon_id and _ID.fullmatch(coupon.coupon_id) is None:
            yield f"{place}: the id stands in printed codes: at most {MAX_ID} letters, digits, '.', '-' and '_'"
        for problem in (*_check(coupon), *_check_common(coupon), *_check_validity(coupon.validity)):
            yield f"{place}{problem}"
        if coupon.group and coupon.group not in layers.groups:
            yield f"{place}.group: unknown group {coupon.group!r}, layers.groups does not name it"
        if coupon.shared_code:
            if coupon.shared_code in codes:
                yield f"{place}.shared_code: {coupon.shared_code!r} is named twice"
            codes.add(coupon.shared_code)


def _check_common(coupon: Coupon) -> Iterator[str]:
    if not 1 <= coupon.uses <= _MAX_USES:
        yield f".uses: 1 to {_MAX_USES}"
    if not 1 <= coupon.per_bill <= _MAX_USES:
        yield f".per_bill: 1 to {_MAX_USES}"
    validity = coupon.validity
    if not coupon.shared_code:
        if coupon.per_member is not None:
            yield ".per_member: for a shared code"
        return
    if _SHARED_CODE.fullmatch(coupon.shared_code) is None:
        yield ".shared_code: 5 to 20 capital letters and digits"
    elif coupon.shared_code.isdigit():
        yield ".shared_code: at least one letter, or it is taken for a number"
    if coupon.per_member is not None and not 1 <= coupon.per_member <= _MAX_USES:
        yield f".per_member: 1 to {_MAX_USES}"
    if coupon.uses != 1:
        yield ".uses: a shared code is limited by per_bill and per_member"
    if validity.starts_after_days or validity.days is not None or validity.month_end:
        yield ".validity: a shared code is not given: from_date and to_date only"


def _check(coupon: Coupon) -> Iterator[str]:
    match coupon:
        case AmountCoupon():
            if not 0 < coupon.off.minor <= MAX_ENTRY_MINOR:
                yield ".off: must be more than zero"
            yield from _check_reach(coupon.reach)
        case PercentCoupon():
            if not 0 < coupon.off_bp <= FULL_RATE_BP:
                yield ".off_bp: 1 to 10000"
            if coupon.max_off is not None and coupon.max_off.minor < 1:
                yield ".max_off: must be more than zero"
            yield from _check_reach(coupon.reach)
        case ExchangeCoupon():
            if not 0 <= coupon.price.minor <= MAX_ENTRY_MINOR:
                yield ".price: must not be negative or beyond any price"
            if coupon.max_value is not None and coupon.max_value <= coupon.price:
                yield ".max_value: must be more than the price"
        case ThresholdCoupon():
            yield from check_steps(coupon.steps)
        case SecondItemCoupon():
            if not 0 < coupon.off_bp <= FULL_RATE_BP:
                yield ".off_bp: 1 to 10000"


def _check_reach(reach: Money) -> Iterator[str]:
    if not 0 <= reach.minor <= MAX_ENTRY_MINOR:
        yield ".reach: must not be negative or beyond any bill"


def _check_validity(validity: Validity) -> Iterator[str]:
    if not 0 <= validity.starts_after_days <= _MAX_DAYS:
        yield f".validity.starts_after_days: 0 to {_MAX_DAYS}"
    if validity.days is not None and not 1 <= validity.days <= _MAX_DAYS:
        yield f".validity.days: 1 to {_MAX_DAYS}"
    first, last = validity.from_date, validity.to_date
    if first is not None and last is not None and last < first:
        yield ".validity.to_date: before from_date"
