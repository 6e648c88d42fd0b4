"""Words about goods of which every item has a code of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "unit.code_needed": lambda: QCoreApplication.translate(
        "Messages", "{name} is sold by the code of the item. Scan the square code or the link on its label."
    ),
    "unit.in_basket": lambda: QCoreApplication.translate(
        "Messages", "This very item is in the sale already: {name} …{tail}. Scan the next one."
    ),
    "unit.one_piece": lambda: QCoreApplication.translate(
        "Messages", "Every {name} has a code of its own. Scan each one instead of counting."
    ),
    "unit.sold": lambda: QCoreApplication.translate(
        "Messages",
        "This item was sold before: {name}, receipt {receipt_no} of {date}. Put it aside and tell the manager.",
    ),
    "unit.sold_elsewhere": lambda: QCoreApplication.translate(
        "Messages",
        "This item was sold at another till: {name}, till {till}, receipt {receipt_no}. "
        "Put it aside and tell the manager.",
    ),
    "unit.held": lambda: QCoreApplication.translate(
        "Messages", "This item is in a sale on hold: {name} …{tail}. Bring that sale back first (F6)."
    ),
    "unit.not_sold": lambda: QCoreApplication.translate(
        "Messages", "This very item is in no sale of this till: {name}. Check the code against the receipt."
    ),
    "unit.not_genuine": lambda: QCoreApplication.translate(
        "Messages", "This code is not genuine. Do not sell the item; tell the manager."
    ),
    "unit.unknown_key": lambda: QCoreApplication.translate(
        "Messages",
        "Nobody here knows who signed the code of {name} (key {key}). Do not sell the item; tell the manager.",
    ),
    "unit.wrong_product": lambda: QCoreApplication.translate(
        "Messages", "The code belongs to other goods than {name}. Do not sell the item; tell the manager."
    ),
    "unit.key_not_yet": lambda: QCoreApplication.translate(
        "Messages", "The code of {name} is good from {date} only. Do not sell the item yet."
    ),
    "unit.key_expired": lambda: QCoreApplication.translate(
        "Messages", "The code of {name} was good until {date}. Do not sell the item; tell the manager."
    ),
}
