"""What can be wrong with packs, rules of giving and referral, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from pos_app.domain.ids import TierId
from pos_app.domain.money import FULL_RATE_BP, MAX_ENTRY_MINOR
from pos_app.domain.programme.giving import (
    CheckInGift,
    FirstPurchaseGift,
    GiftPack,
    GivingLimit,
    GivingRule,
    PurchaseGift,
    Referral,
    ReferralOn,
    SurveyGift,
    TierGift,
    VisitGift,
)
from pos_app.domain.programme.rules import Who

#: Beyond these a figure is taken for a slip.
_MAX_POINTS: Final = 10_000_000
_MAX_COUNT: Final = 1_000
_MAX_DAYS: Final = 36_500
_MAX_VISITS: Final = 366


def check_giving(
    packs: tuple[GiftPack, ...],
    giving: tuple[GivingRule, ...],
    referral: Referral | None,
    tiers: frozenset[TierId],
    entry_tier: TierId,
    coupons: Mapping[str, bool],
    cards: Collection[str],
) -> Iterator[str]:
    """Yield what is wrong with what is given.

    Args:
        packs: Of the programme.
        giving: Of the programme.
        referral: Of the programme.
        tiers: Ids of all tiers.
        entry_tier: Of the lowest.
        coupons: Whether each coupon of the programme is a published code, by id.
        cards: Ids of its count cards.
    """
    seen: set[str] = set()
    for pack in packs:
        place = f"packs.{pack.pack_id}"
        if not pack.pack_id:
            yield "packs: pack_id must not be empty"
        if pack.pack_id in seen:
            yield f"{place}: this id is used twice"
        seen.add(pack.pack_id)
        for problem in (*_check_pack(pack), *_check_contents(pack, coupons, cards)):
            yield f"{place}{problem}"
    known = frozenset(seen)
    for rule in giving:
        place = f"giving.{rule.rule_id}"
        if rule.pack not in known:
            yield f"{place}.pack: unknown pack {rule.pack!r}"
        for problem in (*_check_limit(rule.limit), *_check_rule(rule, known, tiers, entry_tier)):
            yield f"{place}{problem}"
    if referral is not None:
        for problem in _check_referral(referral, known):
            yield f"referral{problem}"


def check_who(who: Who) -> Iterator[str]:
    """Yield what is wrong with the members a rule speaks of, beside its tiers."""
    if who.new is not None and not 1 <= who.new <= _MAX_DAYS:
        yield f"new: 1 to {_MAX_DAYS} days"
    if who.visit is not None and not 1 <= who.visit.every <= _MAX_VISITS:
        yield f"visit.every: 1 to {_MAX_VISITS}"


def _check_pack(pack: GiftPack) -> Iterator[str]:
    if pack.is_empty:
        yield ": it gives nothing"
    if not 0 <= pack.points.count <= _MAX_POINTS:
        yield f".points: 0 to {_MAX_POINTS}"
    if not 0 <= pack.bonus.minor <= MAX_ENTRY_MINOR:
        yield ".bonus: must not be negative or beyond any price"
    if not 0 <= pack.bonus_days <= _MAX_DAYS:
        yield f".bonus_days: 0 to {_MAX_DAYS}"
    named: set[tuple[str, str]] = set()
    parts = [
        *(("coupons", index, each.coupon, each.count) for index, each in enumerate(pack.coupons)),
        *(("uses", index, each.card, each.uses) for index, each in enumerate(pack.uses)),
    ]
    for kind, index, what, count in parts:
        if not what:
            yield f".{kind}[{index}]: say which"
        if not 1 <= count <= _MAX_COUNT:
            yield f".{kind}[{index}]: 1 to {_MAX_COUNT} of {what!r}"
        if (kind, what) in named:
            yield f".{kind}[{index}]: {what!r} is named twice"
        named.add((kind, what))


def _check_contents(pack: GiftPack, coupons: Mapping[str, bool], cards: Collection[str]) -> Iterator[str]:
    for index, part in enumerate(pack.coupons):
        if part.coupon and part.coupon not in coupons:
            yield f".coupons[{index}]: unknown coupon {part.coupon!r}"
        elif coupons.get(part.coupon):
            yield f".coupons[{index}]: {part.coupon!r} is a published code, which is not given"
    for index, uses in enumerate(pack.uses):
        if uses.card and uses.card not in cards:
            yield f".uses[{index}]: unknown count card {uses.card!r}"


def _check_limit(limit: GivingLimit) -> Iterator[str]:
    for name in limit.__struct_fields__:
        count = getattr(limit, name)
        if count is not None and count < 1:
            yield f".limit.{name}: 1 or more"


def _check_rule(rule: GivingRule, packs: frozenset[str], tiers: frozenset[TierId], entry_tier: TierId) -> Iterator[str]:
    match rule:
        case TierGift():
            if rule.tier not in tiers:
                yield f".tier: unknown tier {rule.tier!r}"
            elif rule.tier == entry_tier:
                yield ".tier: nobody climbs to the entry tier; give it at sign-up"
        case PurchaseGift() | FirstPurchaseGift():
            if not 1 <= rule.reach.minor <= MAX_ENTRY_MINOR:
                yield ".reach: must be more than zero and not beyond any bill"
        case VisitGift():
            if not 1 <= rule.every <= _MAX_VISITS:
                yield f".every: 1 to {_MAX_VISITS}"
        case CheckInGift():
            if bool(rule.streak) != bool(rule.streak_pack):
                yield ": streak and streak_pack go together"
            if rule.streak and not 2 <= rule.streak <= _MAX_VISITS:
                yield f".streak: 2 to {_MAX_VISITS} days in a row"
            if rule.streak_pack and rule.streak_pack not in packs:
                yield f".streak_pack: unknown pack {rule.streak_pack!r}"
        case SurveyGift():
            if not rule.survey:
                yield ".survey: say which survey"
        case _:
            pass


def _check_referral(referral: Referral, packs: frozenset[str]) -> Iterator[str]:
    if not (referral.referrer_pack or referral.referred_pack or referral.share):
        yield ": it rewards nobody"
    for name in ("referrer_pack", "referred_pack"):
        pack = getattr(referral, name)
        if pack and pack not in packs:
            yield f".{name}: unknown pack {pack!r}"
    if referral.on is ReferralOn.FIRST_PURCHASE and not 1 <= referral.reach.minor <= MAX_ENTRY_MINOR:
        yield ".reach: must be more than zero and not beyond any bill"
    if referral.per_month is not None and referral.per_month < 1:
        yield ".per_month: 1 or more"
    share = referral.share
    if share is None:
        return
    if not 1 <= share.bp <= FULL_RATE_BP:
        yield f".share.bp: 1 to {FULL_RATE_BP}"
    for name in ("purchases", "days"):
        count = getattr(share, name)
        if count is not None and not 1 <= count <= _MAX_DAYS:
            yield f".share.{name}: 1 to {_MAX_DAYS}"
