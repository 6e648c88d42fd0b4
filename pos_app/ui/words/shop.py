"""Words about what points buy, about gifts in stock and about services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "benefit.not_offered": lambda: QCoreApplication.translate("Messages", "The programme does not offer this now."),
    "benefit.out_of_stock": lambda: QCoreApplication.translate("Messages", "None is left."),
    "benefit.price_changed": lambda: QCoreApplication.translate(
        "Messages", "Its price is another one now: take it out and add it again."
    ),
    "benefit.member_frozen": lambda: QCoreApplication.translate("Messages", "This member is frozen for now."),
    "benefit.member_closed": lambda: QCoreApplication.translate("Messages", "This membership was closed."),
    "sale.line_refused": lambda: QCoreApplication.translate("Messages", "{name} cannot be sold now: {why}"),
    "shop.unknown": lambda: QCoreApplication.translate("Messages", "The programme does not offer this any more."),
    "shop.goods_needed": lambda: QCoreApplication.translate("Messages", "Scan which goods are taken for the points."),
    "shop.other_goods": lambda: QCoreApplication.translate("Messages", "{name} is not among what is given for points."),
    "gifts.not_counted": lambda: QCoreApplication.translate("Messages", "Nobody counts the stock of this."),
    "gifts.too_few": lambda: QCoreApplication.translate("Messages", "There are only {left}: no more can be taken out."),
    "gifts.no_change": lambda: QCoreApplication.translate("Messages", "The stock is what it was: nothing to note."),
    "service.noted": lambda: QCoreApplication.translate("Messages", "{name}: noted, {left} left."),
    "service.unknown": lambda: QCoreApplication.translate("Messages", "The programme does not have this service."),
    "service.not_now": lambda: QCoreApplication.translate("Messages", "{name} cannot be used now: {why}"),
    "service.used_up": lambda: QCoreApplication.translate(
        "Messages", "{name} was used as often as the tier gives it in this time."
    ),
    "service.of_goods": lambda: QCoreApplication.translate(
        "Messages", "{name} is used in a sale: put the goods into the basket."
    ),
    "service.gone": lambda: QCoreApplication.translate(
        "Messages", "This use was taken back already, or is not in the books of this till."
    ),
}
