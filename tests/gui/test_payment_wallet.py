"""Paying from the balance and with gift cards, keeping change: at the payment screen, over real books."""

import pytest
from pos_testkit.desk import CASHIER, counter
from pos_testkit.wallet_shop import (
    ANNA,
    BELLA,
    CARD,
    CLARA,
    GOODS,
    SECOND_CARD,
    TEA,
    Hand,
    shop_programme,
)

from pos_app.domain.tender import TenderKind
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.ui import messages
from pos_app.ui.screens.payment import state as st

pytestmark = pytest.mark.gui

TEA_CODE = TEA.barcodes[0]


@pytest.fixture
def hand(qtbot, tmp_path):
    with counter(tmp_path, programme=shop_programme(), products=GOODS, members=(ANNA, BELLA, CLARA)) as till:
        till.sit_down(CASHIER)
        yield Hand(till)
        report = verify(till.real.ledger.path, till.real.keys.ledger, till.real.keys.signer().public_key)
        assert report.ok, report


def stored(hand) -> int:
    return hand.at.till.stored.balance(ANNA.member_id).total.minor


def to_payment(hand, *codes: str) -> None:
    for code in codes:
        hand.scan(code)
    hand.begin()
    hand.pay()
    assert hand.at.screen == "payment"


def offered(hand) -> str:
    return hand.at.view("payment")._amount.text()


class TestTheBalance:
    def test_it_pays_the_whole_bill(self, hand):
        hand.pay_in()
        to_payment(hand, "M00001", TEA_CODE)
        assert st.STORED_VALUE in hand.payment.kinds
        hand.kind(st.STORED_VALUE)
        assert offered(hand) == "30.00"
        hand.take(st.STORED_VALUE)
        assert hand.steps == 3
        assert hand.payment.done
        assert hand.payment.stored_after.minor == stored(hand) == 11_000 - 3_000

    def test_it_pays_a_part_and_cash_the_rest(self, hand):
        hand.pay_in()
        to_payment(hand, "M00001", *[TEA_CODE] * 4)
        hand.kind(st.STORED_VALUE)
        assert offered(hand) == "110.00"
        hand.take(st.STORED_VALUE)
        assert hand.payment.remaining.minor == 1_000
        assert st.STORED_VALUE not in hand.payment.kinds
        hand.take(st.CASH, "20")
        assert hand.payment.change.minor == 1_000
        assert stored(hand) == 0

    def test_more_than_there_is(self, hand):
        hand.pay_in()
        to_payment(hand, "M00001", TEA_CODE)
        hand.kind(st.STORED_VALUE)
        hand.take(st.STORED_VALUE, "30.01")
        assert hand.said == "stored.too_little"
        assert "¥30.00" in messages.words(hand.payment.notice)

    def test_what_it_offers_is_what_it_can_beside_other_ways_of_the_shops_own(self, hand):
        """Of a bill with a recharge in it the balance pays for the goods that nothing else has paid for."""
        hand.pay_in()
        hand.sell_card()
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.open("recharge")
        hand.touch("100 + 10")
        hand.pay()
        hand.scan(CARD)
        hand.take(st.GIFT_CARD)
        assert hand.payment.remaining.minor == 11_000
        hand.kind(st.STORED_VALUE)
        assert offered(hand) == "10.00"
        hand.take(st.STORED_VALUE)
        assert hand.payment.remaining.minor == 10_000
        hand.take()
        assert hand.payment.done
        assert stored(hand) == 11_000 - 1_000 + 11_000

    def test_taken_out_again(self, hand):
        hand.pay_in()
        to_payment(hand, "M00001", TEA_CODE)
        hand.take(st.STORED_VALUE, "10")
        assert hand.payment.remaining.minor == 2_000
        hand.at.view("payment").remove_requested.emit(hand.payment.tenders[0].key)
        assert hand.payment.remaining.minor == 3_000
        assert st.STORED_VALUE in hand.payment.kinds

    def test_nobody_has_a_balance(self, hand):
        to_payment(hand, TEA_CODE)
        assert st.STORED_VALUE not in hand.payment.kinds
        assert hand.payment.keeps_change is None


class TestGiftCards:
    def test_it_pays_a_part_with_enter_and_cash_the_rest(self, hand):
        hand.sell_card()
        to_payment(hand, TEA_CODE)
        hand.scan(CARD)
        assert hand.payment.kind == st.GIFT_CARD
        assert "¥20.00" in hand.payment.card_words
        assert offered(hand) == "20.00", "what is on it, not what is owed"
        hand.take(st.GIFT_CARD)
        assert hand.steps == 3
        assert hand.payment.remaining.minor == 1_000
        assert hand.payment.tenders[0].note == f"*{CARD[-4:]}"
        hand.take(st.CASH, "10")
        assert hand.payment.done
        kinds = [each.kind for each in hand.last_sale().tenders]
        assert kinds == [TenderKind.GIFT_CARD, TenderKind.CASH]
        assert any(CARD[-4:] in words and "¥0.00" in words for words in hand.payment.gains)

    def test_two_cards_and_the_same_one_twice(self, hand):
        hand.sell_card()
        hand.sell_card(SECOND_CARD)
        to_payment(hand, TEA_CODE)
        hand.scan(CARD)
        hand.take(st.GIFT_CARD)
        hand.scan(CARD)
        assert hand.said == "gift_card.in_sale"
        hand.scan(SECOND_CARD)
        assert hand.payment.done, "what is left is less than what is on it: nothing has to be asked"
        assert [each.amount.minor for each in hand.last_sale().tenders] == [2_000, 1_000]

    def test_typed_instead_of_scanned(self, hand):
        hand.sell_card()
        to_payment(hand, TEA_CODE)
        hand.kind(st.GIFT_CARD)
        assert hand.payment.card_wanted
        assert not hand.at.view("payment")._amount.isVisibleTo(hand.at.view("payment")), "first which card it is"
        hand.take(st.GIFT_CARD, reference=CARD)
        assert not hand.payment.card_wanted
        assert offered(hand) == "20.00"

    def test_cards_that_cannot_pay(self, hand):
        hand.scan(TEA_CODE)
        hand.pay()
        hand.scan(CARD)
        assert hand.said == "gift_card.unknown"
        hand.back()
        hand.at.view("selling").remove_requested.emit(hand.selling.lines[0].key)
        hand.sell_card()
        to_payment(hand, TEA_CODE)
        hand.scan(CARD)
        hand.take(st.GIFT_CARD, "20.01")
        assert hand.said == "gift_card.too_little"
        assert hand.payment.tenders == ()

    def test_another_way_after_all(self, hand):
        hand.sell_card()
        to_payment(hand, TEA_CODE)
        hand.scan(CARD)
        hand.kind(st.CASH)
        assert hand.payment.card_words == "", "the card was put away"
        hand.take()
        assert hand.payment.done
        hand.at.view("payment").next_requested.emit()
        assert hand.at.till.gift_cards.find(CARD).left.minor == 2_000

    def test_a_card_pays_for_no_card(self, hand):
        hand.sell_card()
        hand.scan(SECOND_CARD)
        hand.pay()
        hand.scan(CARD)
        assert hand.said == "sale.advance_needs_money"


class TestKeepingChange:
    def test_all_of_it(self, hand):
        to_payment(hand, "M00001", TEA_CODE)
        assert hand.payment.keeps_change is False
        hand.at.view("payment").keep_change_requested.emit()
        assert hand.payment.keeps_change is True
        hand.take(st.CASH, "35.50")
        assert hand.payment.done
        assert (hand.payment.change.minor, hand.payment.kept.minor) == (0, 550)
        assert hand.payment.stored_after.minor == stored(hand) == 550

    def test_what_is_below_a_yuan_where_it_is_more_than_may_be_kept(self, hand):
        to_payment(hand, "M00001", TEA_CODE)
        hand.at.view("payment").keep_change_requested.emit()
        hand.take(st.CASH, "100.60")
        assert hand.payment.done
        assert (hand.payment.change.minor, hand.payment.kept.minor) == (7_000, 60)
        assert stored(hand) == 60

    def test_whole_yuan_of_too_much_are_simply_given_out(self, hand):
        to_payment(hand, "M00001", TEA_CODE)
        hand.at.view("payment").keep_change_requested.emit()
        hand.take(st.CASH, "100")
        assert hand.payment.done, hand.payment.notice
        assert (hand.payment.change.minor, hand.payment.kept.minor) == (7_000, 0)
        assert stored(hand) == 0

    def test_more_than_may_be_stored_is_said_and_nothing_is_taken(self, hand):
        hand.pay_in("500 + 80")
        hand.scan("M00001")
        hand.open("recharge")
        hand.touch("Another amount")
        hand.answer("340")
        hand.finish()
        hand.scan("M00001")
        hand.open("recharge")
        assert stored(hand) == 93_000
        hand.back()
        hand.scan(TEA_CODE)
        hand.open("recharge")
        hand.touch("Another amount")
        hand.answer("65")
        hand.pay()
        hand.at.view("payment").keep_change_requested.emit()
        hand.take(st.CASH, "104")
        assert hand.said == "prepaid.over_limit"
        assert hand.payment.tenders == ()
        assert hand.payment.remaining.minor == 9_500
        hand.at.view("payment").keep_change_requested.emit()
        hand.take(st.CASH, "104")
        assert hand.payment.done
        assert hand.payment.change.minor == 900

    def test_taken_back_when_the_books_refuse(self, hand, monkeypatch):
        """The line for kept change belongs to the cash it came out of: without that cash it is not owed."""
        to_payment(hand, "M00001", TEA_CODE)
        hand.at.view("payment").keep_change_requested.emit()

        def fail(*_):
            raise KnownError("ledger.not_saved", reason="disk_full")

        with monkeypatch.context() as patch:
            patch.setattr(hand.at.till.selling, "attempt", fail)
            hand.take(st.CASH, "35.50")
        assert hand.said == "ledger.not_saved"
        assert hand.payment.tenders == ()
        assert (hand.payment.total.minor, hand.payment.remaining.minor) == (3_000, 3_000)
        hand.at.view("payment").keep_change_requested.emit()
        hand.take(st.CASH, "35.50")
        assert hand.payment.done
        assert (hand.payment.change.minor, hand.payment.kept.minor) == (550, 0)
        assert stored(hand) == 0

    def test_after_a_card_that_was_taken_out_again(self, hand):
        to_payment(hand, "M00001", TEA_CODE)
        hand.take(st.CARD, "10", "0001")
        hand.at.view("payment").keep_change_requested.emit()
        hand.at.view("payment").remove_requested.emit(hand.payment.tenders[0].key)
        assert hand.payment.keeps_change is True
        hand.take(st.CASH, "30.80")
        assert (hand.payment.change.minor, hand.payment.kept.minor) == (0, 80)
