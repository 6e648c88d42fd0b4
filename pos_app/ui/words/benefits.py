"""Words about why a benefit did not apply, in sentences a cashier can say to the customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "benefit.members_only": lambda: QCoreApplication.translate("Messages", "For members only."),
    "benefit.not_this_tier": lambda: QCoreApplication.translate("Messages", "For another tier of membership."),
    "benefit.not_this_member": lambda: QCoreApplication.translate("Messages", "Not for this member."),
    "benefit.not_birthday": lambda: QCoreApplication.translate("Messages", "For the member's birthday only."),
    "benefit.not_in_this_store": lambda: QCoreApplication.translate("Messages", "Not in this store."),
    "benefit.not_yet": lambda: QCoreApplication.translate("Messages", "It has not begun yet."),
    "benefit.over": lambda: QCoreApplication.translate("Messages", "It is over."),
    "benefit.not_this_weekday": lambda: QCoreApplication.translate("Messages", "Not on this day of the week."),
    "benefit.not_this_day": lambda: QCoreApplication.translate("Messages", "Not on this day of the month."),
    "benefit.not_this_hour": lambda: QCoreApplication.translate("Messages", "Not at this time of day."),
    "benefit.no_goods": lambda: QCoreApplication.translate("Messages", "Nothing in the basket it is for."),
    "benefit.better_offer": lambda: QCoreApplication.translate(
        "Messages", "Something better was applied to the same goods."
    ),
    "benefit.programme_not_in_force": lambda: QCoreApplication.translate(
        "Messages", "The membership programme is not in force today."
    ),
    "benefit.too_few_points": lambda: QCoreApplication.translate("Messages", "There are too few points to use."),
    "benefit.bill_too_small": lambda: QCoreApplication.translate("Messages", "The bill is too small to use points on."),
    "benefit.nothing_to_pay": lambda: QCoreApplication.translate("Messages", "There is nothing to pay yet."),
    "burn.none": lambda: QCoreApplication.translate("Messages", "No points can be used on this sale."),
    "burn.too_few_points": lambda: QCoreApplication.translate(
        "Messages", "This member has too few points to use. Take payment as usual."
    ),
    "burn.bill_too_small": lambda: QCoreApplication.translate(
        "Messages", "The bill is too small to use points on. Take payment as usual."
    ),
    "burn.nothing_to_pay": lambda: QCoreApplication.translate("Messages", "There is nothing to pay."),
    "burn.below_step": lambda: QCoreApplication.translate(
        "Messages", "Points go in steps: {step} points pay {value}. Type at least that much."
    ),
    "quote.programme_not_in_force": lambda: QCoreApplication.translate(
        "Messages", "The membership programme has run out: no member prices, no points. Tell the manager."
    ),
    "quote.member_frozen": lambda: QCoreApplication.translate(
        "Messages", "This member is frozen: no benefits and no points for now."
    ),
    "quote.member_closed": lambda: QCoreApplication.translate(
        "Messages", "This membership was closed. Sell without it, or sign the customer up anew."
    ),
    "payment.external_taken": lambda: QCoreApplication.translate(
        "Messages", "A card or mobile payment was taken. Give it back on its device, take it out here, then go back."
    ),
    "payment.scan_not_payment": lambda: QCoreApplication.translate(
        "Messages", "That is not a payment code. Finish the payment first, or go back with Esc."
    ),
    "receipt.reprinting": lambda: QCoreApplication.translate("Messages", "A copy is being printed."),
    "selling.multiplier": lambda: QCoreApplication.translate("Messages", "× {quantity}: scan or type the item now."),
    "selling.restored": lambda: QCoreApplication.translate("Messages", "The sale that was open is here again."),
    "selling.finish_first": lambda: QCoreApplication.translate(
        "Messages", "Finish this sale or put it on hold before bringing another back."
    ),
    "setup.shop_missing": lambda: QCoreApplication.translate("Messages", "Type the shop's name first."),
    "setup.name_missing": lambda: QCoreApplication.translate("Messages", "Type the manager's name."),
    "setup.till_number": lambda: QCoreApplication.translate("Messages", "A till's number lies between 1 and {most}."),
    "pin.not_the_same": lambda: QCoreApplication.translate("Messages", "The two PINs differ. Type them again."),
}
