"""Money in advance at the counter: recharges, and gift cards sold, moved and looked at, in at most three steps."""

import pytest
from pos_testkit.desk import CASHIER, counter
from pos_testkit.wallet_shop import (
    ANNA,
    BELLA,
    CARD,
    CLARA,
    GOODS,
    OPEN_CARD,
    SECOND_CARD,
    TEA,
    Hand,
    shop_programme,
)

from pos_app.domain.ledger.postings import ADVANCES, Asset
from pos_app.infrastructure.audit import verify
from pos_app.ui import messages
from pos_app.ui.screens.benefits import state as st

pytestmark = pytest.mark.gui

TEA_CODE = TEA.barcodes[0]


@pytest.fixture
def hand(qtbot, tmp_path):
    with counter(tmp_path, programme=shop_programme(), products=GOODS, members=(ANNA, BELLA, CLARA)) as till:
        till.sit_down(CASHIER)
        yield Hand(till)
        report = verify(till.real.ledger.path, till.real.keys.ledger, till.real.keys.signer().public_key)
        assert report.ok, report


def stored(hand) -> tuple[int, int]:
    balance = hand.at.till.stored.balance(ANNA.member_id)
    return balance.principal.minor, balance.bonus.minor


class TestRecharges:
    def test_a_step_of_the_ladder(self, hand):
        hand.scan("M00001")
        hand.begin()
        hand.open("recharge")
        assert hand.row("100 + 10").note == "Balance then ¥110.00"
        hand.touch("100 + 10")
        hand.pay()
        assert hand.steps == 3
        assert hand.payment.total.minor == 10_000
        hand.take()
        assert hand.payment.done
        assert hand.payment.stored_after.minor == 11_000
        assert stored(hand) == (10_000, 1_000)
        with hand.at.real.ledger.read() as reader:
            assert reader.account_sum(ADVANCES, Asset.FEN) == -10_000

    def test_an_amount_of_the_customers_choice(self, hand):
        hand.scan("M00001")
        hand.begin()
        hand.open("recharge")
        assert hand.row("Another amount").note == "From ¥50.00 to ¥600.00"
        hand.touch("Another amount")
        hand.answer("120")
        assert hand.steps == 3
        assert hand.at.screen == "selling"
        assert hand.payable == 12_000
        assert hand.selling.lines[0].note == "¥10.00 on top"
        hand.finish()
        assert stored(hand) == (12_000, 1_000)

    @pytest.mark.parametrize(
        ("typed", "code", "words"),
        [
            ("49.99", "stored.below_least", "¥50.00"),
            ("600.01", "stored.above_most", "¥600.00"),
            ("", "money.unreadable", ""),
            ("12a", "money.unreadable", ""),
        ],
    )
    def test_an_amount_that_cannot_be_is_said_in_place(self, hand, typed, code, words):
        hand.scan("M00001")
        hand.open("recharge")
        hand.touch("Another amount")
        hand.answer(typed)
        assert hand.at.screen == "benefits"
        assert hand.said == code
        assert words in messages.words(hand.sheet.notice)
        assert hand.sheet.ask is not None
        assert hand.payable == 0

    def test_more_than_may_be_stored(self, hand):
        hand.scan("M00001")
        hand.open("recharge")
        hand.touch("500 + 80")
        hand.open("recharge")
        row = hand.row("500 + 80")
        assert not row.enabled
        assert row.note == "More than may be stored"
        hand.touch("Another amount")
        hand.answer("500")
        assert hand.said == "prepaid.over_limit"
        assert "¥420.00" in messages.words(hand.sheet.notice)
        hand.back()
        assert hand.row("Another amount").note == "From ¥50.00 to ¥420.00"
        hand.back()
        assert hand.finish().prepaid.minor == 50_000
        assert stored(hand) == (50_000, 8_000)

    def test_recharges_and_goods_are_one_bill(self, hand):
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.open("recharge")
        hand.touch("100 + 10")
        sale = hand.finish()
        assert (sale.payable.minor, sale.prepaid.minor) == (13_000, 10_000)

    def test_nobody_can_pay_in_for_nobody(self, hand):
        hand.open("recharge")
        assert not any(row.key in ("l100", "l500", "free") for row in hand.sheet.rows)
        assert "member" in hand.sheet.foot
        hand.at.view("benefits").row_requested.emit("l100")
        assert hand.said == "stored.needs_member"


class TestSellingGiftCards:
    def test_a_new_card_of_one_amount_is_sold_by_its_scan(self, hand):
        hand.begin()
        hand.scan(CARD)
        assert hand.steps == 1
        assert [(line.name[:5], line.amount.minor) for line in hand.selling.lines] == [("春节礼品卡", 2_000)]
        hand.pay()
        hand.take()
        assert any("20.00" in words and CARD[-4:] in words for words in hand.payment.gains)
        hand.at.view("payment").next_requested.emit()
        hand.scan(CARD)
        assert hand.said == "gift_card.found"
        assert "¥20.00" in messages.words(hand.selling.notice)
        assert hand.selling.lines == ()

    def test_a_card_of_any_amount_asks_for_it(self, hand):
        hand.begin()
        hand.scan(OPEN_CARD)
        assert hand.at.screen == "benefits"
        hand.answer("88.80")
        assert hand.steps == 2
        assert hand.at.screen == "selling"
        assert hand.finish().prepaid.minor == 8_880

    def test_an_amount_it_is_not_sold_at(self, hand):
        hand.scan(OPEN_CARD)
        hand.answer("1000.01")
        assert hand.said == "gift_card.amount_wrong"
        assert hand.sheet.ask is not None
        hand.back()
        hand.back()
        assert hand.at.screen == "selling"
        assert hand.selling.lines == ()

    def test_from_the_sheet_too(self, hand):
        hand.open("recharge")
        hand.touch("Sell a gift card")
        hand.scan(CARD)
        assert hand.at.screen == "selling"
        assert hand.payable == 2_000

    def test_twice_in_one_sale_and_twice_at_all(self, hand):
        hand.scan(CARD)
        hand.scan(CARD)
        assert hand.said == "gift_card.in_sale"
        hand.finish()
        hand.open("recharge")
        hand.scan(CARD)
        assert hand.said == "gift_card.known"
        assert hand.at.screen == "benefits"

    def test_a_number_that_is_none(self, hand):
        hand.open("recharge")
        hand.touch("Sell a gift card")
        hand.answer("G123")
        assert hand.said == "input.wrong_check_digit"


class TestMovingGiftCards:
    def test_what_is_left_goes_into_the_balance(self, hand):
        hand.sell_card()
        hand.scan("M00001")
        hand.begin()
        hand.open("recharge")
        hand.touch("Move a gift card")
        hand.scan(CARD)
        assert hand.steps == 3
        assert hand.said == "gift_card.moved"
        assert "¥20.00" in messages.words(hand.sheet.notice)
        assert "¥20.00" in hand.sheet.foot, "the balance is read anew"
        assert hand.sheet.ask is None
        assert stored(hand) == (2_000, 0)
        assert hand.member.stored_value.minor == 2_000

    def test_an_empty_card_and_a_new_one(self, hand):
        hand.sell_card()
        hand.scan("M00001")
        hand.open("recharge")
        hand.touch("Move a gift card")
        hand.scan(CARD)
        hand.touch("Move a gift card")
        hand.scan(CARD)
        assert hand.said == "gift_card.empty"
        hand.scan(SECOND_CARD)
        assert hand.said == "gift_card.unknown"
        assert hand.sheet.tab == st.RECHARGE
