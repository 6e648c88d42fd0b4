"""What a scan does depends on the screen it comes to: money at payment, people in the member's sheets."""

import pytest
from pos_testkit.desk import CASHIER, counter
from pos_testkit.wallet_shop import ANNA, BELLA, GOODS, TEA, Hand, shop_programme

from pos_app.ui.screens.payment import state as st

pytestmark = pytest.mark.gui

TEA_CODE = TEA.barcodes[0]
WECHAT, BANK = "134567890123456789", ";4111111111111111=25121010000012345678?"
LABEL = "210012300990005008"


@pytest.fixture
def hand(qtbot, tmp_path):
    with counter(tmp_path, programme=shop_programme(), products=GOODS, members=(ANNA, BELLA)) as till:
        till.sit_down(CASHIER)
        yield Hand(till)


def to_payment(hand):
    hand.scan(TEA_CODE)
    hand.pay()
    assert hand.at.screen == "payment"


@pytest.mark.parametrize("text", [WECHAT, f"]C0{WECHAT}\r"])
def test_a_payment_code_pays_all_that_is_owed(hand, text):
    to_payment(hand)
    hand.scan(text)
    assert hand.payment.done
    assert hand.payment.tenders[0].kind == st.MOBILE
    assert hand.payment.tenders[0].note == WECHAT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LABEL, "payment.scan_not_payment"),
        (TEA_CODE, "payment.scan_not_payment"),
        ("R000125061899999", "payment.scan_not_payment"),
        (BANK, "input.bank_card"),
    ],
)
def test_nothing_else_pays(hand, text, code):
    to_payment(hand)
    hand.scan(text)
    assert not hand.payment.done
    assert hand.payment.tenders == ()
    assert hand.payment.notice.code == code


def test_a_member_who_says_so_late_is_put_into_the_sale(hand):
    to_payment(hand)
    hand.scan("M00001")
    assert hand.at.screen == "selling"
    assert hand.at.state("selling").member is not None
    assert "payment.into_sale" in hand.at.told
    hand.pay()
    hand.scan(WECHAT)
    assert hand.payment.done
    assert hand.payment.member


def test_what_was_taken_comes_first(hand):
    to_payment(hand)
    hand.take(st.CASH, "1")
    assert hand.payment.tenders
    hand.scan("M00001")
    assert hand.at.screen == "payment"
    assert hand.payment.notice.code == "payment.take_back_first"
    assert len(hand.payment.tenders) == 1


def test_a_card_in_the_search_is_its_member_at_once(hand):
    hand.scan(TEA_CODE)
    hand.at.view("selling").member_requested.emit()
    assert hand.at.screen == "member_search"
    hand.scan("M00001")
    assert hand.at.screen == "selling"
    assert hand.at.state("selling").member is not None


@pytest.mark.parametrize(("text", "code"), [(WECHAT, "member.scan_other"), (BANK, "input.bank_card")])
def test_what_is_nobody_is_said_in_the_search_and_on_the_form(hand, text, code):
    hand.at.view("selling").member_requested.emit()
    hand.scan(text)
    assert hand.at.state("member_search").notice.code == code
    hand.at.view("member_search").capture_requested.emit("")
    assert hand.at.screen == "member_capture"
    hand.scan(text)
    state = hand.at.state("member_capture")
    assert (state.notice.code, state.card) == (code, "")


def test_goods_never_become_a_members_card(hand):
    hand.at.view("selling").member_requested.emit()
    hand.at.view("member_search").capture_requested.emit("13900001111")
    hand.scan(TEA_CODE)
    assert hand.at.state("member_capture").card == ""
    hand.scan("]C0VIP70001\r")
    state = hand.at.state("member_capture")
    assert (state.card, state.notice) == ("VIP70001", None)
