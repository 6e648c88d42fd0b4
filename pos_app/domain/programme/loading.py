"""Read a programme file (TOML) and refuse one that cannot be right, saying where."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from pos_app.domain.codec import convert
from pos_app.domain.programme.all_conditions import conditions_of
from pos_app.domain.programme.benefit_checks import check_benefits
from pos_app.domain.programme.burning_checks import check_shop
from pos_app.domain.programme.coupon_checks import check_coupons
from pos_app.domain.programme.document import (
    Expiry,
    ExpiryKind,
    Programme,
    When,
    Window,
    fixed_day,
)
from pos_app.domain.programme.earning_checks import check_earning
from pos_app.domain.programme.giving_checks import check_giving, check_who
from pos_app.domain.programme.member_codes import check_member_codes
from pos_app.domain.programme.prepaid_checks import check_prepaid, prepaid_names
from pos_app.domain.programme.tier_checks import check_tiers
from pos_app.domain.programme.unit_code_checks import check_unit_codes
from pos_app.domain.programme.unreadable import said_of
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError

#: Beyond these a figure is taken for a slip: a hundred years.
_MAX_MONTHS: Final = 1_200
_MAX_DAYS: Final = 36_500


def load_programme(text: str) -> Programme:
    """Read a programme from TOML.

    Amounts are whole fen, points whole points, rates basis points. A programme is taken whole or not at all.

    Raises:
        KnownError: ``programme.unreadable`` (with the place) or ``programme.wrong`` (with all problems found).
    """
    data: Any = None
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
        programme = convert(data, Programme)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError, TypeError, OverflowError) as error:
        raise KnownError("programme.unreadable", reason=said_of(str(error), data)) from error
    except RecursionError as error:
        raise KnownError("programme.unreadable", reason="nested too deeply") from error
    problems = [*_misspelt_names(data, ""), *check_programme(programme)]
    if problems:
        raise KnownError("programme.wrong", problems=tuple(problems))
    return programme


def check_programme(programme: Programme) -> Iterator[str]:
    """Yield what is wrong with a programme, each with its place."""
    if not programme.tiers:
        yield "tiers: at least one tier is needed"
        return
    if programme.version < 1:
        yield "version: 1 or more"
    if programme.effective_to is not None and programme.effective_to < programme.effective_from:
        yield "effective_to: before effective_from"
    yield from check_tiers(programme.tiers, programme.tier_rules)
    yield from _check_ids(programme)
    yield from _check_rules(programme)
    yield from _check_expiry(programme.expiry)
    yield from check_unit_codes(programme.unit_codes)
    yield from check_member_codes(programme.member_codes)
    tiers = frozenset(tier.tier_id for tier in programme.tiers)
    yield from check_giving(
        programme.packs,
        programme.giving,
        programme.referral,
        tiers,
        programme.tiers[0].tier_id,
        {coupon.coupon_id: bool(coupon.shared_code) for coupon in programme.coupons},
        {card.card_id for card in programme.count_cards},
    )
    yield from check_prepaid(programme.stored_value, programme.gift_cards)
    for place, name in _all_names(programme):
        if not name.zh.strip():
            yield f"{place}.name: the Chinese name must not be empty"
    known = {tier.tier_id for tier in programme.tiers}
    for reserved in programme.reserved:
        if not reserved.names_goods:
            yield f"reserved.{reserved.rule_id}.conditions.what: name the goods that are for members only"
    for place, conditions in conditions_of(programme):
        for tier_id in conditions.who.tiers:
            if tier_id not in known:
                yield f"{place}.conditions.who.tiers: unknown tier {tier_id!r}"
        for problem in check_who(conditions.who):
            yield f"{place}.conditions.who.{problem}"
        for problem in _check_when(conditions.when):
            yield f"{place}.conditions.when.{problem}"


def _check_ids(programme: Programme) -> Iterator[str]:
    names: set[str] = set()
    for place, name in [
        *((f"earning.{rule.rule_id}", rule.rule_id) for rule in programme.earning),
        *((f"burning.{rule.rule_id}", rule.rule_id) for rule in programme.burning),
        *((f"benefits.{rule.benefit_id}", rule.benefit_id) for rule in programme.benefits),
        *((f"coupons.{rule.coupon_id}", rule.coupon_id) for rule in programme.coupons),
        *((f"unit_codes.points.{rule.rule_id}", rule.rule_id) for rule in programme.unit_codes.points),
        *((f"giving.{rule.rule_id}", rule.rule_id) for rule in programme.giving),
        *(("referral", rule.rule_id) for rule in (programme.referral,) if rule is not None),
        *((f"count_cards.{card.card_id}", card.card_id) for card in programme.count_cards),
        *((f"reserved.{each.rule_id}", each.rule_id) for each in programme.reserved),
        *((f"services.{service.service_id}", service.service_id) for service in programme.services),
    ]:
        if not name:
            yield f"{place}: the id must not be empty"
        if name in names:
            yield f"{place}: this id is used twice"
        names.add(name)


def _check_rules(programme: Programme) -> Iterator[str]:
    yield from check_earning(
        programme.earning, programme.earning_caps, [rule.rule_id for rule in programme.unit_codes.points]
    )
    yield from check_shop(programme)
    yield from check_benefits(programme.benefits, programme.layers)
    yield from check_coupons(programme.coupons, programme.layers)


def _check_expiry(expiry: Expiry) -> Iterator[str]:
    if expiry.kind is ExpiryKind.ROLLING_MONTHS and not 1 <= expiry.months <= _MAX_MONTHS:
        yield f"expiry.months: 1 to {_MAX_MONTHS} for rolling months"
    if expiry.kind is ExpiryKind.YEAR_END and (expiry.months % 12 or not 0 <= expiry.months <= _MAX_MONTHS):
        yield f"expiry.months: whole years (0, 12, 24, ...) up to {_MAX_MONTHS} for the end of a year"
    if expiry.kind is ExpiryKind.FIXED_DATE:
        if not 0 <= expiry.months <= _MAX_MONTHS:
            yield f"expiry.months: 0 to {_MAX_MONTHS} for a fixed date"
        try:
            fixed_day(expiry.on, 2000)
        except ValueError:
            yield "expiry.on: month and day of the fixed date, as 03-31"
    elif expiry.on:
        yield "expiry.on: only for a fixed date"
    for name, days in (("notice_days", expiry.notice_days), ("grace_days", expiry.grace_days)):
        if not 0 <= days <= _MAX_DAYS:
            yield f"expiry.{name}: 0 to {_MAX_DAYS}"


def _check_when(when: When) -> Iterator[str]:
    if any(not 1 <= day <= 7 for day in when.weekdays):
        yield "weekdays: 1 (Monday) to 7 (Sunday)"
    if any(not 1 <= day <= 31 for day in when.days_of_month):
        yield "days_of_month: 1 to 31"
    if when.from_date is not None and when.to_date is not None and when.to_date < when.from_date:
        yield "to_date: before from_date"
    if when.from_time is not None and when.from_time == when.to_time:
        yield "to_time: the same as from_time"
    for name, time in (("from_time", when.from_time), ("to_time", when.to_time)):
        if time is not None and time.tzinfo is not None:
            yield f"{name}: the shop's local time, without a time zone"
    for number, window in enumerate(when.windows):
        for problem in _check_window(window):
            yield f"windows[{number}].{problem}"


def _check_window(window: Window) -> Iterator[str]:
    if any(not 1 <= month <= 12 for month in window.months):
        yield "months: 1 to 12"
    if not 1 <= window.from_day <= 31:
        yield "from_day: 1 to 31"
    if not 1 <= window.to_day <= 31:
        yield "to_day: 1 to 31"
    elif window.to_day < window.from_day:
        yield "to_day: before from_day; a window over a month's end is two windows"
    same_day = window.from_day == window.to_day
    if same_day and window.to_time is not None and window.to_time <= (window.from_time or dt.time.min):
        yield "to_time: must be after from_time"
    for name, time in (("from_time", window.from_time), ("to_time", window.to_time)):
        if time is not None and time.tzinfo is not None:
            yield f"{name}: the shop's local time, without a time zone"


def _all_names(programme: Programme) -> Iterator[tuple[str, LocalText]]:
    yield "programme", programme.name
    for tier in programme.tiers:
        yield f"tiers.{tier.tier_id}", tier.name
    for earning in programme.earning:
        yield f"earning.{earning.rule_id}", earning.name
    for cap in programme.earning_caps:
        yield f"earning_caps.{cap.cap_id}", cap.name
    for burning in programme.burning:
        yield f"burning.{burning.rule_id}", burning.name
    for benefit in programme.benefits:
        yield f"benefits.{benefit.benefit_id}", benefit.name
    for coupon in programme.coupons:
        yield f"coupons.{coupon.coupon_id}", coupon.name
    for rule in programme.unit_codes.points:
        yield f"unit_codes.points.{rule.rule_id}", rule.name
    for pack in programme.packs:
        yield f"packs.{pack.pack_id}", pack.name
    for giving in programme.giving:
        yield f"giving.{giving.rule_id}", giving.name
    if programme.referral is not None:
        yield "referral", programme.referral.name
    for card in programme.count_cards:
        yield f"count_cards.{card.card_id}", card.name
    for each in programme.reserved:
        yield f"reserved.{each.rule_id}", each.name
    for service in programme.services:
        yield f"services.{service.service_id}", service.name
    yield from prepaid_names(programme.stored_value, programme.gift_cards)


def _misspelt_names(data: Any, place: str) -> Iterator[str]:
    """Unknown languages in a name: journal records must be able to carry them one day, a programme file must not."""
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from _misspelt_names(value, f"{place}[{index}]")
    elif isinstance(data, dict):
        for key, value in data.items():
            here = f"{place}.{key}" if place else key
            if key in ("name", "terms") and isinstance(value, dict):
                unknown = set(value) - set(LocalText.__struct_fields__)
                yield from (f"{here}.{each}: unknown language" for each in sorted(unknown))
            else:
                yield from _misspelt_names(value, here)
