"""The membership in the guided day: what the README's ten minutes do, with a picture of each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.application.demo import BIRTHDAY_SOON, card_number
from pos_app.bootstrap.demo_week import CHECKS_IN, NEARLY_SILVER, NEW_CARDS, SOLD_CARD, WALLET

if TYPE_CHECKING:
    from pos_app.bootstrap.tour import Tour

#: A box of paper, 59.90 and 52.90 for members.
TISSUES: Final = "6923114063140"
_MILK: Final = "6993003042143"
_SNACK: Final = "6902670016036"
_COFFEE: Final = "6962522009906"
_PUBLISHED: Final = "HUIMIN20"
#: Keys of the sheet of benefits.
_COUPONS, _TOP_UP, _GIFTS, _CARDS, _TAKE_PART = (
    Qt.Key.Key_F3,
    Qt.Key.Key_F4,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
)


def a_membership(tour: Tour) -> None:
    """Everything of the membership, from coupons to a refund; begins and ends at an empty counter."""
    _coupons(tour)
    with_coupons = _last_receipt(tour)
    _recharge(tour)
    _from_the_balance(tour)
    _gift_cards(tour)
    _for_points(tour)
    _cups(tour)
    _take_part(tour)
    _keep_change(tour)
    _next_tier(tour)
    _refund(tour, with_coupons)


def _sheet(tour: Tour, tab: Qt.Key | None = None) -> None:
    tour.key(Qt.Key.Key_F8)
    if tab is not None:
        tour.key(tab)


def _paid(tour: Tour, name: str = "") -> None:
    """Pay in cash, exactly, and go on to the next customer."""
    tour.key(Qt.Key.Key_F9)
    tour.key(Qt.Key.Key_Return)
    if name:
        tour.picture(name)
    tour.key(Qt.Key.Key_Return)


def _coupons(tour: Tour) -> None:
    tour.scan(card_number(WALLET))
    for code in (TISSUES, TISSUES, _MILK, _MILK, _SNACK):
        tour.scan(code)
    tour.picture("member-with-coupons")
    _sheet(tour, _COUPONS)
    tour.picture("coupons")
    tour.key(Qt.Key.Key_F9)
    tour.picture("best-coupons")
    tour.key(Qt.Key.Key_Escape)
    tour.type(_PUBLISHED)
    tour.picture("published-code-waits")
    tour.scan(TISSUES)
    tour.picture("published-code")
    _sheet(tour)
    tour.picture("this-sale")
    tour.key(Qt.Key.Key_F10)
    tour.key(Qt.Key.Key_F9)
    tour.key(Qt.Key.Key_F6)
    tour.key(Qt.Key.Key_Return)
    tour.picture("paid-with-coupons-and-balance")
    tour.key(Qt.Key.Key_Return)


def _recharge(tour: Tour) -> None:
    tour.type("0017")
    _sheet(tour, _TOP_UP)
    tour.picture("top-up")
    tour.key(Qt.Key.Key_Return)
    tour.picture("top-up-in-the-basket")
    _paid(tour, "topped-up")


def _from_the_balance(tour: Tour) -> None:
    tour.type("0017")
    tour.scan(TISSUES)
    tour.key(Qt.Key.Key_F9)
    tour.key(Qt.Key.Key_F6)
    tour.picture("pay-from-the-balance")
    tour.key(Qt.Key.Key_Return)
    tour.picture("paid-from-the-balance")
    tour.key(Qt.Key.Key_Return)


def _gift_cards(tour: Tour) -> None:
    tour.scan(SOLD_CARD)
    tour.picture("gift-card")
    tour.scan(NEW_CARDS[0])
    tour.picture("gift-card-amount")
    tour.key(Qt.Key.Key_Return)
    _paid(tour)
    tour.scan(TISSUES)
    tour.key(Qt.Key.Key_F9)
    tour.scan(SOLD_CARD)
    tour.picture("paid-with-a-gift-card")
    tour.key(Qt.Key.Key_Return)


def _for_points(tour: Tour) -> None:
    tour.type("0017")
    _sheet(tour, _GIFTS)
    tour.picture("gifts-for-points")
    tour.key(Qt.Key.Key_Return)
    for _ in range(3):
        tour.key(Qt.Key.Key_Down)
    tour.key(Qt.Key.Key_Return)
    tour.picture("draw")
    tour.key(Qt.Key.Key_Escape)
    _paid(tour, "paid-with-points")


def _cups(tour: Tour) -> None:
    tour.type("0017")
    tour.scan(_COFFEE)
    _sheet(tour, _CARDS)
    tour.picture("cards")
    tour.key(Qt.Key.Key_Return)
    tour.picture("a-cup-of-the-card")
    tour.key(Qt.Key.Key_Escape)
    _paid(tour)


def _take_part(tour: Tour) -> None:
    tour.scan(card_number(CHECKS_IN))
    _sheet(tour, _TAKE_PART)
    tour.picture("take-part")
    tour.key(Qt.Key.Key_Return)
    tour.picture("checked-in")
    tour.key(Qt.Key.Key_Escape)
    tour.scan(card_number(BIRTHDAY_SOON))
    tour.picture("birthday-gift")


def _keep_change(tour: Tour) -> None:
    tour.scan(_SNACK)
    tour.key(Qt.Key.Key_F9)
    tour.key(Qt.Key.Key_F8)
    tour.type("20")
    tour.picture("change-kept")
    tour.key(Qt.Key.Key_Return)


def _next_tier(tour: Tour) -> None:
    tour.scan(card_number(NEARLY_SILVER))
    for code in (TISSUES, TISSUES):
        tour.scan(code)
    tour.picture("nearly-silver")
    _paid(tour, "silver")


def _refund(tour: Tour, receipt_no: str) -> None:
    """Give back the sale with the coupons: they are there again, points and gifts are not."""
    tour.scan(receipt_no)
    tour.key(Qt.Key.Key_F4)
    tour.picture("refund-with-coupons")
    tour.key(Qt.Key.Key_F9)
    tour.picture("refunded")
    tour.key(Qt.Key.Key_Escape)


def _last_receipt(tour: Tour) -> str:
    desk = tour.running.desk
    if desk is None:
        raise TimeoutError("the desk does not stand")
    return desk.till.refunds.documents(limit=1)[0].receipt_no
