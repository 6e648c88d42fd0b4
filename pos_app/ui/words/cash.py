"""Words about the sale, payment, refunds, shifts and the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

WORDS: Final[dict[str, Callable[[], str]]] = {
    "sale.empty": lambda: QCoreApplication.translate("Messages", "There is nothing to pay. Scan an item first."),
    "sale.not_covered": lambda: QCoreApplication.translate(
        "Messages", "The payments do not come to what is owed. Check them."
    ),
    "sale.points_over_limit": lambda: QCoreApplication.translate(
        "Messages", "So many points cannot be used on this sale. Use fewer."
    ),
    "sale.price_changed": lambda: QCoreApplication.translate(
        "Messages", "The price is {payable} now. Tell the customer, then take payment again."
    ),
    "sale.completed": lambda: QCoreApplication.translate("Messages", "Sale {number} is complete."),
    "tender.amount_wrong": lambda: QCoreApplication.translate(
        "Messages", "That amount cannot be taken. Check the figures."
    ),
    "tender.more_than_owed": lambda: QCoreApplication.translate(
        "Messages", "Only {owed} is owed. Only cash can be more than that."
    ),
    "tender.nothing_owed": lambda: QCoreApplication.translate("Messages", "Everything is paid already."),
    "tender.no_change": lambda: QCoreApplication.translate("Messages", "Change is given for cash only."),
    "tender.points_wrong": lambda: QCoreApplication.translate(
        "Messages", "Those points cannot be used. Choose another number."
    ),
    "tender.second_cash": lambda: QCoreApplication.translate(
        "Messages", "Cash was taken already. Take it back first to change the amount."
    ),
    "hold.gone": lambda: QCoreApplication.translate(
        "Messages", "That sale is not on hold any more. Look at the list again."
    ),
    "receipt.unknown": lambda: QCoreApplication.translate(
        "Messages", "No sale of this till has the receipt number. Check the digits, or scan it again."
    ),
    "receipt.template_wrong": lambda: QCoreApplication.translate(
        "Messages", "The shop's receipt template is wrong ({file}, {place}). Receipts use the built-in one."
    ),
    "receipt.words_copied": lambda: QCoreApplication.translate(
        "Messages", "The usual words lie in {folder}, switched off. Take the # off a line, change it, read it again."
    ),
    "logo.unreadable": lambda: QCoreApplication.translate(
        "Messages", "The file {file} cannot be read. Copy it to this computer and choose it again."
    ),
    "logo.too_large": lambda: QCoreApplication.translate(
        "Messages", "The picture {file} is too large. Save it smaller, 576 dots wide is enough, and choose it again."
    ),
    "logo.too_small": lambda: QCoreApplication.translate(
        "Messages", "The picture {file} is too small to be seen. It needs {least} dots each way at least."
    ),
    "logo.too_long": lambda: QCoreApplication.translate(
        "Messages", "The picture {file} is too long for a receipt. Cut it to a shape that is wider than high."
    ),
    "logo.no_picture": lambda: QCoreApplication.translate(
        "Messages", "{file} is no picture that can be printed. Choose a PNG or JPEG file."
    ),
    "logo.nothing_seen": lambda: QCoreApplication.translate(
        "Messages",
        "Of {file} nothing would be seen on paper: it is of one shade. Choose one that is black on white.",
    ),
    "receipt.logo_wrong": lambda: QCoreApplication.translate(
        "Messages", "The logo {file} cannot be printed. Receipts come without it; choose another PNG file."
    ),
    "refund.nothing": lambda: QCoreApplication.translate("Messages", "Choose what comes back first."),
    "refund.too_much": lambda: QCoreApplication.translate(
        "Messages", "That is more than was bought and not yet given back."
    ),
    "refund.not_whole": lambda: QCoreApplication.translate(
        "Messages", "{name} comes back by the piece. Type a whole number."
    ),
    "refund.voided": lambda: QCoreApplication.translate(
        "Messages", "This sale was voided: everything came back already."
    ),
    "refund.done": lambda: QCoreApplication.translate("Messages", "Refund {number}: {amount} given back."),
    "void.done": lambda: QCoreApplication.translate("Messages", "Sale {number} is voided: {amount} given back."),
    "void.too_late": lambda: QCoreApplication.translate(
        "Messages", "Too late to void: only an untouched sale of the open shift can be. Refund it instead."
    ),
    "reprint.queued": lambda: QCoreApplication.translate("Messages", "A copy of {number} is being printed."),
    "drawer.too_little": lambda: QCoreApplication.translate(
        "Messages", "There is not so much cash in the drawer. Put cash in first, or give it back another way."
    ),
    "drawer.opened": lambda: QCoreApplication.translate("Messages", "The drawer opens."),
    "cash.moved_in": lambda: QCoreApplication.translate("Messages", "{amount} put into the drawer."),
    "cash.moved_out": lambda: QCoreApplication.translate("Messages", "{amount} taken out of the drawer."),
    "count.wrong": lambda: QCoreApplication.translate(
        "Messages", "The count cannot be right. Check the numbers of notes and coins."
    ),
    "shift.none": lambda: QCoreApplication.translate("Messages", "No shift is open. Open one first."),
    "shift.already_open": lambda: QCoreApplication.translate(
        "Messages", "A shift is open already. Close it before opening another."
    ),
    "shift.not_yours": lambda: QCoreApplication.translate(
        "Messages", "This is somebody else's shift. {name} or the store manager has to close it."
    ),
    "shift.others": lambda: QCoreApplication.translate(
        "Messages", "The shift of {name} is open. {name} logs in to go on, or the store manager closes it."
    ),
    "shift.held_sales": lambda: QCoreApplication.translate(
        "Messages", "Sales are still on hold: {count}. Finish them or give them up (F6), then close."
    ),
    "shift.still_open": lambda: QCoreApplication.translate(
        "Messages", "A shift is still open. Close it, then the day."
    ),
    "shift.open_sale": lambda: QCoreApplication.translate(
        "Messages", "A sale is still open. Take payment or hold it, then close the shift."
    ),
    "shift.count_again": lambda: QCoreApplication.translate(
        "Messages", "Counted {amount}. Press F9 again to close the shift, or correct the count."
    ),
    "shift.opened": lambda: QCoreApplication.translate("Messages", "Shift {number} is open."),
    "shift.closed": lambda: QCoreApplication.translate("Messages", "Shift {number} is closed."),
    "day.closed": lambda: QCoreApplication.translate("Messages", "The day is closed: Z {number}."),
    "day.not_balanced": lambda: QCoreApplication.translate(
        "Messages", "The day is closed, but the books still have {amount} in the drawer. Tell support."
    ),
    "payment.scan_not_payment": lambda: QCoreApplication.translate(
        "Messages", "That is no payment code. Scan the customer's payment code, or go back to scan goods."
    ),
    "payment.into_sale": lambda: QCoreApplication.translate(
        "Messages", "It is in the sale now. Press F9 again to pay."
    ),
    "payment.take_back_first": lambda: QCoreApplication.translate(
        "Messages", "That changes what is owed. Take back what was paid so far, then scan it again."
    ),
    "payment.external_taken": lambda: QCoreApplication.translate(
        "Messages", "A card or mobile payment was taken. Finish the sale, or give that payment back first."
    ),
    "receipt.reprinting": lambda: QCoreApplication.translate("Messages", "A copy of the receipt is being printed."),
    "burn.none": lambda: QCoreApplication.translate("Messages", "This member has no points to use here."),
    "burn.below_step": lambda: QCoreApplication.translate(
        "Messages", "Points count in steps of {step} ({value}). Type more."
    ),
    "burn.too_few_points": lambda: QCoreApplication.translate(
        "Messages", "The member has too few points to pay with them."
    ),
    "burn.bill_too_small": lambda: QCoreApplication.translate("Messages", "The bill is too small to pay with points."),
    "burn.no_goods": lambda: QCoreApplication.translate("Messages", "Points cannot pay for any of these goods."),
    "burn.nothing_to_pay": lambda: QCoreApplication.translate("Messages", "There is nothing to pay."),
    "burn.not_in_this_store": lambda: QCoreApplication.translate("Messages", "Points cannot be used in this store."),
    "burn.not_yet": lambda: QCoreApplication.translate(
        "Messages", "Points cannot be used yet: the offer has not begun."
    ),
    "burn.over": lambda: QCoreApplication.translate("Messages", "The offer to pay with points is over."),
    "burn.not_this_weekday": lambda: QCoreApplication.translate("Messages", "Points cannot be used on this weekday."),
    "burn.not_this_day": lambda: QCoreApplication.translate("Messages", "Points cannot be used today."),
    "burn.not_this_hour": lambda: QCoreApplication.translate("Messages", "Points cannot be used at this hour."),
    "burn.members_only": lambda: QCoreApplication.translate("Messages", "Only members can pay with points."),
    "burn.not_this_tier": lambda: QCoreApplication.translate("Messages", "Points cannot be used in this tier."),
    "burn.not_this_member": lambda: QCoreApplication.translate("Messages", "This member cannot pay with points."),
    "burn.not_birthday": lambda: QCoreApplication.translate("Messages", "Points can be used around the birthday only."),
    "burn.programme_not_in_force": lambda: QCoreApplication.translate(
        "Messages", "The membership rules are not in force today."
    ),
    "report.printing": lambda: QCoreApplication.translate("Messages", "The report is being printed."),
    "receipt.many": lambda: QCoreApplication.translate(
        "Messages", "Several receipts end so. Type more digits, or scan the receipt."
    ),
    "refund.goods_not_in_sale": lambda: QCoreApplication.translate(
        "Messages", "That item is not in this sale, or all of it came back already."
    ),
    "refund.reading": lambda: QCoreApplication.translate("Messages", "Scan the receipt first."),
}
