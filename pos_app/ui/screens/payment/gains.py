"""What a booked sale gave, used and left, in words: what the cashier tells the customer with the change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.ledger.moves import Purpose
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money, total
from pos_app.domain.offering import OfferingKind
from pos_app.domain.pricing.recharging import CHANGE
from pos_app.domain.rewards import parts_given
from pos_app.ui import formats, i18n
from pos_app.ui.gift_words import named, parts_words

if TYPE_CHECKING:
    import datetime as dt

    from pos_app.domain.ledger.bodies import Sale
    from pos_app.domain.ledger.bodies_shop import Drawn
    from pos_app.domain.ledger.moves import Move


def gains_words(sale: Sale, today: dt.date) -> tuple[str, ...]:
    """Everything beside points and balance: what turns of a draw gave first, since that is what is waited for."""
    language = i18n.current()
    words = [_drawn(each, language) for each in sale.draws]
    who = sale.member.member_id if sale.member is not None else None
    for place, gift in enumerate(sale.given):
        parts = parts_given(sale.moves, place)
        if gift.account_id == who and parts:
            words.append(named(gift.name.in_language(language), parts_words(parts)))
    words += _got(sale, today, language)
    words += _left(sale, language)
    counted: dict[str, int] = {}
    for each in words:
        counted[each] = counted.get(each, 0) + 1
    return tuple(text if count == 1 else f"{text} × {count}" for text, count in counted.items())


def stored_after(sale: Sale) -> Money | None:
    """The member's balance after the sale; None where the sale did not touch it."""
    who = sale.member.member_id if sale.member is not None else None
    return next((each.total for each in sale.balances if each.account_id == who and not each.code), None)


def kept_change(sale: Sale) -> Money:
    """Change that went into the balance; zero for none."""
    return total(
        line.amount
        for line in sale.lines
        if line.offering is not None
        and line.offering.kind is OfferingKind.RECHARGE
        and line.offering.offer_id == CHANGE
    )


def _drawn(turn: Drawn, language: str) -> str:
    prize = turn.prize.in_language(language)
    if turn.points.count or turn.bonus or turn.coupon or turn.product:
        prize = QCoreApplication.translate("Gains", "won {prize}").format(prize=prize)
    return named(turn.name.in_language(language), prize)


def _got(sale: Sale, today: dt.date, language: str) -> Iterator[str]:
    """Coupons and terms that were bought; those of gifts and draws were said with them."""
    drawn = {turn.line_no for turn in sale.draws}
    for move in sale.moves:
        if move.purpose is not Purpose.ISSUED or move.gift is not None or drawn.intersection(move.lines):
            continue
        name = move.name.in_language(language)
        if move.asset is Asset.COUPON and not move.is_owed:
            yield _until(QCoreApplication.translate("Gains", "New coupon"), name, move, today)
        elif move.asset is Asset.TERM:
            yield _until(QCoreApplication.translate("Gains", "Membership"), name, move, today)


def _until(what: str, name: str, move: Move, today: dt.date) -> str:
    words = named(what, name)
    if move.expires_on is None:
        return words
    until = QCoreApplication.translate("Gains", "until {day}").format(day=formats.day_from(move.expires_on, today))
    return f"{words}  ·  {until}"


def _left(sale: Sale, language: str) -> Iterator[str]:
    """What is left of count cards, services and gift cards that the sale touched."""
    words = QCoreApplication.translate("Gains", "{count} left")
    uses = {
        move.lot_id: (move.name, move.left) for move in sale.moves if move.asset is Asset.USE and move.left is not None
    }
    for name, left in uses.values():
        yield named(name.in_language(language), words.format(count=left))
    for service in sale.services:
        yield named(service.name.in_language(language), words.format(count=service.left))
    for each in sale.balances:
        if each.code:
            card = QCoreApplication.translate("Gains", "Gift card *{tail}").format(tail=each.code)
            yield named(card, words.format(count=each.total.display()))
