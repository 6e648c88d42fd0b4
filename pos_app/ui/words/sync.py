"""Words about head office: joining it, the line to it, the end of the day, and what a manager has to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

Words = Callable[[], str]

WORDS: Final[dict[str, Words]] = {
    # Joining
    "sync.address": lambda: QCoreApplication.translate(
        "Messages", "This is no address of a head office. It looks like 192.168.1.20:8443 or office.example.com."
    ),
    "sync.code": lambda: QCoreApplication.translate(
        "Messages",
        "Head office does not take this code: it is mistyped, used already, or older than ten minutes."
        " Ask for a new one.",
    ),
    "sync.code_short": lambda: QCoreApplication.translate(
        "Messages", "The code has twelve letters and digits in three groups. Type all of it."
    ),
    "sync.not_vouched": lambda: QCoreApplication.translate(
        "Messages",
        "Whoever answers there cannot prove to be the head office that made the code. Check the address;"
        " if it is right, do not go on, and tell head office.",
    ),
    "sync.number_taken": lambda: QCoreApplication.translate(
        "Messages",
        "Head office has another till with the number {number}. Ask for a code that gives this till a"
        " number of its own, or one for its successor.",
    ),
    "sync.joined_already": lambda: QCoreApplication.translate(
        "Messages", "This till belongs to a head office already."
    ),
    "sync.join_offline": lambda: QCoreApplication.translate(
        "Messages",
        "No head office answers at this address. Check the address and the network, and that head office runs.",
    ),
    # The line
    "sync.offline": lambda: QCoreApplication.translate(
        "Messages", "Head office cannot be reached. Selling goes on; the till tries again by itself."
    ),
    "sync.alone": lambda: QCoreApplication.translate("Messages", "This till belongs to no head office."),
    "sync.busy": lambda: QCoreApplication.translate(
        "Messages", "Head office has much to do just now. The till tries again by itself."
    ),
    "sync.broken": lambda: QCoreApplication.translate(
        "Messages", "Head office has a fault of its own. Selling goes on; the till tries again by itself."
    ),
    "sync.clock": lambda: QCoreApplication.translate(
        "Messages", "The clocks of this till and of head office are far apart. Set the date and time of this computer."
    ),
    "sync.too_old": lambda: QCoreApplication.translate(
        "Messages", "The till was away for very long and loads the members and goods anew. Selling goes on."
    ),
    "sync.epoch": lambda: QCoreApplication.translate(
        "Messages", "Head office was restored from a backup. The till sends again what is missing there."
    ),
    "sync.too_new": lambda: QCoreApplication.translate(
        "Messages", "This till is newer than head office. What it sends waits until head office is updated."
    ),
    "sync.bad_request": lambda: QCoreApplication.translate(
        "Messages", "Head office did not understand the till. Tell support; selling goes on."
    ),
    "sync.method": lambda: QCoreApplication.translate(
        "Messages", "Head office did not understand the till. Tell support; selling goes on."
    ),
    "sync.number": lambda: QCoreApplication.translate(
        "Messages",
        "Head office has another till with this number. Ask for a code that gives this till a number of its"
        " own, or one for its successor.",
    ),
    "sync.too_large": lambda: QCoreApplication.translate(
        "Messages", "A record is too large for head office. Tell support; selling goes on."
    ),
    "sync.not_found": lambda: QCoreApplication.translate(
        "Messages", "What answers at this address is not head office. Check the address."
    ),
    "sync.signature": lambda: QCoreApplication.translate(
        "Messages", "Head office does not know this till's key. Nothing is sent until a manager has seen to it."
    ),
    "sync.replayed": lambda: QCoreApplication.translate(
        "Messages", "Head office has had this request before. The till tries again by itself."
    ),
    "sync.gap": lambda: QCoreApplication.translate(
        "Messages", "Head office lacks earlier records of this till. They are sent again."
    ),
    "sync.fork": lambda: QCoreApplication.translate(
        "Messages",
        "Two machines have been this same till, so head office takes nothing more from either. Sell for"
        " cash only, and ask head office for a new code for one of them.",
    ),
    "sync.fenced": lambda: QCoreApplication.translate(
        "Messages", "Another machine has taken the place of this till. Do not sell here; ask head office."
    ),
    "sync.revoked": lambda: QCoreApplication.translate(
        "Messages", "Head office took this till out of service. Do not sell here; ask head office."
    ),
    "sync.not_recovered": lambda: QCoreApplication.translate(
        "Messages",
        "What head office has of the till before this one is not here yet. Bring the line up and try"
        " again; nothing is sold before.",
    ),
    "sync.asked": lambda: QCoreApplication.translate("Messages", "Head office is asked now."),
    # The end of the day
    "day.unknown": lambda: QCoreApplication.translate("Messages", "There is no such closed day in the books."),
    "day.agreed": lambda: QCoreApplication.translate(
        "Messages", "Z {number} of {date}: head office has the same, to the fen and the point."
    ),
    "day.set_aside": lambda: QCoreApplication.translate(
        "Messages",
        "Z {number} of {date}: head office has everything and set some of it aside. See what, at the end of the day.",
    ),
    "day.differs": lambda: QCoreApplication.translate(
        "Messages",
        "Z {number} of {date}: head office has other figures than this till. See which, at the end of the day.",
    ),
}

#: Why a record is set aside, or what a manager is told, by its code: what happened, and what to do.
CONCERNS: Final[dict[str, tuple[Words, Words]]] = {
    "record.conflict": (
        lambda: QCoreApplication.translate("Concerns", "Head office has this record with other content."),
        lambda: QCoreApplication.translate(
            "Concerns", "Keep the receipt, and tell head office: this till's disk may have been copied."
        ),
    ),
    "record.unreadable": (
        lambda: QCoreApplication.translate("Concerns", "Head office cannot read this record."),
        lambda: QCoreApplication.translate(
            "Concerns", "Keep the receipt, and tell head office: it is looked into there."
        ),
    ),
    "record.unbalanced": (
        lambda: QCoreApplication.translate("Concerns", "The bookings of this record do not add up to zero."),
        lambda: QCoreApplication.translate(
            "Concerns", "The money in the drawer is right. Keep the receipt, and tell head office: a person books it."
        ),
    ),
    "record.postings": (
        lambda: QCoreApplication.translate("Concerns", "The bookings of this sale are not those of its receipt."),
        lambda: QCoreApplication.translate(
            "Concerns", "The receipt is right. Keep it, and tell head office: a person books it."
        ),
    ),
    "record.misplaced": (
        lambda: QCoreApplication.translate("Concerns", "This record says of itself that it stands in another place."),
        lambda: QCoreApplication.translate(
            "Concerns", "Keep the receipt, and tell head office: this till's books may have been tampered with."
        ),
    ),
    "record.fault": (
        lambda: QCoreApplication.translate("Concerns", "Head office stumbled over this record."),
        lambda: QCoreApplication.translate(
            "Concerns", "Keep the receipt, and tell head office: it is looked into there."
        ),
    ),
    "record.too_new": (
        lambda: QCoreApplication.translate("Concerns", "Head office is too old to understand this record."),
        lambda: QCoreApplication.translate("Concerns", "Nothing to do here: it is booked when head office is updated."),
    ),
    "record.held": (
        lambda: QCoreApplication.translate("Concerns", "It builds on a record that head office has not booked yet."),
        lambda: QCoreApplication.translate(
            "Concerns", "Bring the other tills on line, if one is not. Then it is booked by itself."
        ),
    ),
    "record.dismissed": (
        lambda: QCoreApplication.translate("Concerns", "Head office decided that this is never booked: {why}"),
        lambda: QCoreApplication.translate(
            "Concerns", "Nothing to do here, unless you know better: then tell head office."
        ),
    ),
    "lot.unknown": (
        lambda: QCoreApplication.translate("Concerns", "Points or value came back that head office never gave."),
        lambda: QCoreApplication.translate("Concerns", "Keep the receipt, and tell head office: a person books it."),
    ),
    "refund.twice": (
        lambda: QCoreApplication.translate(
            "Concerns", "The same goods of receipt {sale_receipt_no} were taken back twice."
        ),
        lambda: QCoreApplication.translate(
            "Concerns",
            "Find both refund receipts. What was paid out too much is asked back from the customer, or written off.",
        ),
    ),
    "refund.other_sale": (
        lambda: QCoreApplication.translate("Concerns", "The refund does not fit receipt {sale_receipt_no}."),
        lambda: QCoreApplication.translate(
            "Concerns",
            "Compare both receipts. The money in the drawer is right; tell head office, where a person books it.",
        ),
    ),
    "spend.overdrawn": (
        lambda: QCoreApplication.translate("Concerns", "A member spent the same at two tills while one had no line."),
        lambda: QCoreApplication.translate(
            "Concerns",
            "The member owes {amount}; it is taken from what comes next. Nothing else to do, unless you ask for it.",
        ),
    ),
    "spend.advanced": (
        lambda: QCoreApplication.translate(
            "Concerns", "Receipt {receipt_no} of a till that was given up for lost has turned up."
        ),
        lambda: QCoreApplication.translate(
            "Concerns",
            "The shop paid for what the member had spent there. Nothing to do, but to know that it cost that.",
        ),
    ),
    "unit.sold_twice": (
        lambda: QCoreApplication.translate(
            "Concerns", "An item with the same code was sold twice, now on receipt {receipt_no}."
        ),
        lambda: QCoreApplication.translate(
            "Concerns", "One of the two may be a forgery. Keep the code, and tell head office."
        ),
    ),
    "prepaid.over_limit": (
        lambda: QCoreApplication.translate(
            "Concerns", "A member has more stored value than the {limit} that the law allows."
        ),
        lambda: QCoreApplication.translate("Concerns", "Recharge no more for this member until some of it is spent."),
    ),
    "member.same_phone": (
        lambda: QCoreApplication.translate("Concerns", "A member changed to a phone number that another member has."),
        lambda: QCoreApplication.translate(
            "Concerns", "They are still two members. Ask both whose number it is, and correct the other."
        ),
    ),
    "sync.fork": (
        lambda: QCoreApplication.translate("Concerns", "Two machines have been this same till."),
        lambda: QCoreApplication.translate(
            "Concerns", "Sell for cash only. Switch one of them off, and ask head office for a new code for the other."
        ),
    ),
    "sync.fenced": (
        lambda: QCoreApplication.translate("Concerns", "Another machine has taken the place of this till."),
        lambda: QCoreApplication.translate("Concerns", "Do not sell here. Ask head office which one is to go on."),
    ),
    "sync.fenced_sends": (
        lambda: QCoreApplication.translate(
            "Concerns", "A machine that was replaced by this till still sends what it sold."
        ),
        lambda: QCoreApplication.translate(
            "Concerns", "Switch the old machine off. What it sent is not in the books: ask head office."
        ),
    ),
    "sync.revoked": (
        lambda: QCoreApplication.translate("Concerns", "Head office took this till out of service."),
        lambda: QCoreApplication.translate("Concerns", "Do not sell here. Ask head office why, and for a new code."),
    ),
    "sync.revoked_sends": (
        lambda: QCoreApplication.translate("Concerns", "A till that was taken out of service still sends."),
        lambda: QCoreApplication.translate(
            "Concerns", "Switch it off. What it sent is not in the books: ask head office."
        ),
    ),
    "sync.signature": (
        lambda: QCoreApplication.translate("Concerns", "Head office does not know this till's key."),
        lambda: QCoreApplication.translate(
            "Concerns", "Ask head office for a code that makes this machine the till's successor."
        ),
    ),
    "till.not_sent": (
        lambda: QCoreApplication.translate(
            "Concerns", "The machine before this one had not sent everything. Records that are missing: {count}"
        ),
        lambda: QCoreApplication.translate(
            "Concerns",
            "Its receipts and its last sheet say what they were: give them to whoever keeps the books. If the machine"
            " turns up, do not sell with it; export its journal, and give head office the file.",
        ),
    ),
    "sync.refused_record": (
        lambda: QCoreApplication.translate("Concerns", "Head office does not accept a record of this till."),
        lambda: QCoreApplication.translate(
            "Concerns", "What comes after it waits here. Tell support; selling goes on."
        ),
    ),
}
#: How much of what somebody owes, by what it is of.
AMOUNTS: Final[dict[str, Words]] = {
    "points": lambda: QCoreApplication.translate("Concerns", "{count} points"),
    "coupon": lambda: QCoreApplication.translate("Concerns", "{count} uses of a coupon"),
    "use": lambda: QCoreApplication.translate("Concerns", "{count} uses of a count card"),
}
#: For a code that has no words yet; it is named, so that it can be told on the telephone.
OTHER: Final[tuple[Words, Words]] = (
    lambda: QCoreApplication.translate("Concerns", "Head office set this aside ({code})."),
    lambda: QCoreApplication.translate("Concerns", "Keep the receipt, and tell head office the code {code}."),
)

#: What a record is, by its kind in the journal.
RECORDS: Final[dict[str, Words]] = {
    "sale.completed": lambda: QCoreApplication.translate("Records", "Sale"),
    "sale.refunded": lambda: QCoreApplication.translate("Records", "Refund"),
    "sale.voided": lambda: QCoreApplication.translate("Records", "Voided sale"),
    "member.captured": lambda: QCoreApplication.translate("Records", "New member"),
    "member.changed": lambda: QCoreApplication.translate("Records", "Change of a member"),
    "member.imported": lambda: QCoreApplication.translate("Records", "Imported members"),
    "member.rewarded": lambda: QCoreApplication.translate("Records", "Points or gift"),
    "points.expired": lambda: QCoreApplication.translate("Records", "Expired points"),
    "value.moved": lambda: QCoreApplication.translate("Records", "Stored value"),
    "coupon.issued": lambda: QCoreApplication.translate("Records", "Coupon"),
    "service.used": lambda: QCoreApplication.translate("Records", "Service"),
    "gifts.adjusted": lambda: QCoreApplication.translate("Records", "Stock of gifts"),
    "shift.closed": lambda: QCoreApplication.translate("Records", "Shift report"),
    "day.closed": lambda: QCoreApplication.translate("Records", "Z report"),
}
