"""The stock of gifts: what came and went is in the books, what it began with says the programme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from pos_app.application.context import TillContext
from pos_app.application.permissions import granted_by
from pos_app.application.ports import LedgerReader
from pos_app.domain.ids import RecordId
from pos_app.domain.ledger.bodies_shop import GiftsAdjusted
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.postings import GIFTS_COUNTED, Asset, entry, gift_account
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.shop import shop_rules
from pos_app.domain.programme.burning import Draw, ShopRule, stock_of
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Permission
from pos_app.domain.text import LocalText
from pos_app.errors import KnownError


class Gift(msgspec.Struct, frozen=True):
    """Something of which there is a stock.

    Attributes:
        what: As the books name it.
        name: In the shop's words; of a prize with its draw before it.
        stock: How many there were when its rule began.
        left: How many there are.
    """

    what: str
    name: LocalText
    stock: int
    left: int


class GiftService:
    """What is left of gifts and prizes; a manager says when a count finds something else."""

    def __init__(self, context: TillContext) -> None:
        self._context = context

    def gifts(self) -> tuple[Gift, ...]:
        """Everything that is counted, in the programme's order."""
        counted = list(_counted(self._context.programme()))
        with self._context.ledger.read() as reader:
            moved = moved_of(reader, (gift.what for gift in counted))
        return tuple(msgspec.structs.replace(gift, left=max(0, gift.stock + moved[gift.what])) for gift in counted)

    def adjust(self, operator: Operator, approver: Operator | None, what: str, change: int, reason: str) -> Gift:
        """Note that gifts came, broke or were counted anew.

        Args:
            operator: Who does it.
            approver: Whose permission it rests on, where it is not the operator's own.
            what: As the books name it.
            change: How many more, or fewer.
            reason: In the shop's words.

        Raises:
            KnownError: ``permission.missing``, ``gifts.not_counted``, ``gifts.no_change``, ``gifts.too_few`` (with
                ``left``), ``ledger.not_saved``.
        """
        approved_by = granted_by(operator, approver, Permission.SETTINGS)
        gift = next((each for each in _counted(self._context.programme()) if each.what == what), None)
        if gift is None:
            raise KnownError("gifts.not_counted")
        if change == 0:
            raise KnownError("gifts.no_change")
        with self._context.ledger.write(operator.staff_id) as tx:
            before = gift.stock + moved_of(tx, (what,))[what]
            left = before + change
            if left < 0:
                raise KnownError("gifts.too_few", left=max(0, before))
            body = GiftsAdjusted(what, change, gift.stock, left, reason, approved_by)
            postings = (
                *entry(Asset.GIFT, gift_account(what), change),
                *entry(Asset.GIFT, GIFTS_COUNTED, -change),
            )
            tx.append(Entry(RecordKind.GIFTS_ADJUSTED, body, RecordId(self._context.ids.new()), postings))
        return msgspec.structs.replace(gift, left=left)


def _counted(programme: Programme) -> Iterator[Gift]:
    for rule in shop_rules(programme):
        if not isinstance(rule, Draw):
            if rule.stock is not None:
                yield Gift(stock_of(rule.rule_id), rule.name, rule.stock, rule.stock)
            continue
        for prize in rule.prizes:
            if prize.stock is not None:
                name = LocalText(
                    f"{rule.name.zh} · {prize.name.zh}",
                    f"{rule.name.in_language('en')} · {prize.name.in_language('en')}",
                )
                yield Gift(stock_of(rule.rule_id, prize.prize_id), name, prize.stock, prize.stock)


def moved_of(reader: LedgerReader, names: Iterable[str]) -> dict[str, int]:
    """What came and went of gifts since their rules began."""
    return {what: reader.account_sum(gift_account(what), Asset.GIFT) for what in names}


def stock_names(rules: Iterable[ShopRule]) -> Iterator[str]:
    """The stocks that rules take from, as the books name them; those that nobody counts are left out."""
    for rule in rules:
        if isinstance(rule, Draw):
            yield from (stock_of(rule.rule_id, each.prize_id) for each in rule.prizes if each.stock is not None)
        elif rule.stock is not None:
            yield stock_of(rule.rule_id)


def stock_of_basket(reader: LedgerReader, basket: Basket, programme: Programme) -> dict[str, int]:
    """What came and went of what a basket's lines of the points shop take from."""
    wanted = {line.offering.offer_id for line in basket.lines if line.offering is not None}
    if not wanted:
        return {}
    return moved_of(reader, stock_names(rule for rule in shop_rules(programme) if rule.rule_id in wanted))
