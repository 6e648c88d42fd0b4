"""Words about coupons: why one cannot be used, and what is wrong with a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "benefit.coupon_unknown": lambda: QCoreApplication.translate(
        "Messages", "The programme does not have this coupon any more."
    ),
    "benefit.coupon_gone": lambda: QCoreApplication.translate("Messages", "This coupon is not there any more."),
    "benefit.coupon_expired": lambda: QCoreApplication.translate("Messages", "This coupon is over."),
    "benefit.coupon_used_up": lambda: QCoreApplication.translate(
        "Messages", "This member has used the code as often as one can."
    ),
    "benefit.coupon_alone": lambda: QCoreApplication.translate("Messages", "Not together with another coupon."),
    "benefit.coupon_group": lambda: QCoreApplication.translate(
        "Messages", "Another coupon of the same kind is used: one of them only."
    ),
    "benefit.coupon_per_bill": lambda: QCoreApplication.translate(
        "Messages", "No more of this coupon can be used in one bill."
    ),
    "benefit.coupon_nothing_left": lambda: QCoreApplication.translate(
        "Messages", "Nothing is left that it could be taken off."
    ),
    "coupon.best_used": lambda: QCoreApplication.translate("Messages", "The best coupons are used: {saved} saved."),
    "coupon.waits_for_more": lambda: QCoreApplication.translate(
        "Messages", "{name} is chosen: {missing} more of its goods, and it is used."
    ),
    "coupon.waits": lambda: QCoreApplication.translate(
        "Messages", "{name} is chosen, and takes nothing off yet: {why}"
    ),
    "coupon.refused": lambda: QCoreApplication.translate("Messages", "{name} cannot be used: {why}"),
    "coupon.in_sale": lambda: QCoreApplication.translate("Messages", "{name} is used in this sale already."),
    "coupon.other_member": lambda: QCoreApplication.translate(
        "Messages", "This coupon belongs to another member than the one of this sale."
    ),
    "coupon.not_genuine": lambda: QCoreApplication.translate(
        "Messages", "This is no genuine coupon: its code was made up or altered."
    ),
    "coupon.other_shop": lambda: QCoreApplication.translate("Messages", "This coupon is not of this shop."),
    "coupon.elsewhere": lambda: QCoreApplication.translate(
        "Messages", "This coupon is genuine, but was given at another till: it can be used there."
    ),
    "coupon.unknown": lambda: QCoreApplication.translate(
        "Messages", "No coupon has this code. Check it letter by letter."
    ),
    "coupon.not_yet": lambda: QCoreApplication.translate("Messages", "This coupon can be used from {from_date} on."),
    "coupon.expired": lambda: QCoreApplication.translate("Messages", "This coupon was over on {expires_on}."),
    "coupon.used": lambda: QCoreApplication.translate(
        "Messages", "This coupon was used already, on receipt {receipt_no}."
    ),
    "coupon.taken_back": lambda: QCoreApplication.translate(
        "Messages", "This coupon was taken back when the goods that it came with were returned."
    ),
    "coupon.ended": lambda: QCoreApplication.translate("Messages", "The programme does not have this coupon."),
    "coupon.not_given": lambda: QCoreApplication.translate(
        "Messages", "{name} cannot be given: it is over, is a published code, or is for members only."
    ),
    "coupon.no_reason": lambda: QCoreApplication.translate("Messages", "Say why the coupon is given."),
}
