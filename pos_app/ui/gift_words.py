"""What a gift holds, in words: "100 points, ¥10.00 in the balance, 2 × coupon"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.ui import i18n

if TYPE_CHECKING:
    from pos_app.application.rewards import GivenGift
    from pos_app.domain.programme.packs import GiftPart


def parts_words(parts: Iterable[GiftPart]) -> str:
    """All that a gift holds, in one line."""
    separator = QCoreApplication.translate("Gifts", ", ")
    return separator.join(_part(part) for part in parts)


def _part(part: GiftPart) -> str:
    name = part.name.in_language(i18n.current())
    if part.asset is Asset.POINTS:
        words = QCoreApplication.translate("Gifts", "{points} points")
        return words.format(points=Points(part.amount).display())
    if part.asset is Asset.BONUS:
        words = QCoreApplication.translate("Gifts", "{amount} in the balance")
        return words.format(amount=Money(part.amount).display())
    if part.asset is Asset.USE:
        return QCoreApplication.translate("Gifts", "{count} uses of {name}").format(count=part.amount, name=name)
    return name if part.amount == 1 else f"{part.amount} × {name}"


def gifts_words(gifts: Iterable[GivenGift]) -> str:
    """Several gifts with their names."""
    language = i18n.current()
    return "  ·  ".join(named(gift.name.in_language(language), parts_words(gift.parts)) for gift in gifts)


def named(name: str, what: str) -> str:
    """What something is about, before it."""
    return QCoreApplication.translate("Gifts", "{name}: {what}").format(name=name, what=what)
