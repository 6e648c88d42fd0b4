"""Which gifts a bill is the occasion of, and what is still missing for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import Member, MemberAccount, brought, given, given_ever, shared_purchases
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.pricing.gifts import GiftOutcome
from pos_app.domain.pricing.lines import PricedLine
from pos_app.domain.programme.conditions import covers, is_nth_visit
from pos_app.domain.programme.document import Programme, Tier
from pos_app.domain.programme.giving import (
    SALE_GIFTS,
    FirstPurchaseGift,
    GivingLimit,
    PurchaseGift,
    Referral,
    ReferralOn,
    ReferralShare,
    ShareAs,
    TierGift,
    VisitGift,
)
from pos_app.domain.programme.packs import GiftPart, pack_parts
from pos_app.domain.programme.rules import Conditions, NthVisit, What
from pos_app.domain.referrer import Referrer, referrer_refusal

#: More packs than this are not given for one bill, however large it is.
MAX_PACKS = 100
_FEN_PER_YUAN = 100


class _Bill:
    """What rules of giving look at."""

    def __init__(
        self,
        lines: Sequence[PricedLine],
        programme: Programme,
        member: Member,
        account: MemberAccount,
        refusal: Callable[[Conditions], str | None],
        today: dt.date,
    ) -> None:
        self.programme, self.member, self.account = programme, member, account
        self.refusal, self.today = refusal, today
        self._goods = [line for line in lines if line.basket_line.earns]
        self._covered: dict[What, tuple[tuple[int, ...], int]] = {}

    def covered(self, what: What) -> tuple[tuple[int, ...], int]:
        """The lines whose goods a rule speaks of, and what is paid for them in fen."""
        known = self._covered.get(what)
        if known is None:
            lines = [line for line in self._goods if covers(what, line.basket_line.product)]
            numbers = tuple([line.basket_line.line_no for line in lines])
            known = self._covered[what] = numbers, sum([line.amount for line in lines])
        return known

    def parts(self, pack_id: str) -> tuple[GiftPart, ...]:
        """What a pack holds."""
        return pack_parts(self.programme.pack(pack_id), self.programme, self.today)


def gifts_of(
    lines: Sequence[PricedLine],
    programme: Programme,
    member: Member,
    account: MemberAccount,
    refusal: Callable[[Conditions], str | None],
    today: dt.date,
    *,
    tiers: tuple[Tier, Tier],
    referrer: Referrer | None,
    shop_given: Mapping[str, int],
) -> tuple[GiftOutcome, ...]:
    """What became of every rule of giving that a sale can be the occasion of, in the programme's order.

    Args:
        lines: As they are to be paid.
        programme: The rules.
        member: Who buys.
        account: Of the member.
        refusal: Why a rule's conditions are not met here and now, or None when they are.
        today: Business date.
        tiers: The member's before and with this sale.
        referrer: Who brought the member; None where nobody did, or it is not known here who.
        shop_given: What rules with a cap for the whole shop gave this month.
    """
    if not programme.giving and programme.referral is None:
        return ()
    bill = _Bill(lines, programme, member, account, refusal, today)
    result = [_outcome(rule, bill, tiers, shop_given) for rule in programme.giving if isinstance(rule, SALE_GIFTS)]
    if programme.referral is not None and member.referrer_id is not None:
        result += _referral(programme.referral, bill, referrer)
    return tuple(result)


def packs_left(limit: GivingLimit, rule_id: str, account: MemberAccount, today: dt.date, shop_given: int = 0) -> int:
    """How many more packs a rule may give a member on a day."""
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    left = MAX_PACKS
    for most, what, since in (
        (limit.per_day, given(rule_id), today),
        (limit.per_month, given(rule_id), month),
        (limit.per_year, given(rule_id), year),
        (limit.per_life, given_ever(rule_id), dt.date.min),
    ):
        if most is not None:
            left = min(left, most - account.used(what, since))
    if limit.shop_per_month is not None:
        left = min(left, limit.shop_per_month - shop_given)
    return max(0, left)


def _outcome(
    rule: TierGift | PurchaseGift | FirstPurchaseGift | VisitGift,
    bill: _Bill,
    tiers: tuple[Tier, Tier],
    shop_given: Mapping[str, int],
) -> GiftOutcome:
    lines, paid = bill.covered(rule.conditions.what)
    nothing = GiftOutcome(rule.rule_id, rule.name, bill.parts(rule.pack), lines=lines)
    reason = bill.refusal(rule.conditions)
    if reason is not None:
        return _why_not(nothing, reason)
    left = packs_left(rule.limit, rule.rule_id, bill.account, bill.today, shop_given.get(rule.rule_id, 0))
    if not left:
        return _why_not(nothing, "limit_reached")
    match rule:
        case TierGift():
            reached = tiers[0].rank < bill.programme.tier(rule.tier).rank <= tiers[1].rank
            return _times(nothing, 1, None) if reached else _why_not(nothing, "tier_not_reached")
        case VisitGift():
            if not is_nth_visit(NthVisit(rule.every, rule.period), bill.account, bill.today) or _came_today(bill):
                return _why_not(nothing, "not_this_visit")
            return _times(nothing, 1, None) if paid else _why_not(nothing, "no_goods")
        case FirstPurchaseGift():
            if _bought_before(bill, rule.rule_id):
                return _why_not(nothing, "not_first")
            return _reached(nothing, paid, rule.reach, 1, each=False)
        case PurchaseGift():
            return _reached(nothing, paid, rule.reach, left, each=rule.each)


def _came_today(bill: _Bill) -> bool:
    return bill.account.last_visit == bill.today


def _bought_before(bill: _Bill, rule_id: str) -> bool:
    return bill.account.last_visit is not None or bill.account.used(given_ever(rule_id), dt.date.min) > 0


def _reached(nothing: GiftOutcome, paid: int, reach: Money, left: int, *, each: bool) -> GiftOutcome:
    times = paid // reach.minor if each else min(1, paid // reach.minor)
    given_now = min(times, left)
    more = given_now == times and (times < left if each else not times)
    missing = Money(reach.minor * (times + 1) - paid) if more else None
    return _times(nothing, given_now, missing)


def _times(nothing: GiftOutcome, times: int, missing: Money | None) -> GiftOutcome:
    reason = "" if times else ("not_enough" if nothing.lines else "no_goods")
    return msgspec.structs.replace(nothing, times=times, reason=reason, missing=missing)


def _why_not(nothing: GiftOutcome, reason: str) -> GiftOutcome:
    return msgspec.structs.replace(nothing, reason=reason)


def _referral(referral: Referral, bill: _Bill, referrer: Referrer | None) -> Iterator[GiftOutcome]:
    """What the two sides of a referral get by this bill: the packs of a first purchase, and the referrer's share."""
    lines, paid = bill.covered(referral.conditions.what)
    refused = bill.refusal(referral.conditions)
    if referrer is None:
        refused = refused or "referrer_unknown"
    else:
        refused = refused or referrer_refusal(bill.member, referrer.member, referrer.brought_by)
    if referral.on is ReferralOn.FIRST_PURCHASE:
        for pack_id, for_referrer in ((referral.referred_pack, False), (referral.referrer_pack, True)):
            if not pack_id:
                continue
            nothing = GiftOutcome(
                referral.rule_id, referral.name, bill.parts(pack_id), lines=lines, for_referrer=for_referrer
            )
            if refused is not None:
                yield _why_not(nothing, refused)
            elif _bought_before(bill, referral.rule_id):
                yield _why_not(nothing, "not_first")
            elif for_referrer and referrer is not None and not may_bring_more(referral, referrer.account, bill.today):
                yield _why_not(nothing, "limit_reached")
            else:
                yield _reached(nothing, paid, referral.reach, 1, each=False)
    if referral.share is not None:
        yield _share(referral, referral.share, bill, refused, lines, paid)


def may_bring_more(referral: Referral, account: MemberAccount, today: dt.date) -> bool:
    """Whether a referrer may be rewarded for another member in this month."""
    had = account.used(brought(referral.rule_id), today.replace(day=1))
    return referral.per_month is None or had < referral.per_month


def _share(
    referral: Referral, share: ReferralShare, bill: _Bill, refused: str | None, lines: tuple[int, ...], paid: int
) -> GiftOutcome:
    fen = paid * share.bp // FULL_RATE_BP
    as_points = share.given_as is ShareAs.POINTS
    amount = fen // _FEN_PER_YUAN if as_points else fen
    parts = (GiftPart(Asset.POINTS if as_points else Asset.BONUS, amount),) if amount else ()
    nothing = GiftOutcome(referral.rule_id, referral.name, parts, lines=lines, for_referrer=True, is_share=True)
    purchases = bill.account.used(shared_purchases(referral.rule_id), dt.date.min)
    if refused is not None:
        return _why_not(nothing, refused)
    if share.purchases is not None and purchases >= share.purchases:
        return _why_not(nothing, "limit_reached")
    if share.days is not None and (bill.today - bill.member.joined_on).days >= share.days:
        return _why_not(nothing, "over")
    return _times(nothing, 1 if amount else 0, None)
