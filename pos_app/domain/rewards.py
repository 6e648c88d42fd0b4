"""What a member is given without a sale: at sign-up, around the birthday, for checking in, for a survey. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.bodies import Sale
from pos_app.domain.ledger.counts import CountedFor
from pos_app.domain.ledger.giving import Giver, counts_of, referral_counts
from pos_app.domain.ledger.moves import Move
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.member import CHECK_INS, MemberStatus, Usage, given, given_ever, streaks
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.giving import may_bring_more, packs_left
from pos_app.domain.programme.conditions import is_birthday, refusal
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import (
    BirthdayGift,
    CheckInGift,
    GivingRule,
    ReferralOn,
    SignUpGift,
    SurveyGift,
)
from pos_app.domain.programme.packs import GiftPart
from pos_app.domain.programme.rules import Conditions
from pos_app.domain.programme.standing import standing_now
from pos_app.domain.programme.tiers import tier_of
from pos_app.domain.referrer import referrer_refusal
from pos_app.domain.text import LocalText

#: A birthday's gift is not given again within so many days: fewer than lie between any two years' windows, so that a
#: birthday that is changed afterwards does not give it twice.
BIRTHDAY_DAYS: Final = 330


class Visit(msgspec.Struct, frozen=True):
    """A member at the counter.

    Attributes:
        customer: Who, with what is known of them.
        programme: The rules.
        now: Local time of the shop.
        today: Business date.
        store: The store's code.
    """

    customer: Customer
    programme: Programme
    now: dt.datetime
    today: dt.date
    store: str = ""

    def refused(self) -> str | None:
        """Why nothing at all is given to this member today, as a code; None where something may be."""
        if not self.programme.is_effective(self.today):
            return "programme_not_in_force"
        status = self.customer.member.status
        return f"member_{status.value}" if status in (MemberStatus.FROZEN, MemberStatus.CLOSED) else None

    def refusal(self, rule: GivingRule) -> str | None:
        """Why a rule gives nothing now, beside its occasion; None where it gives."""
        left = packs_left(
            rule.limit,
            rule.rule_id,
            self.customer.account,
            self.today,
            self.customer.shop_given.get(rule.rule_id, 0),
        )
        return self.refused() or self.speaks(rule.conditions) or (None if left else "limit_reached")

    def speaks(self, conditions: Conditions) -> str | None:
        """Why conditions are not met, as a code; None where they are."""
        member, account = self.customer.member, self.customer.account
        tier = tier_of(self.programme, standing_now(self.programme, member, account, self.today), account, self.today)
        return refusal(
            conditions,
            member=member,
            tier_id=tier.tier_id,
            now=self.now,
            store=self.store,
            today=self.today,
            account=account,
        )

    def had(self, rule: GivingRule, since: dt.date | None = None) -> bool:
        """Whether the member had something of a rule from a day on; of one that is for once in a life, ever."""
        account = self.customer.account
        if since is None:
            return account.used(given_ever(rule.rule_id), dt.date.min) > 0
        return account.used(given(rule.rule_id), since) > 0


def due(visit: Visit) -> tuple[BirthdayGift, ...]:
    """Rules that give something to a member who is recognised today, without their asking."""
    since = visit.today - dt.timedelta(days=BIRTHDAY_DAYS)
    return tuple(
        rule
        for rule in visit.programme.giving
        if isinstance(rule, BirthdayGift)
        and is_birthday(rule.within, visit.customer.member, visit.today)
        and not visit.had(rule, since)
        and visit.refusal(rule) is None
    )


def days_in_a_row(usage: Iterable[Usage], today: dt.date, rule: CheckInGift) -> int:
    """Days before today on which the member checked in, one after the other, since the last gift for such a row."""
    days = {each.on: each for each in usage if each.what == CHECK_INS and each.amount > 0}
    ends = {each.on for each in usage if each.what == streaks(rule.rule_id) and each.amount > 0}
    count = 0
    day = today - dt.timedelta(days=1)
    while day in days and day not in ends:
        count += 1
        day -= dt.timedelta(days=1)
    return count


def check_in_rules(visit: Visit) -> tuple[tuple[CheckInGift, ...], str | None]:
    """The rules that give something for checking in now; else why none does, as a code."""
    rules = [rule for rule in visit.programme.giving if isinstance(rule, CheckInGift)]
    if not rules:
        return (), "no_check_in"
    if visit.customer.account.used(CHECK_INS, visit.today):
        return (), "check_in_done"
    reasons = [visit.refusal(rule) for rule in rules]
    speaking = tuple(rule for rule, reason in zip(rules, reasons, strict=True) if reason is None)
    return speaking, None if speaking else reasons[0]


def survey_refusal(visit: Visit, rule: SurveyGift) -> str | None:
    """Why a survey gives nothing now, as a code; None where it gives."""
    return "survey_done" if visit.had(rule) else visit.refusal(rule)


def reward(
    visit: Visit, occasion: str, rules: Sequence[GivingRule], record: UUID, *, extra: Iterable[CountedFor] = ()
) -> Rewarded:
    """What rules give on an occasion.

    Args:
        visit: To whom, and when.
        occasion: See ``Rewarded``.
        rules: Those that speak.
        record: New lots are named after it.
        extra: What limits count beside the rules' own gifts.
    """
    who = visit.customer.member.member_id
    giver = Giver(visit.programme, record, visit.today)
    giver.open(visit.customer.account)
    for rule in rules:
        counts = list(counts_of(rule, who))
        in_a_row = isinstance(rule, CheckInGift) and rule.streak > 0 and _ends_row(visit, rule)
        if in_a_row:
            counts.append(CountedFor(who, streaks(rule.rule_id)))
        place = giver.begin(rule.rule_id, rule.name, who, counts)
        giver.give_pack(rule.pack, who, place)
        if isinstance(rule, CheckInGift) and in_a_row:
            giver.give_pack(rule.streak_pack, who, place)
    if occasion == "sign_up":
        _give_referral(visit, giver)
    result = giver.result()
    return Rewarded(occasion, result.gifts, result.moves, (*extra, *result.counts))


def check_in(visit: Visit, rules: Sequence[CheckInGift], record: UUID) -> Rewarded:
    """What checking in gives."""
    counted = CountedFor(visit.customer.member.member_id, CHECK_INS)
    return reward(visit, "check_in", rules, record, extra=[counted])


def welcome(visit: Visit, record: UUID) -> Rewarded:
    """What signing up gives, to the new member and to the one who brought them."""
    rules = [
        rule
        for rule in visit.programme.giving
        if isinstance(rule, SignUpGift) and not visit.had(rule) and visit.refusal(rule) is None
    ]
    return reward(visit, "sign_up", rules, record)


def _ends_row(visit: Visit, rule: CheckInGift) -> bool:
    return days_in_a_row(visit.customer.account.usage, visit.today, rule) + 1 >= rule.streak


def _give_referral(visit: Visit, giver: Giver) -> None:
    referral, referrer, member = visit.programme.referral, visit.customer.referrer, visit.customer.member
    if referral is None or referral.on is not ReferralOn.SIGN_UP or referrer is None:
        return
    if (
        visit.refused() is not None
        or visit.speaks(referral.conditions) is not None
        or referrer_refusal(member, referrer.member, referrer.brought_by) is not None
        or visit.customer.account.used(given_ever(referral.rule_id), dt.date.min)
    ):
        return
    giver.open(referrer.account)
    sides = [(referral.referred_pack, member.member_id)]
    if may_bring_more(referral, referrer.account, visit.today):
        sides.append((referral.referrer_pack, referrer.member.member_id))
    for pack, account_id in sides:
        if pack:
            counts = referral_counts(referral, member.member_id, account_id)
            place = giver.begin(referral.rule_id, referral.name, account_id, counts)
            giver.give_pack(pack, account_id, place)


class GiftOfRule(msgspec.Struct, frozen=True):
    """All that one rule gave in a sale.

    Attributes:
        name: In the shop's words.
        parts: Summed by kind.
    """

    name: LocalText
    parts: tuple[GiftPart, ...]

    def of(self, asset: Asset) -> int:
        """How much of a kind."""
        return sum(part.amount for part in self.parts if part.asset is asset)


def gifts_by_rule(sale: Sale, member_id: MemberId) -> tuple[GiftOfRule, ...]:
    """What rules gave a member in a sale, however often each did; what went to somebody else is left out."""
    places: dict[str, list[int]] = {}
    for place, each in enumerate(sale.given):
        if each.account_id == member_id:
            places.setdefault(each.rule_id, []).append(place)
    result: list[GiftOfRule] = []
    for own in places.values():
        sums: dict[tuple[Asset, str], GiftPart] = {}
        for part in (part for place in own for part in parts_given(sale.moves, place)):
            before = sums.get((part.asset, part.source_id))
            amount = part.amount + (before.amount if before else 0)
            sums[part.asset, part.source_id] = msgspec.structs.replace(part, amount=amount)
        result.append(GiftOfRule(sale.given[own[0]].name, tuple(sums.values())))
    return tuple(result)


def points_repaid(sale: Sale, member_id: MemberId) -> int:
    """Points of gifts that repaid what a member owed."""
    return sum(
        move.amount
        for move in sale.moves
        if move.gift is not None and move.is_owed and move.asset is Asset.POINTS and move.account_id == member_id
    )


def parts_given(moves: Iterable[Move], gift: int) -> tuple[GiftPart, ...]:
    """What a gift was, summed by kind: points, fen, uses and whole coupons; what it repaid of a debt included."""
    sums: dict[tuple[Asset, str], GiftPart] = {}
    for move in moves:
        if move.gift != gift or move.amount < 0:
            continue
        by_source = move.asset in (Asset.COUPON, Asset.USE)
        key = (move.asset, move.source_id if by_source else "")
        before = sums[key].amount if key in sums else 0
        amount = (0 if move.is_owed else 1) if move.asset is Asset.COUPON else move.amount
        sums[key] = GiftPart(move.asset, before + amount, key[1], move.name)
    return tuple(sums.values())
