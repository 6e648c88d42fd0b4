"""Words that stand inside sentences: what a permission allows, why a disk refused, ways to pay, states of a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

#: By ``pos_app.domain.staff.Permission``.
PERMISSIONS: Final[dict[str, Callable[[], str]]] = {
    "sell": lambda: QCoreApplication.translate("Parts", "sell"),
    "open_shift": lambda: QCoreApplication.translate("Parts", "open a shift"),
    "discount": lambda: QCoreApplication.translate("Parts", "give a discount"),
    "price_override": lambda: QCoreApplication.translate("Parts", "change a price"),
    "refund": lambda: QCoreApplication.translate("Parts", "take goods back"),
    "void": lambda: QCoreApplication.translate("Parts", "void a sale"),
    "no_sale": lambda: QCoreApplication.translate("Parts", "open the drawer without a sale"),
    "cash_movement": lambda: QCoreApplication.translate("Parts", "put cash in or take it out"),
    "reprint": lambda: QCoreApplication.translate("Parts", "print a receipt again"),
    "x_report": lambda: QCoreApplication.translate("Parts", "see the totals"),
    "close_day": lambda: QCoreApplication.translate("Parts", "close the day"),
    "training": lambda: QCoreApplication.translate("Parts", "use training mode"),
    "settings": lambda: QCoreApplication.translate("Parts", "change settings"),
    "edit_member": lambda: QCoreApplication.translate("Parts", "change a member's data"),
    "give_points": lambda: QCoreApplication.translate("Parts", "give points as goodwill"),
    "give_coupon": lambda: QCoreApplication.translate("Parts", "give a coupon by hand"),
}
#: Why the disk did not take or give something.
REASONS: Final[dict[str, Callable[[], str]]] = {
    "disk_full": lambda: QCoreApplication.translate("Parts", "the disk is full"),
    "io_error": lambda: QCoreApplication.translate("Parts", "the disk reports a fault"),
    "locked": lambda: QCoreApplication.translate("Parts", "another program holds the file"),
    "read_only": lambda: QCoreApplication.translate("Parts", "the file may only be read"),
    "unknown": lambda: QCoreApplication.translate("Parts", "the cause is not known"),
}
#: By ``pos_app.domain.tender.TenderKind``.
TENDERS: Final[dict[str, Callable[[], str]]] = {
    "cash": lambda: QCoreApplication.translate("Parts", "Cash"),
    "bank_card": lambda: QCoreApplication.translate("Parts", "Bank card"),
    "mobile": lambda: QCoreApplication.translate("Parts", "WeChat / Alipay"),
    "points": lambda: QCoreApplication.translate("Parts", "Points"),
    "stored_value": lambda: QCoreApplication.translate("Parts", "Stored value"),
    "gift_card": lambda: QCoreApplication.translate("Parts", "Gift card"),
}
#: By ``pos_app.application.head_office.SpendAsset``.
ASSETS: Final[dict[str, Callable[[], str]]] = {
    "points": lambda: QCoreApplication.translate("Parts", "points"),
    "stored_value": lambda: QCoreApplication.translate("Parts", "the balance"),
    "coupon": lambda: QCoreApplication.translate("Parts", "coupons"),
    "use": lambda: QCoreApplication.translate("Parts", "uses of cards"),
    "gift_card": lambda: QCoreApplication.translate("Parts", "gift cards"),
}
#: By ``pos_app.application.ports.JobKind``.
PAPERS: Final[dict[str, Callable[[], str]]] = {
    "sale": lambda: QCoreApplication.translate("Parts", "Receipt"),
    "refund": lambda: QCoreApplication.translate("Parts", "Refund receipt"),
    "x_report": lambda: QCoreApplication.translate("Parts", "X report"),
    "shift_report": lambda: QCoreApplication.translate("Parts", "Shift report"),
    "z_report": lambda: QCoreApplication.translate("Parts", "Z report"),
    "coupon": lambda: QCoreApplication.translate("Parts", "Coupons"),
    "slip": lambda: QCoreApplication.translate("Parts", "Slip"),
    "open_drawer": lambda: QCoreApplication.translate("Parts", "Open the drawer"),
}


def word(table: dict[str, Callable[[], str]], code: str) -> str:
    """The word for a code; the code itself where there is none."""
    found = table.get(code)
    return found() if found is not None else code


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as a list within a sentence."""
    return QCoreApplication.translate("Parts", ", ").join(words)
