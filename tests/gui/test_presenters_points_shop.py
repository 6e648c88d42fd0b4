"""Things for points, count cards, services and terms at the counter: each in at most three steps, over real books."""

import pytest
from pos_testkit.desk import CASHIER, counter
from pos_testkit.wallet_shop import ANNA, BELLA, CAKE, CLARA, DELIVERY, GOODS, TEA, WASH, Hand, shop_programme
from PySide6.QtCore import Qt

from pos_app.infrastructure.audit import verify
from pos_app.ui import messages
from pos_app.ui.screens.benefits import state as st

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


class TestThingsForPoints:
    def test_a_gift_and_then_no_more_of_it(self, hand):
        hand.give_points(1_200)
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.begin()
        hand.open("redeem")
        hand.touch("Mug")
        assert hand.steps == 2
        assert not hand.row("Mug").enabled
        assert "500" in hand.sheet.foot
        hand.back()
        assert len(hand.selling.lines) == 2
        assert hand.payable == 3_000
        hand.finish()
        assert hand.points() == 700 + 30
        hand.scan("M00001")
        hand.open("redeem")
        row = hand.row("Mug")
        assert not row.enabled
        assert messages.sentence("benefit.out_of_stock", {}) in row.note
        assert hand.row("Detergent").figure.endswith("+ ¥9.90")

    def test_a_bill_of_nothing_but_gifts_is_paid_with_enter(self, hand):
        hand.give_points(600)
        hand.scan("M00001")
        hand.open("redeem")
        hand.touch("Mug")
        hand.back()
        hand.pay()
        assert hand.payment.total.minor == 0
        hand.at.view("payment")._on_enter()
        assert hand.payment.done, hand.payment.notice
        assert hand.points() == 100

    def test_for_points_and_cash(self, hand):
        hand.give_points(300)
        hand.scan("M00001")
        hand.open("redeem")
        hand.touch("Detergent")
        assert "100" in hand.row("Detergent").note  # too few for another
        hand.back()
        assert hand.payable == 990
        hand.finish()
        assert hand.points() == 100

    def test_goods_that_are_chosen_by_a_scan(self, hand):
        hand.give_points(100)
        hand.scan("M00001")
        hand.begin()
        hand.open("redeem")
        hand.touch("Any cake")
        assert hand.sheet.ask is not None
        hand.scan(TEA_CODE)
        assert hand.said == "shop.other_goods"
        assert hand.at.screen == "benefits"
        hand.begin()
        hand.steps = 2
        hand.scan(CAKE_CODE)
        assert hand.steps == 3
        assert hand.at.screen == "benefits"
        assert hand.sheet.ask is None
        hand.back()
        assert [line.name for line in hand.selling.lines] == ["桂花糕"]
        assert hand.payable == 0

    def test_a_coupon_for_points_is_there_after_the_sale_and_is_said(self, hand):
        hand.give_points(100)
        hand.scan("M00001")
        hand.open("redeem")
        hand.touch("Coupon for points")
        hand.back()
        hand.pay()
        hand.take()
        assert hand.payment.done
        assert hand.wallet() == {"ten": 1}
        assert any("代金券 ten" in words for words in hand.payment.gains)

    def test_the_result_of_a_draw_is_seen(self, hand):
        hand.give_points(300)
        hand.scan("M00001")
        for _ in range(4):
            hand.open("redeem")
            hand.touch("Lucky wheel")
            hand.back()
        hand.pay()
        hand.take()
        assert hand.payment.done
        draws = hand.last_sale().draws
        assert len(draws) == 4
        shown = " ".join(hand.payment.gains)
        for each in draws:
            assert each.prize.in_language("en") in shown

    def test_a_gift_of_the_bill_is_said(self, hand):
        hand.scan("M00001")
        hand.type(f"7*{TEA_CODE}")
        hand.open(st.TAKE_PART)
        assert hand.row("Big bill").chip
        hand.back()
        hand.pay()
        hand.take()
        assert hand.wallet() == {"ten": 1}
        assert any("代金券 ten" in words for words in hand.payment.gains)


class TestCards:
    def buy(self, hand):
        hand.scan("M00001")
        hand.begin()
        hand.open("cards")
        hand.touch("Buy: Car wash card")
        assert hand.steps == 2
        assert hand.at.screen == "selling"
        return hand.finish()

    def test_a_count_card_is_bought_used_and_left(self, hand):
        assert self.buy(hand).payable.minor == 20_000
        hand.scan("M00001")
        hand.scan(WASH_CODE)
        hand.begin()
        hand.open("cards")
        hand.touch("Car wash card")
        assert hand.steps == 2
        assert hand.row("Car wash card").ticked
        assert hand.payable == 0
        hand.touch("Car wash card")
        assert hand.payable == 2_500
        hand.touch("Car wash card")
        hand.back()
        hand.pay()
        hand.at.view("payment")._on_enter()
        assert hand.payment.done
        assert hand.wallet() == {"wash": 9, "ten": 1}

    def test_a_service_of_goods_is_free_so_often(self, hand):
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.scan(DELIVERY_CODE)
        hand.open("cards")
        hand.touch("Free delivery")
        assert hand.payable == 3_000
        hand.back()
        assert len(hand.finish().services) == 1

    def test_a_service_by_itself_is_noted_until_none_is_left(self, hand):
        hand.scan("M00001")
        hand.begin()
        hand.open("cards")
        hand.touch("Tea break")
        assert hand.steps == 2
        assert hand.said == "service.noted"
        assert hand.sheet.notice.details["left"] == 1
        hand.touch("Tea break")
        assert not hand.row("Tea break").enabled
        assert hand.at.screen == "benefits"

    def test_a_term_of_a_tier_is_bought(self, hand):
        hand.scan("M00001")
        hand.begin()
        hand.open("cards")
        hand.touch("Buy: Black")
        assert hand.steps == 2
        assert hand.payable == 9_900
        hand.finish()
        hand.scan("M00001")
        assert hand.member.tier == "Black"
        assert hand.member.tier_until == "2026-06-17"
