"""The README's ten minutes of membership in the real window: every step leads where it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.application.demo import BIRTHDAY_SOON, card_number
from pos_app.bootstrap.demo_week import CHECKS_IN, NEARLY_SILVER, NEW_CARDS, SOLD_CARD, WALLET
from pos_app.bootstrap.tour import Tour, log_in
from pos_app.bootstrap.tour_membership import TISSUES, a_membership
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.money import Money
from pos_app.domain.stored_value import balance_of
from pos_app.domain.wallet import amount_of
from pos_app.infrastructure.audit import verify
from pos_app.ui.screens.benefits.state import RECHARGE

if TYPE_CHECKING:
    from pos_app.application.selling import MemberView

pytestmark = [pytest.mark.gui, pytest.mark.slow]


@pytest.fixture
def tour(qapp: object, tmp_path: Path) -> Iterator[Tour]:
    driven = Tour(tmp_path / "pictures", language="en")
    try:
        log_in(driven)
        driven.type("300")
        yield driven
    finally:
        driven.close()


def test_ten_minutes_of_membership(tour: Tour) -> None:
    books = tour.running.books
    assert books is not None
    till, today = books.till, books.till.context.today()

    def seen(number: int) -> MemberView:
        member = till.context.replica.member_by_card(card_number(number))
        assert member is not None
        return till.selling.member_view(member.member_id)

    before = seen(WALLET).customer.account
    checked_in_before = seen(CHECKS_IN).customer.account.spendable(today).count
    a_membership(tour)
    assert tour.screen() == "SellingView"

    account = seen(WALLET).customer.account
    # What the coupons' sale used is there again after its refund; a recharge of 500 came, tissues went.
    assert amount_of(account.wallet, Asset.COUPON, today) >= amount_of(before.wallet, Asset.COUPON, today)
    assert balance_of(account, today).principal == Money(100_000 + 50_000 - 5_290)
    assert amount_of(account.wallet, Asset.USE, today) == amount_of(before.wallet, Asset.USE, today) - 1
    assert [gift.left for gift in till.gifts.gifts() if gift.what == "mug"] == [19]

    assert till.gift_cards.find(NEW_CARDS[0]).left == Money(10_000)
    assert till.gift_cards.find(SOLD_CARD).left == Money(20_000 - 5_990)
    assert seen(CHECKS_IN).customer.account.spendable(today).count == checked_in_before + 5 + 50
    birthday = seen(BIRTHDAY_SOON)
    assert not birthday.gifts_due
    assert balance_of(birthday.customer.account, today).total == Money(2_000 - 990)
    assert seen(NEARLY_SILVER).tier.tier_id == "silver"

    report = verify(books.ledger.path, books.keys.ledger)
    assert (report.ok, report.reason) == (True, "")


def test_the_counter_says_what_it_does(tour: Tour) -> None:
    shell = tour.running.shell
    tour.type("HUIMIN20")
    tour.scan(card_number(NEARLY_SILVER))
    for _ in range(2):
        tour.scan(TISSUES)
    tour.type("HUIMIN20")
    notice = shell.view("selling").state.notice
    assert (notice.code, notice.details["missing"]) == ("coupon.waits_for_more", Money(15_000 - 2 * 5_290))
    tour.key(Qt.Key.Key_F9)
    tour.key(Qt.Key.Key_Return)
    (gain,) = shell.view("payment").state.gains
    assert gain == "Silver gift: 2 × 5 yuan off anything"
    tour.key(Qt.Key.Key_Return)

    tour.scan(NEW_CARDS[1])
    asked = shell.view("benefits").state
    assert (asked.tab, asked.ask.is_amount, asked.foot) == (RECHARGE, True, "")
    tour.type("80")
    (line,) = shell.view("selling").state.lines
    assert line.amount == Money(8_000)
