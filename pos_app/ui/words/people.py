"""Words about people: who works here, what they may do, and members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "pin.wrong": lambda: QCoreApplication.translate("Messages", "Wrong PIN. Try again; tries left: {tries_left}."),
    "pin.locked": lambda: QCoreApplication.translate(
        "Messages", "Too many wrong PINs. Locked for {minutes} min; ask the manager if it is urgent."
    ),
    "pin.not_set": lambda: QCoreApplication.translate(
        "Messages", "This person has no PIN yet. The manager can set one."
    ),
    "staff.unknown": lambda: QCoreApplication.translate(
        "Messages", "This person does not work here any more. Choose another name."
    ),
    "session.none": lambda: QCoreApplication.translate("Messages", "Nobody is logged in. Log in first."),
    "session.logged_out": lambda: QCoreApplication.translate(
        "Messages", "{name} is logged out. The open sale is kept."
    ),
    "permission.missing": lambda: QCoreApplication.translate(
        "Messages", "You may not do this alone: {permission}. Somebody who may has to type their PIN."
    ),
    "permission.needed": lambda: QCoreApplication.translate("Messages", "This needs the PIN of someone who may do it."),
    "approval.not_permitted": lambda: QCoreApplication.translate(
        "Messages", "This person may not approve it either. Choose another name."
    ),
    "approval.given": lambda: QCoreApplication.translate("Messages", "Approved by {name}."),
    "training.on": lambda: QCoreApplication.translate("Messages", "Training: nothing is sold, nothing is booked."),
    "training.off": lambda: QCoreApplication.translate("Messages", "Training is over. From now on everything counts."),
    "member.unknown": lambda: QCoreApplication.translate(
        "Messages", "This member's data is not here. Search again, or go on without a member."
    ),
    "member.none_found": lambda: QCoreApplication.translate(
        "Messages", "No member found. Check the number, or sign the customer up."
    ),
    "member.phone_known": lambda: QCoreApplication.translate("Messages", "This phone number is a member's already."),
    "member.needs_phone_or_card": lambda: QCoreApplication.translate(
        "Messages", "A member needs a phone number or a card."
    ),
    "member.captured": lambda: QCoreApplication.translate(
        "Messages", "New member: {name}. Points count from this sale."
    ),
    "member.card_bound": lambda: QCoreApplication.translate("Messages", "The card now belongs to {name}."),
    "card.unknown": lambda: QCoreApplication.translate(
        "Messages", "No member has this card. Search by phone, or bind the card to a member."
    ),
    "card.known": lambda: QCoreApplication.translate("Messages", "This card belongs to another member."),
    "card.wrong": lambda: QCoreApplication.translate(
        "Messages", "That is not a card number: letters and digits, at most 40."
    ),
    "phone.wrong": lambda: QCoreApplication.translate(
        "Messages", "That is not a phone number. A mobile number has 11 digits."
    ),
    "name.too_long": lambda: QCoreApplication.translate(
        "Messages", "The name is too long. Use at most {limit} characters."
    ),
    "birthday.wrong": lambda: QCoreApplication.translate(
        "Messages", "That is not a day. Type it like 11-25 or 1990-11-25."
    ),
    "points.too_few": lambda: QCoreApplication.translate(
        "Messages", "The member has too few points: {missing} are missing."
    ),
    "pin.too_weak": lambda: QCoreApplication.translate("Messages", "A PIN has {least} to {most} digits."),
    "training.next": lambda: QCoreApplication.translate(
        "Messages", "Training begins after the PIN. Nothing you do then is booked."
    ),
    "training.not_next": lambda: QCoreApplication.translate(
        "Messages", "No training: after the PIN everything counts."
    ),
    "pin.not_the_same": lambda: QCoreApplication.translate(
        "Messages", "The two PINs are not the same. Type them again."
    ),
    "member.referrer_unknown": lambda: QCoreApplication.translate(
        "Messages", "No member has the phone number of whoever brought them. Check it, or leave it empty."
    ),
    "pin.needed": lambda: QCoreApplication.translate("Messages", "A PIN is needed for this."),
}
