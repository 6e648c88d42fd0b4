"""Words in the language of the shop's papers, whichever language the cashier works in."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from pos_app.ui import i18n

if TYPE_CHECKING:
    from collections.abc import Callable


class _Words:
    """A catalogue that need not be that of the window; the sources are English."""

    def __init__(self, language: str) -> None:
        self._catalogue = i18n.catalogue(language)

    def translate(self, context: str, source: str) -> str:
        """A text in the language of this catalogue; the source where it has none."""
        found = self._catalogue.translate(context, source) if self._catalogue is not None else ""
        return found or source


@functools.cache
def _catalogue(language: str) -> _Words:
    return _Words(language)


def say(language: str, code: str) -> str:
    """The words for something the customer's screen says, in a language."""
    return TEXTS[code](_catalogue(language))


TEXTS: Final[dict[str, Callable[[_Words], str]]] = {
    "welcome": lambda words: words.translate("CustomerScreen", "Welcome"),
    "hello": lambda words: words.translate("CustomerScreen", "Hello, {name}"),
    "hello_member": lambda words: words.translate("CustomerScreen", "Hello, dear member"),
    "ms": lambda words: words.translate("CustomerScreen", "Ms {name}"),
    "mr": lambda words: words.translate("CustomerScreen", "Mr {name}"),
    "points": lambda words: words.translate("CustomerScreen", "Points {points}"),
    "balance": lambda words: words.translate("CustomerScreen", "Balance {amount}"),
    "above": lambda words: words.translate("CustomerScreen", "{count} more above"),
    "below": lambda words: words.translate("CustomerScreen", "{count} more below"),
    "pieces": lambda words: words.translate("CustomerScreen", "Items: {pieces}"),
    "saved": lambda words: words.translate("CustomerScreen", "You save"),
    "earns": lambda words: words.translate("CustomerScreen", "Points for this purchase"),
    "earned": lambda words: words.translate("CustomerScreen", "Points earned"),
    "points_now": lambda words: words.translate("CustomerScreen", "Points now"),
    "due": lambda words: words.translate("CustomerScreen", "Total"),
    "to_pay": lambda words: words.translate("CustomerScreen", "To pay"),
    "still_to_pay": lambda words: words.translate("CustomerScreen", "Still to pay"),
    "change": lambda words: words.translate("CustomerScreen", "Your change"),
    "paid": lambda words: words.translate("CustomerScreen", "Paid"),
    "thanks": lambda words: words.translate("CustomerScreen", "Thank you. Come again soon."),
    "scan_to_pay": lambda words: words.translate("CustomerScreen", "Scan to pay"),
    "scan_to_join": lambda words: words.translate("CustomerScreen", "Scan to become a member"),
    "discount": lambda words: words.translate("CustomerScreen", "Discount"),
    "training": lambda words: words.translate("CustomerScreen", "TRAINING: nothing is sold here"),
    "cash": lambda words: words.translate("CustomerScreen", "Cash"),
    "bank_card": lambda words: words.translate("CustomerScreen", "Bank card"),
    "mobile": lambda words: words.translate("CustomerScreen", "Mobile payment"),
    "by_points": lambda words: words.translate("CustomerScreen", "Points"),
    "stored_value": lambda words: words.translate("CustomerScreen", "Balance"),
    "gift_card": lambda words: words.translate("CustomerScreen", "Gift card"),
}
