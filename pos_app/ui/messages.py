"""The words for codes: errors of the core and facts worth telling, in the language in use.

Each sentence says what happened and what to do. A code nobody has written words for yet gets a general sentence that
names the code, so that it can be told on the telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from pos_app.ui.state import Notice

#: Functions, not strings: the catalogue is asked each time, and lupdate sees each literal in its place.
WORDS: Final[dict[str, Callable[[], str]]] = {
    "money.unreadable": lambda: QCoreApplication.translate("Messages", "That is not an amount. Type it like 12.50."),
    "money.too_fine": lambda: QCoreApplication.translate("Messages", "An amount has two decimals at most."),
    "money.too_large": lambda: QCoreApplication.translate("Messages", "That amount is too large. Check the figures."),
    "quantity.unreadable": lambda: QCoreApplication.translate(
        "Messages", "That is not a quantity. Type it like 3 or 0.285."
    ),
    "quantity.out_of_range": lambda: QCoreApplication.translate(
        "Messages", "A quantity must be more than 0 and at most {limit}."
    ),
    "quantity.too_fine": lambda: QCoreApplication.translate("Messages", "A quantity has three decimals at most."),
    "pin.wrong": lambda: QCoreApplication.translate("Messages", "Wrong PIN. Try again; tries left: {left}."),
    "pin.locked": lambda: QCoreApplication.translate(
        "Messages", "Too many wrong PINs. Wait until {until}, or ask the manager."
    ),
    "selling.unknown_code": lambda: QCoreApplication.translate(
        "Messages", "No item has the code {code}. Scan again, or type the name."
    ),
    "selling.check_digit": lambda: QCoreApplication.translate(
        "Messages", "The code {code} was read wrongly. Scan it again."
    ),
    "selling.held": lambda: QCoreApplication.translate("Messages", "The sale is on hold. F6 brings it back."),
    "selling.line_removed": lambda: QCoreApplication.translate("Messages", "Removed: {name}."),
    "member.none_found": lambda: QCoreApplication.translate(
        "Messages", "No member found. Check the number, or sign the customer up."
    ),
    "member.phone_known": lambda: QCoreApplication.translate("Messages", "This phone number is a member's already."),
    "member.captured": lambda: QCoreApplication.translate(
        "Messages", "New member: {name}. Points count from this sale."
    ),
    "permission.needed": lambda: QCoreApplication.translate("Messages", "This needs the PIN of someone who may do it."),
    "printer.paper_out": lambda: QCoreApplication.translate(
        "Messages", "The printer has no paper. The sale is safe; the receipt prints when paper is in."
    ),
    "printer.offline": lambda: QCoreApplication.translate(
        "Messages", "The printer does not answer. The sale is safe; check power and cable."
    ),
    "shift.opened": lambda: QCoreApplication.translate("Messages", "Shift {number} is open."),
    "sale.completed": lambda: QCoreApplication.translate("Messages", "Sale {number} is complete."),
}


class _Gaps(dict[str, object]):
    """Details that leaves a question mark where a value is missing: a sentence with a gap beats no sentence."""

    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, details: Mapping[str, object]) -> str:
    """The sentence for a code."""
    find = WORDS.get(code)
    if find is None:
        general = QCoreApplication.translate("Messages", "This could not be done. Tell support the code {code}.")
        return general.format(code=code)
    return find().format_map(_Gaps(details))


def words(notice: Notice) -> str:
    """The sentence for a notice."""
    return sentence(notice.code, notice.details)
