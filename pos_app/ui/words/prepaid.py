"""Words about stored value, gift cards and change kept in the balance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "tender.card_wrong": lambda: QCoreApplication.translate(
        "Messages", "A gift card pays by its number. Scan the card."
    ),
    "sale.advance_needs_money": lambda: QCoreApplication.translate(
        "Messages", "Recharges and gift cards ({prepaid}) are paid with cash, card or mobile only."
    ),
    "stored.none": lambda: QCoreApplication.translate("Messages", "This shop takes no recharges."),
    "stored.needs_member": lambda: QCoreApplication.translate(
        "Messages", "A recharge needs a member. Find the member first."
    ),
    "stored.member_frozen": lambda: QCoreApplication.translate(
        "Messages", "This member is frozen: nothing can be paid in or spent for now."
    ),
    "stored.member_closed": lambda: QCoreApplication.translate(
        "Messages", "This membership was closed: nothing can be paid in or spent."
    ),
    "stored.unknown_offer": lambda: QCoreApplication.translate(
        "Messages", "That recharge is not offered any more. Remove the line and choose again."
    ),
    "stored.not_open": lambda: QCoreApplication.translate(
        "Messages", "{name} is not open to this customer now. Choose another."
    ),
    "stored.below_least": lambda: QCoreApplication.translate("Messages", "At least {least} has to be paid in."),
    "stored.above_most": lambda: QCoreApplication.translate("Messages", "At most {most} can be paid in at a time."),
    "stored.free_off": lambda: QCoreApplication.translate(
        "Messages", "Only the steps of the ladder can be paid in here."
    ),
    "prepaid.over_limit": lambda: QCoreApplication.translate(
        "Messages", "With that, more than {limit} would be stored. {possible} is possible still."
    ),
    "stored.too_little": lambda: QCoreApplication.translate(
        "Messages", "At most {possible} can be paid with stored value here."
    ),
    "stored.second": lambda: QCoreApplication.translate(
        "Messages", "Stored value is taken once. Take that payment out first."
    ),
    "stored.nothing_stored": lambda: QCoreApplication.translate("Messages", "This member has nothing stored."),
    "stored.nothing_to_pay": lambda: QCoreApplication.translate(
        "Messages", "There is nothing to pay with stored value."
    ),
    "stored.bonus_share": lambda: QCoreApplication.translate("Messages", "The bonus pays for a part of the bill only."),
    "stored.balance": lambda: QCoreApplication.translate("Messages", "There is no more in the balance."),
    "stored.change_off": lambda: QCoreApplication.translate("Messages", "Change cannot be kept in the balance here."),
    "stored.no_change": lambda: QCoreApplication.translate("Messages", "There is no change to keep."),
    "stored.change_too_large": lambda: QCoreApplication.translate(
        "Messages", "At most {most} of change can be kept in the balance."
    ),
    "refund.recharge_spent": lambda: QCoreApplication.translate(
        "Messages", "Of {name} nothing is left to give back: it was spent."
    ),
    "refund.recharge_fixed": lambda: QCoreApplication.translate("Messages", "Recharges are not given back here."),
    "refund.card_used": lambda: QCoreApplication.translate(
        "Messages", "{name} was used already and is not given back."
    ),
    "void.recharge_used": lambda: QCoreApplication.translate(
        "Messages", "What was recharged or sold as a card was used already. Give the sale back instead (F7)."
    ),
    "gift_card.found": lambda: QCoreApplication.translate("Messages", "{left} is left on gift card *{tail}."),
    "gift_card.unknown": lambda: QCoreApplication.translate(
        "Messages", "This card was not sold here, or its number is wrong."
    ),
    "gift_card.known": lambda: QCoreApplication.translate("Messages", "This card was sold already. Take another one."),
    "gift_card.other_shop": lambda: QCoreApplication.translate("Messages", "This is no gift card of this shop."),
    "gift_card.in_sale": lambda: QCoreApplication.translate("Messages", "This card is in the sale already."),
    "gift_card.amount_wrong": lambda: QCoreApplication.translate("Messages", "{name} is not sold at that amount."),
    "gift_card.empty": lambda: QCoreApplication.translate("Messages", "There is nothing left on this card."),
    "gift_card.expired": lambda: QCoreApplication.translate("Messages", "This card expired on {expires_on}."),
    "gift_card.too_little": lambda: QCoreApplication.translate("Messages", "There is only {possible} on this card."),
    "gift_card.not_transferable": lambda: QCoreApplication.translate(
        "Messages", "What is on {name} cannot be moved into a balance."
    ),
    "gift_card.moved": lambda: QCoreApplication.translate("Messages", "{amount} moved into the member's balance."),
}
