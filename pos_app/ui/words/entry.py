"""Words about what is typed and scanned: amounts, quantities, codes, goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "money.unreadable": lambda: QCoreApplication.translate("Messages", "That is not an amount. Type it like 12.50."),
    "money.too_fine": lambda: QCoreApplication.translate("Messages", "An amount has two decimals at most."),
    "money.too_large": lambda: QCoreApplication.translate("Messages", "That amount is too large. Check the figures."),
    "money.negative": lambda: QCoreApplication.translate("Messages", "An amount cannot be less than nothing here."),
    "money.zero": lambda: QCoreApplication.translate("Messages", "Type an amount: nothing was entered."),
    "price.negative": lambda: QCoreApplication.translate("Messages", "A price cannot be less than nothing."),
    "discount.out_of_range": lambda: QCoreApplication.translate("Messages", "A discount lies between 0 and 100 %."),
    "discount.not_allowed": lambda: QCoreApplication.translate(
        "Messages", "{name} is never reduced, so no discount can be given on it."
    ),
    "quantity.unreadable": lambda: QCoreApplication.translate(
        "Messages", "That is not a quantity. Type it like 3 or 0.285."
    ),
    "quantity.out_of_range": lambda: QCoreApplication.translate(
        "Messages", "A quantity must be more than 0 and at most {limit}."
    ),
    "quantity.too_fine": lambda: QCoreApplication.translate("Messages", "A quantity has three decimals at most."),
    "quantity.not_whole": lambda: QCoreApplication.translate(
        "Messages", "{name} is sold by the piece. Type a whole number."
    ),
    "input.empty": lambda: QCoreApplication.translate("Messages", "Scan or type something first."),
    "input.too_long": lambda: QCoreApplication.translate("Messages", "That is too much for one code. Scan again."),
    "input.control_characters": lambda: QCoreApplication.translate(
        "Messages", "The code was read with odd characters in it. Scan it again."
    ),
    "input.wrong_check_digit": lambda: QCoreApplication.translate(
        "Messages", "The code was read wrongly. Scan it again."
    ),
    "input.payment_code": lambda: QCoreApplication.translate(
        "Messages", "That is a payment code. Press F9 first, then scan it as payment."
    ),
    "member.scan_other": lambda: QCoreApplication.translate(
        "Messages", "That is no member's card or code. Scan the card, or type the phone number."
    ),
    "input.bank_card": lambda: QCoreApplication.translate(
        "Messages", "That is a bank card. Use it at the card terminal; nothing of it was kept here."
    ),
    "input.bad_swipe": lambda: QCoreApplication.translate(
        "Messages", "The card was not read. Swipe it again, evenly, with the stripe the right way round."
    ),
    "member_code.not_genuine": lambda: QCoreApplication.translate(
        "Messages", "This member code is not genuine. Ask for the phone number instead."
    ),
    "member_code.other_shop": lambda: QCoreApplication.translate(
        "Messages", "This member code is of another shop. Ask for the phone number instead."
    ),
    "member_code.expired": lambda: QCoreApplication.translate(
        "Messages", "This member code has run out. Ask the member to open it anew, and scan it again."
    ),
    "member_code.clock": lambda: QCoreApplication.translate(
        "Messages", "This member code is of the future: the clock of this till is slow. Ask for the phone number."
    ),
    "input.unreadable": lambda: QCoreApplication.translate(
        "Messages", "The label could not be read. Scan it again, or type the item number."
    ),
    "input.nothing_found": lambda: QCoreApplication.translate(
        "Messages", "Nothing found. Check the spelling, or scan the code."
    ),
    "product.unknown": lambda: QCoreApplication.translate(
        "Messages", "No item has the code {code}. Scan again, or type the name."
    ),
    "product.inactive": lambda: QCoreApplication.translate("Messages", "{name} is not sold any more."),
    "product.price_out_of_range": lambda: QCoreApplication.translate(
        "Messages", "The price of item {product} cannot be right. Tell the manager."
    ),
    "product.tax_out_of_range": lambda: QCoreApplication.translate(
        "Messages", "The tax rate of item {product} cannot be right. Tell the manager."
    ),
    "basket.empty": lambda: QCoreApplication.translate("Messages", "There is no line yet. Scan an item first."),
    "basket.full": lambda: QCoreApplication.translate(
        "Messages", "The sale has {limit} lines, more do not fit. Take payment and begin another."
    ),
    "basket.no_such_line": lambda: QCoreApplication.translate("Messages", "That line is not in the sale any more."),
    "basket.offering_fixed": lambda: QCoreApplication.translate(
        "Messages", "What the programme sells has its price. Remove the line if it is not wanted."
    ),
    "term.not_sold": lambda: QCoreApplication.translate(
        "Messages", "This membership cannot be bought now, or costs something else today. Take it out and add it again."
    ),
    "term.needs_member": lambda: QCoreApplication.translate(
        "Messages", "A membership is bought by a member. Find the member first."
    ),
    "basket.label_fixed": lambda: QCoreApplication.translate(
        "Messages", "The amount of a weighed label is fixed. Remove the line and scan the label again."
    ),
    "barcode.not_found": lambda: QCoreApplication.translate(
        "Messages", "No item has this code. Scan again, or type the name."
    ),
    "selling.unknown_code": lambda: QCoreApplication.translate(
        "Messages", "No item has the code {code}. Scan again, or type the name."
    ),
    "selling.check_digit": lambda: QCoreApplication.translate(
        "Messages", "The code {code} was read wrongly. Scan it again."
    ),
    "selling.held": lambda: QCoreApplication.translate("Messages", "The sale is on hold. F6 brings it back."),
    "selling.line_removed": lambda: QCoreApplication.translate("Messages", "Removed: {name}."),
    "discount.unreadable": lambda: QCoreApplication.translate(
        "Messages", "That is not a discount. Type it like 10 or 9.5."
    ),
    "selling.finish_first": lambda: QCoreApplication.translate(
        "Messages", "A sale is open. Take payment or hold it first."
    ),
    "selling.restored": lambda: QCoreApplication.translate("Messages", "The open sale is back, as it was."),
    "goods.added": lambda: QCoreApplication.translate("Messages", "Added: {name}."),
    "selling.multiplier": lambda: QCoreApplication.translate("Messages", "The next item counts {quantity} times."),
}
