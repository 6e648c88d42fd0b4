"""The sheet of benefits at the counter, over real books: every action in at most three steps, and what it comes to."""

import pytest
from pos_testkit.desk import CASHIER, MANAGER, counter
from pos_testkit.wallet_shop import ANNA, BELLA, CAKE, CARD, CLARA, DELIVERY, GOODS, TEA, WASH, Hand, shop_programme
from PySide6.QtCore import Qt

from pos_app.domain.ledger.journal import RecordKind
from pos_app.infrastructure.audit import verify
from pos_app.ui import messages
from pos_app.ui.screens.benefits import state as st
from pos_app.ui.state import Phase

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


class TestTakingPart:
    def test_checking_in_once_a_day(self, hand):
        hand.scan("M00001")
        hand.begin()
        hand.open()
        hand.tab(st.TAKE_PART)
        assert dict(hand.sheet.counts)[st.TAKE_PART] == 2
        hand.touch("Check-in")
        assert hand.steps == 3
        assert hand.said == "reward.given"
        assert hand.member.points.count == 100
        row = hand.row("Check-in")
        assert not row.enabled
        assert row.note
        hand.at.view("benefits").row_requested.emit(row.key)
        assert hand.said == "reward.check_in_done"
        assert hand.points() == 100

    def test_what_was_given_can_be_used_at_once(self, hand):
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.open(st.TAKE_PART)
        hand.touch("Survey")
        assert not hand.row("Survey").enabled
        assert dict(hand.sheet.counts)[st.COUPONS] == 1
        hand.tab(st.COUPONS)
        hand.touch("代金券")
        assert hand.payable == 2_000

    def test_points_of_goodwill_need_a_manager(self, hand):
        hand.scan("M00001")
        hand.open(st.TAKE_PART)
        hand.touch("Give points")
        hand.answer("abc")
        assert hand.said == "reward.points_wrong"
        hand.answer("88")
        hand.answer("排队太久")
        hand.at.approve(MANAGER)
        assert hand.at.screen == "benefits"
        assert hand.said == "reward.given"
        assert hand.sheet.ask is None
        assert hand.points() == 88
        assert hand.member.points.count == 88
        assert dict(hand.sheet.counts)[st.REDEEM] == 2  # a cake or a turn of the wheel for 50 of them

    def test_nobody_approves_and_nothing_is_given(self, hand):
        hand.scan("M00001")
        hand.open(st.TAKE_PART)
        hand.touch("Give points")
        hand.answer("88")
        hand.answer("排队太久")
        hand.back()
        assert hand.at.screen == "benefits"
        assert hand.sheet.ask is not None, "the reason is still there to be given again"
        hand.back()
        assert hand.sheet.ask is None
        assert hand.points() == 0

    def test_a_second_enter_gives_no_second_time(self, hand, monkeypatch):
        hand.at.desk.set_operator(MANAGER)
        hand.scan("M00001")
        hand.open(st.TAKE_PART)
        hand.touch("Give points")
        hand.answer("88")
        later, ledger = [], hand.at.desk.ledger
        with monkeypatch.context() as patch:
            patch.setattr(hand.at.desk, "ledger", lambda *asked: later.append(asked))
            hand.answer("排队太久")
            hand.answer("排队太久")
        for asked in later:
            ledger(*asked)
        assert hand.points() == 88

    def test_no_member_no_list(self, hand):
        hand.open(st.TAKE_PART)
        assert hand.sheet.phase is Phase.EMPTY
        assert hand.sheet.rows == ()

    def test_a_birthday_gift_is_given_once_when_the_member_is_recognised(self, hand):
        hand.scan("M00003")
        assert hand.at.told.count("reward.given") == 1
        words = messages.words(hand.at.toasts[-1])
        assert "Birthday gift" in words
        assert hand.member.points.count == 50
        assert hand.wallet(CLARA) == {"wash": 1}
        hand.scan(TEA_CODE)
        hand.finish()
        hand.scan("M00003")
        assert hand.at.told.count("reward.given") == 1
        with hand.at.real.ledger.read() as reader:
            assert reader.count_of_kind(RecordKind.MEMBER_REWARDED) == 1


class TestTheSheet:
    def test_esc_leaves_a_question_and_then_the_sheet(self, hand):
        hand.give_points(100)
        hand.scan("M00001")
        for tab, title in (
            (st.RECHARGE, "Another amount"),
            (st.RECHARGE, "Sell a gift card"),
            (st.RECHARGE, "Move a gift card"),
            (st.REDEEM, "Any cake"),
            (st.TAKE_PART, "Give points"),
        ):
            hand.open(tab)
            hand.touch(title)
            assert hand.sheet.ask is not None
            hand.back()
            assert hand.at.screen == "benefits"
            assert hand.sheet.ask is None
            hand.back()
            assert hand.at.screen == "selling"

    def test_keys_alone_lead_everywhere(self, hand, qtbot):
        hand.give_coupons("ten", "bearer")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        shell = hand.at.shell
        shell.show()

        def press(*keys):
            for key in keys:
                qtbot.keyClick(shell.focusWidget(), key)

        press(Key.Key_F8, Key.Key_F3)
        assert hand.sheet.tab == st.COUPONS
        press(Key.Key_Return)
        assert hand.payable == 2_000
        press(Key.Key_Return)
        assert hand.payable == 3_000
        press(Key.Key_F9)
        assert hand.payable == 2_000
        press(Key.Key_F4, Key.Key_Down, Key.Key_Down, Key.Key_Return)
        assert hand.sheet.ask is not None
        press(Key.Key_5, Key.Key_0, Key.Key_Return)
        assert hand.at.screen == "selling"
        assert hand.payable == 2_000 + 5_000
        press(Key.Key_F8, Key.Key_F7, Key.Key_Return)
        assert hand.said == "reward.given"
        press(Key.Key_Escape, Key.Key_F9)
        assert hand.at.screen == "payment"
        press(Key.Key_F8)
        assert hand.payment.keeps_change
        press(Key.Key_1, Key.Key_0, Key.Key_0, Key.Key_Return)
        assert hand.payment.kept.minor == 0
        assert hand.payment.change.minor == 3_000

    @pytest.mark.parametrize("tab", st.TABS)
    def test_goods_that_are_scanned_go_into_the_sale(self, hand, tab):
        hand.scan("M00001")
        hand.open(tab)
        hand.scan(TEA_CODE)
        assert hand.at.screen == "selling"
        assert [line.name for line in hand.selling.lines] == ["西湖龙井"]

    def test_a_member_who_is_scanned_in_the_sheet_is_recognised(self, hand):
        hand.open(st.CARDS)
        assert not hand.row("Buy: Car wash card").enabled
        hand.scan("M00001")
        assert hand.at.screen == "selling"
        assert hand.member.name.startswith("王")

    def test_what_a_member_bought_cannot_be_paid_once_they_are_gone(self, hand):
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.open(st.RECHARGE)
        hand.touch("100 + 10")
        hand.at.view("selling").member_cleared.emit()
        assert hand.selling.lines[-1].note, "the line says what is wrong with it"
        hand.pay()
        assert hand.at.screen == "selling"
        assert hand.said == "sale.line_refused"

    def test_what_was_said_stays_while_the_books_are_read_anew(self, hand, monkeypatch):
        """Reading takes its time at a real window: its answer must not wipe the message away."""
        hand.scan("M00001")
        hand.open(st.TAKE_PART)
        later = []
        with monkeypatch.context() as patch:
            patch.setattr(hand.at.desk, "reader", lambda *asked: later.append(asked))
            hand.touch("Check-in")
        assert hand.said == "reward.given"
        assert len(later) >= 2
        for work, done, *_ in later:
            done(work())
        assert hand.said == "reward.given"
        assert not hand.row("Check-in").enabled

    def test_in_training_nothing_real_is_touched(self, hand):
        hand.give_coupons("ten")
        hand.at.desk.go("more")
        flow = hand.at.presenter("more")._flow
        flow.switch_training()
        head = hand.at.real.ledger.path
        hand.scan("M00001")
        hand.open(st.TAKE_PART)
        hand.touch("Check-in")
        assert hand.said == "reward.given"
        hand.tab(st.RECHARGE)
        hand.touch("100 + 10")
        hand.finish()
        flow.switch_training()
        assert head == hand.at.real.ledger.path
        assert hand.points() == 0
        assert hand.wallet() == {"ten": 1}
        assert CARD
