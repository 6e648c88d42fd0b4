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
    "benefit.not_in_window": lambda: QCoreApplication.translate(
        "Messages", "Not open at this time of the month or year."
    ),
    "benefit.limit_reached": lambda: QCoreApplication.translate(
        "Messages", "As much of it was had already as one member can have."
    ),
    "benefit.not_new_member": lambda: QCoreApplication.translate("Messages", "For new members only."),
    "benefit.not_referred": lambda: QCoreApplication.translate("Messages", "For members whom another one brought."),
    "benefit.was_referred": lambda: QCoreApplication.translate("Messages", "Not for members whom another one brought."),
    "benefit.not_this_visit": lambda: QCoreApplication.translate("Messages", "Not on this visit."),
    "benefit.tier_not_reached": lambda: QCoreApplication.translate("Messages", "This sale does not lead to that tier."),
    "benefit.not_first": lambda: QCoreApplication.translate("Messages", "For the first purchase only."),
    "benefit.referrer_unknown": lambda: QCoreApplication.translate(
        "Messages", "The member who brought this one is not known here."
    ),
    "benefit.referrer_is_self": lambda: QCoreApplication.translate(
        "Messages", "Nobody is rewarded for bringing themselves."
    ),
    "benefit.referrer_not_active": lambda: QCoreApplication.translate(
        "Messages", "The membership of the one who brought this member is frozen or closed."
    ),
    "benefit.referrer_circle": lambda: QCoreApplication.translate(
        "Messages", "These members brought each other: nobody is rewarded for that."
    ),
    "benefit.referrer_newer": lambda: QCoreApplication.translate(
        "Messages", "This member joined before the one who is said to have brought them."
    ),
    "benefit.no_goods": lambda: QCoreApplication.translate("Messages", "Nothing in the basket it is for."),
    "benefit.not_enough": lambda: QCoreApplication.translate("Messages", "Not enough of it in the basket yet."),
    "benefit.better_offer": lambda: QCoreApplication.translate(
        "Messages", "Something better was applied to the same goods."
    ),
    "benefit.coupon_instead": lambda: QCoreApplication.translate(
        "Messages", "A coupon is used that it does not go together with."
    ),
    "benefit.programme_not_in_force": lambda: QCoreApplication.translate(
        "Messages", "The membership programme is not in force today."
    ),
    "benefit.too_few_points": lambda: QCoreApplication.translate("Messages", "There are too few points to use."),
    "benefit.bill_too_small": lambda: QCoreApplication.translate("Messages", "The bill is too small to use points on."),
    "benefit.nothing_to_pay": lambda: QCoreApplication.translate("Messages", "There is nothing to pay yet."),
    "benefit.explained": lambda: QCoreApplication.translate("Messages", "The explanation is printed."),
    "quote.programme_not_in_force": lambda: QCoreApplication.translate(
        "Messages", "The membership programme has run out: no member prices, no points. Tell the manager."
    ),
    "quote.member_frozen": lambda: QCoreApplication.translate(
        "Messages", "This member is frozen: no benefits and no points for now."
    ),
    "quote.member_closed": lambda: QCoreApplication.translate(
        "Messages", "This membership was closed. Sell without it, or sign the customer up anew."
    ),
}
