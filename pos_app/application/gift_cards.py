"""Gift cards at the counter: what is on one, selling one, paying with one, moving what is left into a balance.

A card's number is read once and becomes its account; baskets, drafts and the journal know the account and the last
four digits.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.head_office import Authorised, SpendQuestion
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader
from pos_app.application.shifts import require_shift
from pos_app.application.spend_steps import Book
from pos_app.application.spending import Spending, asked_first, settled
from pos_app.domain.gift_card_numbers import normal_gift_card, prefix_of, tail_of
from pos_app.domain.ids import LotId, MemberId, RecordId, derived_id
from pos_app.domain.ledger.bodies import ValueMoved
from pos_app.domain.ledger.journal import Entry, RecordKind, read_body, read_payload
from pos_app.domain.ledger.moves import move_postings
from pos_app.domain.ledger.prepaid_moves import card_refusal, transfer
from pos_app.domain.ledger.spends import spends_of
from pos_app.domain.ledger.usage import GIFT_CARDS_SOLD
from pos_app.domain.money import Money
from pos_app.domain.offering import Offering, OfferingKind
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.recharging import gift_card_product
from pos_app.domain.programme.prepaid import GiftCardKind
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.stored_value import BalanceAfter, balance_of, balances_after
from pos_app.domain.tender import OWN, Tender, TenderKind, remaining
from pos_app.errors import KnownError


class GiftCardView(msgspec.Struct, frozen=True):
    """A gift card, as a scan of it finds it.

    Attributes:
        account_id: Its account.
        tail: The end of its number.
        kind: What the programme says of it; None where it says nothing (any more).
        is_sold: Whether it was sold here and not given back.
        left: What can be spent.
        expires_on: Last day; None where nothing is on it.
        reason: Why it cannot pay: ``unknown``, ``empty``, ``expired``; or empty.
    """

    account_id: MemberId
    tail: str
    kind: GiftCardKind | None
    is_sold: bool
    left: Money
    expires_on: dt.date | None
    reason: str = ""


class MoveCard(msgspec.Struct, frozen=True):
    """What is left on a card is to be moved into a balance.

    Attributes:
        record_id: Made when it was asked for: moving the same twice gives the first result.
        account_id: The card's.
        member_id: Whose balance.
    """

    record_id: RecordId
    account_id: MemberId
    member_id: MemberId


class CardMoved(msgspec.Struct, frozen=True):
    """What was left on a card is in a member's balance.

    Attributes:
        amount: How much.
        balances: Of card and member, as they are now.
        seq: Its journal record.
    """

    amount: Money
    balances: tuple[BalanceAfter, ...]
    seq: int


def find_card(context: TillContext, reader: LedgerReader, number: str) -> GiftCardView:
    """What is known of a card.

    Args:
        context: The till's.
        reader: The books.
        number: As ``normal_gift_card`` gives it.

    Raises:
        KnownError: ``gift_card.other_shop``.
    """
    programme = context.programme()
    prefixes = {kind.prefix: kind for kind in programme.gift_cards}
    kind = prefixes.get(prefix_of(number, prefixes))
    cards = [context.card_account(reader, each) for each in context.personal.card_accounts(number)]
    card = next((each for each in cards if each.used(GIFT_CARDS_SOLD, dt.date.min) > 0), cards[0])
    account_id = card.member_id
    is_sold = card.used(GIFT_CARDS_SOLD, dt.date.min) > 0
    if kind is None and not is_sold:
        raise KnownError("gift_card.other_shop")
    left = balance_of(card, context.today()).principal if is_sold else Money(0)
    reason = "" if left else "unknown"
    if is_sold and not left:
        reason = card_refusal(card, left).code.removeprefix("gift_card.")
    until = max((each.expires_on for each in card.wallet if each.expires_on is not None), default=None)
    return GiftCardView(account_id, tail_of(number), kind, is_sold, left, until, reason)


class GiftCardService:
    """Everything about gift cards."""

    def __init__(self, context: TillContext) -> None:
        self._context = context
        self._spending = Spending(context)

    def find(self, number: str) -> GiftCardView:
        """What is known of a card by its number, as scanned or typed.

        Raises:
            KnownError: ``input.wrong_check_digit``, ``gift_card.other_shop``.
        """
        normal = normal_gift_card(number)
        if not normal:
            raise KnownError("input.wrong_check_digit")
        with self._context.ledger.read() as reader:
            return find_card(self._context, reader, normal)

    def sell(self, basket: Basket, card: GiftCardView, amount: Money | None = None) -> Basket:
        """Put a card into the basket; the sale makes it worth its amount.

        Args:
            basket: The open one.
            card: As it was found.
            amount: What is put on it; may be left out where the kind is sold at one amount only.

        Raises:
            KnownError: ``gift_card.other_shop``, ``gift_card.known``, ``gift_card.in_sale``,
                ``gift_card.amount_wrong``, ``basket.full``.
        """
        kind = card.kind
        if kind is None:
            raise KnownError("gift_card.other_shop")
        if card.is_sold:
            raise KnownError("gift_card.known")
        if any(line.offering and line.offering.account_id == card.account_id for line in basket.lines):
            raise KnownError("gift_card.in_sale")
        if amount is None and len(kind.faces) == 1:
            amount = kind.faces[0]
        if amount is None or not kind.is_sold_at(amount):
            raise KnownError("gift_card.amount_wrong", name=kind.name.zh)
        offering = Offering(OfferingKind.GIFT_CARD, kind.kind_id, card.tail, card.account_id)
        return basket.add_offering(gift_card_product(kind, amount, f"{kind.name.zh} *{card.tail}"), offering)

    def tender(
        self,
        card: GiftCardView,
        payable: Money,
        prepaid: Money,
        tenders: tuple[Tender, ...],
        offered: Money | None = None,
    ) -> Tender:
        """Pay with a card: what was offered, else as much as it can.

        Args:
            card: As it was found.
            payable: The bill.
            prepaid: Of it, money in advance: a card does not pay for that.
            tenders: Taken so far.
            offered: How much; None for all that is possible.

        Raises:
            KnownError: ``gift_card.unknown``, ``gift_card.empty``, ``gift_card.expired``, ``gift_card.in_sale``,
                ``gift_card.too_little``, ``tender.nothing_owed``, ``tender.amount_wrong``,
                ``sale.advance_needs_money``.
        """
        if card.reason:
            raise KnownError(f"gift_card.{card.reason}", expires_on=card.expires_on)
        if any(tender.account_id == card.account_id for tender in tenders):
            raise KnownError("gift_card.in_sale")
        most = min(room_for_own(payable, prepaid, tenders), card.left)
        amount = most if offered is None else offered
        if amount > card.left:
            raise KnownError("gift_card.too_little", possible=card.left)
        if amount > most:
            raise KnownError("sale.advance_needs_money", prepaid=prepaid)
        return Tender(TenderKind.GIFT_CARD, amount, amount, card.tail, account_id=card.account_id)

    def new_move(self, card: GiftCardView, member_id: MemberId) -> MoveCard:
        """A wish to move what is left on a card, with an id: the same wish is granted once."""
        return MoveCard(RecordId(self._context.ids.new()), card.account_id, member_id)

    def move(self, operator: Operator, card: GiftCardView, member_id: MemberId) -> CardMoved:
        """Move what is left on a card; where head office is to be asked, wait for it: not in the window's thread.

        Raises:
            KnownError: As ``attempt_move``.
        """
        command = self.new_move(card, member_id)
        return settled(self._context, lambda heard: self.attempt_move(operator, command, heard))

    def attempt_move(
        self, operator: Operator, command: MoveCard, heard: tuple[Authorised, ...] = ()
    ) -> CardMoved | SpendQuestion:
        """Move what is left on a card into a member's stored value, which has no end.

        Returns:
            What was moved; or what head office is to be asked first. Then ask, and try again with what was heard.

        Raises:
            KnownError: ``member.unknown``, ``stored.member_frozen``, ``stored.member_closed``,
                ``gift_card.unknown``, ``gift_card.empty``, ``gift_card.expired``, ``gift_card.not_transferable``,
                ``stored.none``, ``prepaid.over_limit``, ``shift.none``, ``ledger.not_saved``; ``spend.declined``,
                ``spend.offline``, ``spend.no_answer``, ``spend.unsettled``.
        """
        granted_by(operator, None, Permission.SELL)
        context, record_id, member_id = self._context, command.record_id, command.member_id
        programme, today = context.programme(), context.today()
        with context.ledger.write(operator.staff_id) as tx:
            moved = _moved_already(tx, record_id)
            if moved is not None:
                return moved
            require_shift(tx)
            customer = context.customer(tx, member_id, programme)
            if customer is None:
                raise KnownError("member.unknown")
            account = context.card_account(tx, command.account_id)
            moves = transfer(account, customer, programme, LotId(derived_id(record_id, "transfer")), today)
            postings = move_postings(moves)
            step = self._spending.step(tx, record_id, spends_of(postings), heard, member_id)
            if isinstance(step, Book):
                body = ValueMoved(moves, balances_after(moves, (account, customer.account), today), step.authorisations)
                record = tx.append(Entry(RecordKind.VALUE_MOVED, body, record_id, postings, member_id))
                moved = _moved(body, record.seq)
        return moved if moved is not None else asked_first(step)

    def give_up(self, operator: Operator, command: MoveCard) -> None:
        """What head office was asked about is not moved after all.

        Raises:
            KnownError: ``ledger.not_saved``.
        """
        self._spending.give_up(operator, command.record_id)


def _moved(body: ValueMoved, seq: int) -> CardMoved:
    return CardMoved(Money(body.moves[-1].amount), body.balances, seq)


def _moved_already(reader: LedgerReader, record_id: RecordId) -> CardMoved | None:
    """What was moved before, when an earlier COMMIT succeeded after all."""
    seq = reader.record_seq(record_id)
    record = reader.record(seq) if seq is not None else None
    return None if record is None else _moved(read_body(read_payload(record), ValueMoved), record.seq)


def room_for_own(payable: Money, prepaid: Money, tenders: tuple[Tender, ...]) -> Money:
    """How much points, stored value and gift cards can still pay: of the goods, and of what is owed.

    Raises:
        KnownError: ``tender.nothing_owed``; ``sale.advance_needs_money`` where only money in advance is owed.
    """
    owed = remaining(payable, tenders)
    if not owed:
        raise KnownError("tender.nothing_owed")
    own = sum(tender.amount.minor for tender in tenders if tender.kind in OWN)
    room = min(owed, payable - prepaid - Money(own))
    if room <= Money(0):
        raise KnownError("sale.advance_needs_money", prepaid=prepaid)
    return room
