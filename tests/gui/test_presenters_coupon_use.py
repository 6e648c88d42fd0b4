"""Coupons at the counter, over real books, every action in at most three steps."""

import pytest
from pos_testkit import told
from pos_testkit.desk import CASHIER, counter
from pos_testkit.wallet_shop import ANNA, BELLA, CAKE, CLARA, DELIVERY, GOODS, TEA, WASH, Hand, shop_programme
from PySide6.QtCore import Qt

from pos_app.infrastructure.audit import verify
from pos_app.ui import messages
from pos_app.ui.requests import RefundRequest
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.screens.refund.state import Fate

Key = Qt.Key
pytestmark = pytest.mark.gui

TEA_CODE, CAKE_CODE, WASH_CODE, DELIVERY_CODE = (each.barcodes[0] for each in (TEA, CAKE, WASH, DELIVERY))


@pytest.fixture
def hand(qtbot, tmp_path):
    with counter(tmp_path, programme=shop_programme(), products=GOODS, members=(ANNA, BELLA, CLARA)) as till:
        till.sit_down(CASHIER)
        yield Hand(till)
        report = verify(till.real.ledger.path, till.real.keys.ledger, till.real.keys.signer().public_key)
        assert report.ok, report


class TestCoupons:
    def test_a_touch_on_the_panel_uses_a_coupon_and_another_leaves_it(self, hand):
        hand.give_coupons("ten")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        assert hand.payable == 3_000
        hand.begin()
        hand.offer("代金券")
        assert hand.steps == 1
        assert hand.payable == 2_000
        (offer,) = [each for each in hand.member.offers if each.used]
        assert (offer.words, offer.worth.minor) == ("代金券 ten", 1_000)
        hand.offer("代金券")
        assert hand.payable == 3_000
        assert not any(each.used for each in hand.member.offers)
        hand.offer("代金券")
        assert hand.finish().payable.minor == 2_000
        assert hand.wallet() == {}

    def test_the_best_coupons_with_one_key(self, hand):
        hand.give_coupons("ten", "full", "cake")
        hand.scan("M00001")
        hand.type(f"4*{TEA_CODE}")
        hand.scan(CAKE_CODE)
        hand.begin()
        hand.open("coupons")
        assert dict(hand.sheet.counts)[st.COUPONS] == 3
        hand.best()
        assert hand.steps == 2
        assert hand.said == "coupon.best_used"
        assert hand.sheet.notice.details["saved"].minor == 1_000 + 2_000 + 1_250
        assert all(row.ticked for row in hand.sheet.rows)
        assert "42.50" in hand.sheet.foot
        hand.back()
        assert hand.payable == 12_000 + 1_250 - 4_250
        hand.finish()
        assert hand.wallet() == {}

    def test_a_row_uses_and_leaves(self, hand):
        hand.give_coupons("ten", "full")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.open("coupons")
        assert hand.row("代金券").ticked is False
        hand.touch("代金券")
        assert hand.row("代金券").ticked
        assert hand.row("代金券").figure == "−¥10.00"
        assert "¥70.00" in hand.row("满减券").note
        hand.touch("代金券")
        assert not hand.row("代金券").ticked
        assert hand.payable == 3_000

    def test_one_that_waits_for_its_goods_is_seen_to_be_chosen_and_can_be_left(self, hand):
        hand.give_coupons("full")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.open("coupons")
        hand.touch("满减券")
        assert hand.row("满减券").ticked
        hand.touch("满减券")
        assert not hand.row("满减券").ticked
        hand.touch("满减券")
        hand.back()
        (offer,) = [each for each in hand.member.offers if each.used]
        assert (offer.words, offer.missing.minor) == ("满减券 full", 7_000)
        hand.offer("满减券")
        assert not any(each.used for each in hand.member.offers)
        assert hand.said == ""

    def test_a_scanned_code_says_for_whom_the_sale_is(self, hand):
        code = hand.give_coupons("ten", who=BELLA)
        hand.scan(TEA_CODE)
        hand.begin()
        hand.scan(code)
        assert hand.steps == 1
        assert hand.member.name == "李*"
        assert hand.payable == 2_000
        hand.scan(code)
        assert hand.said == "coupon.in_sale"

    def test_a_coupon_of_another_member_is_refused(self, hand):
        code = hand.give_coupons("ten", who=BELLA)
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.scan(code)
        assert hand.said == "coupon.other_member"
        assert hand.member.name.startswith("王")
        assert hand.payable == 3_000

    def test_a_coupon_whose_goods_are_still_to_come_says_that_it_waits(self, hand):
        hand.scan(hand.give_coupons("full"))
        hand.scan(TEA_CODE)
        hand.scan(hand.give_coupons("ten"))
        assert hand.payable == 2_000
        hand.open("coupons")
        assert "还差" in hand.row("满减券").note or "more of it" in hand.row("满减券").note
        hand.back()
        hand.type(f"4*{TEA_CODE}")
        assert hand.payable == 15_000 - 1_000 - 2_000

    def test_a_coupon_that_takes_nothing_off_yet_is_confirmed_in_words(self, hand):
        code = hand.give_coupons("full")
        hand.scan(TEA_CODE)
        hand.scan(code)
        assert hand.said == "coupon.waits_for_more"
        assert "70.00" in messages.words(hand.selling.notice)
        hand.at.view("selling").remove_requested.emit(hand.selling.lines[0].key)
        bearer = hand.give_coupons("bearer", who=None)
        hand.scan(bearer)
        assert hand.said in ("coupon.waits_for_more", "coupon.waits")

    def test_a_published_code_is_typed(self, hand):
        hand.scan(TEA_CODE)
        hand.type("spring20")
        assert hand.payable == 2_400

    def test_a_coupon_of_whoever_has_it_stays_when_the_member_leaves(self, hand):
        bearer = hand.give_coupons("bearer", who=None)
        hand.give_coupons("ten")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.scan(bearer)
        hand.offer("代金券 ten")
        assert hand.payable == 3_000 - 1_000 - 300
        hand.at.view("selling").member_cleared.emit()
        assert hand.payable == 2_700
        assert hand.finish().member is None
        assert hand.wallet() == {"ten": 1}

    def test_held_and_recalled_they_are_still_used(self, hand):
        hand.give_coupons("ten")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.offer("代金券")
        hand.at.view("selling").hold_requested.emit()
        assert hand.payable == 0
        hand.at.view("selling").recall_requested.emit()
        hand.at.view("recall").recall_requested.emit(hand.at.state("recall").held[0].key)
        assert hand.payable == 2_000
        assert hand.member.name.startswith("王")
        hand.finish()
        assert hand.wallet() == {}

    def test_held_for_a_member_who_turned_out_to_be_another_it_goes_on_for_that_one(self, hand):
        hand.give_coupons("ten")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.offer("代金券")
        hand.at.view("selling").hold_requested.emit()
        told.say(hand.at.real, told.merge(ANNA.member_id, BELLA.member_id), contains=0)
        hand.at.view("selling").recall_requested.emit()
        hand.at.view("recall").recall_requested.emit(hand.at.state("recall").held[0].key)
        assert hand.payable == 2_000
        assert hand.member.name.startswith("李")
        sale = hand.finish()
        assert sale.member.member_id == BELLA.member_id
        assert hand.wallet(BELLA) == {}

    def test_a_slip_of_the_former_entry_is_taken_in_the_sale_of_the_one_who_stays(self, hand):
        code = hand.give_coupons("ten")
        told.say(hand.at.real, told.merge(ANNA.member_id, BELLA.member_id), contains=0)
        hand.scan("M00002")
        hand.scan(TEA_CODE)
        hand.scan(code)
        assert hand.payable == 2_000

    def test_who_turns_out_to_be_another_during_their_sale_is_that_one_after_a_look_elsewhere(self, hand):
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        code = hand.give_coupons("ten")
        told.say(hand.at.real, told.merge(ANNA.member_id, BELLA.member_id), contains=0)
        hand.scan(code)
        assert hand.payable == 2_000
        assert hand.member.name.startswith("李")
        assert hand.finish().member.member_id == BELLA.member_id


class TestRefund:
    def test_the_refund_says_beforehand_which_coupon_comes_back(self, hand):
        hand.give_coupons("ten")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.offer("代金券")
        sale = hand.finish()
        desk, view = hand.at.desk, hand.at.view("refund")
        desk.go("refund", RefundRequest(sale.receipt_no))
        view.all_requested.emit()
        (back,) = hand.at.state("refund").preview.holdings
        assert (back.fate, back.name, back.figure) == (Fate.GIVEN_BACK, "代金券 ten", "1")

    def test_back_at_the_counter_the_member_is_as_the_refund_left_them(self, hand):
        hand.scan("M00001")
        sale = hand.pay_in()
        hand.scan("M00001")
        before = hand.member.stored_value
        desk, view = hand.at.desk, hand.at.view("refund")
        desk.go("refund", RefundRequest(sale.receipt_no))
        view.all_requested.emit()
        taken = hand.at.state("refund").preview.holdings
        assert {each.fate for each in taken} == {Fate.TAKEN_BACK}
        view.refund_requested.emit("")
        hand.at.approve()
        desk.go("selling")
        assert before.minor > 0
        assert hand.member.stored_value.minor == 0
