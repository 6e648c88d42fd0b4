"""The moves of gifts: into new lots, or first into what the account owes of the same kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from pos_app.domain.ids import LotId, MemberId, SaleId, derived_id
from pos_app.domain.ledger.counts import CountedFor, GivenByRule
from pos_app.domain.ledger.coupons import NEVER_UNDONE, Undoing, issue_coupon
from pos_app.domain.ledger.moves import Move, Purpose, Undo
from pos_app.domain.ledger.planning import after_moves, give
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.member import MemberAccount, brought, given, given_ever, shared_purchases
from pos_app.domain.money import Money
from pos_app.domain.pricing.engine import Customer
from pos_app.domain.pricing.gifts import GiftOutcome
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.giving import (
    FirstPurchaseGift,
    GivingRule,
    PurchaseGift,
    Referral,
    SignUpGift,
    SurveyGift,
    TierGift,
    VisitGift,
)
from pos_app.domain.programme.packs import GiftPart, PackLot, pack_coupons, pack_lots
from pos_app.domain.text import LocalText


class Given(msgspec.Struct, frozen=True):
    """What a record gives.

    Attributes:
        gifts: One for each time a rule gives.
        moves: Each names its gift.
        counts: What limits count of them.
    """

    gifts: tuple[GivenByRule, ...] = ()
    moves: tuple[Move, ...] = ()
    counts: tuple[CountedFor, ...] = ()


class Giver:
    """Gives packs in one record, and knows what of the debts of its accounts they have repaid already."""

    def __init__(self, programme: Programme, record: UUID, today: dt.date) -> None:
        self._programme, self._today = programme, today
        self._parent = derived_id(record, "gifts")
        self._accounts: dict[MemberId, MemberAccount] = {}
        self._gifts: list[GivenByRule] = []
        self._moves: list[Move] = []
        self._counts: list[CountedFor] = []

    def open(self, account: MemberAccount, *, points_repaid: int = 0, earlier: Iterable[Move] = ()) -> None:
        """Say what an account owes before anything is given.

        Args:
            account: Whose.
            points_repaid: What of its owed points the record repays in another way.
            earlier: Moves of the record that come before: what they repay is not repaid again.
        """
        known = msgspec.structs.replace(account, receivable=account.receivable - points_repaid)
        self._accounts[account.member_id] = after_moves(known, earlier)

    def begin(self, rule_id: str, name: LocalText, account_id: MemberId, counts: Iterable[CountedFor]) -> int:
        """Begin a gift; returns its place among the record's gifts."""
        place = len(self._gifts)
        self._gifts.append(GivenByRule(rule_id, name, account_id))
        self._counts += [msgspec.structs.replace(each, gift=place) for each in counts]
        return place

    def give_pack(self, pack_id: str, account_id: MemberId, gift: int, undoing: Undoing = NEVER_UNDONE) -> None:
        """Give what lies in a pack."""
        pack = self._programme.pack(pack_id)
        if pack is None:
            return
        for lot in pack_lots(pack, self._programme, self._today):
            self.give(lot, account_id, gift, undoing)
        for coupon in pack_coupons(pack, self._programme, self._today):
            account, n = self._accounts[account_id], len(self._moves)
            rule_id = self._gifts[gift].rule_id
            moves = issue_coupon(coupon, account, self._today, self._parent, n, undoing, rule_id=rule_id)
            self._add(msgspec.structs.replace(move, gift=gift) for move in moves)

    def give(self, lot: PackLot, account_id: MemberId, gift: int, undoing: Undoing = NEVER_UNDONE) -> None:
        """Give one lot: what is owed of its kind first, the rest as a lot of its own."""
        base = Move(
            asset=lot.asset,
            account_id=account_id,
            lot_id=LotId(derived_id(self._parent, "lot", len(self._moves))),
            amount=lot.amount,
            purpose=Purpose.ISSUED,
            source_id=lot.source_id,
            rule_id=self._gifts[gift].rule_id,
            name=lot.name if lot.name.zh else self._gifts[gift].name,
            made_on=lot.from_day,
            expires_on=lot.expires_on,
            makes_lot=True,
            undo=undoing.undo,
            lines=undoing.lines,
            keep=undoing.keep,
            tier=undoing.tier,
            gift=gift,
        )
        self._add(give(base, self._accounts[account_id]))

    def _add(self, moves: Iterable[Move]) -> None:
        for move in moves:
            self._moves.append(move)
            account = self._accounts.get(move.account_id)
            if account is not None:
                self._accounts[move.account_id] = after_moves(account, [move])

    def result(self) -> Given:
        """All that was given."""
        return Given(tuple(self._gifts), tuple(self._moves), tuple(self._counts))


def sale_gifts(
    quote: Quote,
    customer: Customer | None,
    programme: Programme,
    earlier: tuple[Move, ...],
    sale_id: SaleId,
    today: dt.date,
) -> Given:
    """What a sale gives by rule, as its quote said: to its member, and to the one who brought them.

    Args:
        quote: Says which rules give, and how often.
        customer: The member, with the one who brought them.
        programme: The rules.
        earlier: The sale's other moves.
        sale_id: New lots are named after it.
        today: Business date.
    """
    giving = [each for each in quote.gifts if each.times]
    if customer is None or not giving:
        return Given()
    giver = Giver(programme, sale_id, today)
    receivable = customer.account.receivable
    giver.open(customer.account, points_repaid=min(receivable, quote.points_earned.count), earlier=earlier)
    if customer.referrer is not None:
        giver.open(customer.referrer.account, earlier=earlier)
    rules = {rule.rule_id: rule for rule in programme.giving}
    who = customer.member.member_id
    for outcome in giving:
        rule = rules.get(outcome.rule_id)
        if rule is None:
            continue  # of the referral
        for nth in range(1, outcome.times + 1):
            undoing = _undoing(rule, outcome, nth)
            place = giver.begin(outcome.rule_id, outcome.name, who, counts_of(rule, who))
            giver.give_pack(rule.pack, who, place, undoing)
    _give_referral(giver, [each for each in giving if each.rule_id not in rules], customer, programme, today)
    return giver.result()


def _undoing(rule: GivingRule, outcome: GiftOutcome, nth: int) -> Undoing:
    match rule:
        case TierGift(tier=tier):
            return Undoing(Undo.TIER, tier=tier)
        case PurchaseGift(reach=reach) | FirstPurchaseGift(reach=reach):
            return Undoing(Undo.BELOW, outcome.lines, Money(reach.minor * nth))
        case VisitGift():
            return Undoing(Undo.BELOW, outcome.lines, Money(1))
        case _:
            return NEVER_UNDONE


def _give_referral(
    giver: Giver, outcomes: list[GiftOutcome], customer: Customer, programme: Programme, today: dt.date
) -> None:
    referral, referrer, who = programme.referral, customer.referrer, customer.member.member_id
    if referral is None:
        return
    for outcome in outcomes:
        account_id = who if referrer is None or not outcome.for_referrer else referrer.member.member_id
        if outcome.is_share:
            count = CountedFor(who, shared_purchases(referral.rule_id))
            place = giver.begin(referral.rule_id, referral.name, account_id, [count])
            for part in outcome.parts:
                lot = share_lot(part, referral.rule_id, programme, today)
                giver.give(lot, account_id, place, Undoing(Undo.SHARE, outcome.lines))
        else:
            place = giver.begin(referral.rule_id, referral.name, account_id, referral_counts(referral, who, account_id))
            pack = referral.referrer_pack if outcome.for_referrer else referral.referred_pack
            giver.give_pack(pack, account_id, place, Undoing(Undo.BELOW, outcome.lines, referral.reach))


def counts_of(rule: GivingRule, account_id: MemberId) -> Iterator[CountedFor]:
    """What limits count of a pack: for a whole life only where that is asked."""
    yield CountedFor(account_id, given(rule.rule_id))
    if rule.limit.per_life is not None or isinstance(rule, SignUpGift | FirstPurchaseGift | SurveyGift):
        yield CountedFor(account_id, given_ever(rule.rule_id))


def referral_counts(referral: Referral, referred: MemberId, account_id: MemberId) -> Iterator[CountedFor]:
    """What limits count of a pack of a referral: the referred member is brought once, whoever got a pack for it."""
    yield CountedFor(referred, given_ever(referral.rule_id))
    if account_id != referred:
        yield CountedFor(account_id, brought(referral.rule_id))


def share_lot(part: GiftPart, rule_id: str, programme: Programme, today: dt.date) -> PackLot:
    """The lot of a share; points end as earned ones do, stored value has no end."""
    end = programme.new_lot_expiry(today) if part.asset is Asset.POINTS else None
    return PackLot(part.asset, part.amount, rule_id, LocalText(""), today, end)
