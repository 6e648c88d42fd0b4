"""Payment at a till with a head office: what is greyed, what is asked, what a no and no answer lead to."""

from __future__ import annotations

import threading

import pytest
from pos_testkit.desk import CASHIER, counter
from pos_testkit.fake_office import FakeOffice
from pos_testkit.wallet_shop import ANNA, BELLA, CARD, CLARA, GOODS, TEA, Hand, shop_programme

from pos_app.application.head_office import Line, SpendAsset
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.runtime.lanes import Lanes, Operations
from pos_app.ui import messages
from pos_app.ui.screens.payment import state as st
from pos_app.ui.state import Tone

pytestmark = pytest.mark.gui

TEA_CODE = TEA.barcodes[0]


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def hand(qtbot, tmp_path, office):
    members = (ANNA, BELLA, CLARA)
    with counter(tmp_path, programme=shop_programme(), products=GOODS, members=members, office=office) as till:
        till.sit_down(CASHIER)
        yield Hand(till)
        report = verify(till.real.ledger.path, till.real.keys.ledger, till.real.keys.signer().public_key)
        assert report.ok, report


def to_payment(hand: Hand, *codes: str) -> None:
    for code in codes:
        hand.scan(code)
    hand.pay()
    assert hand.at.screen == "payment"


def short_of(hand: Hand, office: FakeOffice, left: int) -> None:
    """Head office knows of less than the till."""
    office.left = {each.lot_id: left for each in hand.account().wallet}


def shown(hand: Hand, kind: str):
    button = hand.at.view("payment")._kinds[kind]
    return button.isVisibleTo(hand.at.view("payment")), button.isEnabled()


class TestWithALine:
    def test_granted_without_another_step(self, hand, office):
        hand.pay_in()
        to_payment(hand, "M00001", TEA_CODE)
        assert shown(hand, st.STORED_VALUE) == (True, True)
        hand.kind(st.STORED_VALUE)
        seen = []
        office.meanwhile = lambda: seen.append(hand.payment)
        hand.take(st.STORED_VALUE)
        assert hand.payment.done
        (asking,) = seen
        assert (asking.busy, asking.asking, asking.notice.code) == (True, True, "spend.asking")
        assert hand.last_sale().authorisations == (office.questions[-1].authorisation_id,)
        assert office.hear(hand.at.real.ledger) == set()

    def test_declined_gives_that_tender_back_and_keeps_the_rest(self, hand, office):
        hand.pay_in()
        short_of(hand, office, 250)
        to_payment(hand, "M00001", TEA_CODE)
        hand.kind(st.STORED_VALUE)
        hand.take(st.STORED_VALUE, "20")
        hand.take(st.CARD, "10", "880012345")
        assert hand.said == "spend.declined"
        assert "¥" in messages.words(hand.payment.notice)
        assert [each.kind for each in hand.payment.tenders] == [st.CARD], "what the card reader took stays"
        assert hand.payment.remaining.minor == 2_000
        hand.take(st.CASH, "20")
        assert hand.payment.done
        assert office.hear(hand.at.real.ledger) == set()

    def test_declined_for_what_the_basket_itself_spends(self, hand, office):
        hand.give_coupons("ten")
        short_of(hand, office, 0)
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.offer("代金券 ten")
        hand.pay()
        hand.take()
        assert hand.at.screen == "selling", "the basket stays, and the coupon can be taken out"
        assert hand.said == "spend.declined"
        assert hand.selling.lines

    def test_no_answer_keeps_everything_and_taking_again_asks_again(self, hand, office):
        hand.pay_in()
        office.answers_lost = 1
        to_payment(hand, "M00001", TEA_CODE)
        hand.take(st.STORED_VALUE, "30")
        assert (hand.said, hand.payment.notice.tone) == ("spend.no_answer", Tone.WARNING)
        assert len(hand.payment.tenders) == 1
        hand.take(st.CASH, "0")
        assert hand.payment.done
        first, second = office.questions
        assert first.authorisation_id == second.authorisation_id

    def test_no_answer_and_paid_otherwise(self, hand, office):
        hand.pay_in()
        office.answers_lost = 1
        to_payment(hand, "M00001", TEA_CODE)
        hand.take(st.STORED_VALUE, "30")
        hand.at.view("payment").remove_requested.emit(hand.payment.tenders[0].key)
        hand.take(st.CASH, "30")
        assert hand.payment.done
        assert hand.last_sale().authorisations == ()
        assert office.hear(hand.at.real.ledger) == set()

    def test_left_after_no_answer(self, hand, office):
        hand.pay_in()
        office.answers_lost = 1
        to_payment(hand, "M00001", TEA_CODE)
        hand.take(st.STORED_VALUE, "30")
        assert office.hear(hand.at.real.ledger)
        hand.back()
        assert hand.at.screen == "selling"
        assert office.hear(hand.at.real.ledger) == set(), "released"

    def test_called_off_while_it_is_asked(self, hand, office):
        hand.pay_in()
        to_payment(hand, "M00001", TEA_CODE)
        office.meanwhile = lambda: hand.back()
        hand.take(st.STORED_VALUE, "30")
        assert hand.at.screen == "payment"
        assert (hand.said, hand.payment.tenders, hand.payment.busy) == ("spend.called_off", (), False)
        assert office.hear(hand.at.real.ledger) == set()
        hand.take(st.STORED_VALUE, "30")
        assert hand.payment.done, "another try is another question"

    def test_a_card_is_moved_with_its_word(self, hand, office):
        hand.sell_card()
        hand.scan("M00001")
        hand.open("recharge")
        hand.touch("Move")
        office.meanwhile = lambda: hand.back()
        hand.answer(CARD)
        assert (hand.at.screen, hand.said) == ("benefits", "spend.called_off")
        office.answers_lost = 1
        hand.answer(CARD)
        assert hand.said == "spend.no_answer"
        hand.answer(CARD)
        assert hand.said == "gift_card.moved"
        assert office.hear(hand.at.real.ledger) == set()


class TestWithoutALine:
    def test_what_cannot_be_taken_is_greyed_with_its_reason(self, hand, office):
        hand.pay_in()
        hand.give_points(2_000)
        office.line = Line.OFFLINE
        to_payment(hand, "M00001", TEA_CODE)
        for kind in (st.POINTS, st.STORED_VALUE, st.GIFT_CARD):
            assert shown(hand, kind) == (True, False)
            assert hand.at.view("payment")._kinds[kind].toolTip()
        assert hand.payment.unavailable == (st.POINTS, st.STORED_VALUE, st.GIFT_CARD)
        assert hand.payment.standing.code == "spend.offline_tenders"
        assert shown(hand, st.CASH) == (True, True)
        assert "¥" not in hand.at.view("payment")._member.text(), "no offer of what cannot be taken"
        hand.take()
        assert hand.payment.done, "everything else goes on"

    def test_what_head_office_allows_may_be_spent(self, hand, office):
        hand.pay_in()
        office.line, office.offline = Line.OFFLINE, {SpendAsset.STORED_VALUE}
        to_payment(hand, "M00001", TEA_CODE)
        assert hand.payment.unavailable == (st.GIFT_CARD,)
        hand.take(st.STORED_VALUE, "30")
        assert hand.payment.done
        assert office.questions == []

    def test_the_line_comes_back_while_paying(self, hand, office):
        hand.pay_in()
        office.line = Line.OFFLINE
        to_payment(hand, "M00001", TEA_CODE)
        office.line = Line.CURRENT
        hand.at.presenter("payment")._on_line()
        assert hand.payment.unavailable == ()
        assert hand.payment.standing is None
        hand.take(st.STORED_VALUE, "30")
        assert hand.payment.done

    def test_the_line_goes_between_choosing_and_taking(self, hand, office):
        hand.pay_in()
        to_payment(hand, "M00001", TEA_CODE)
        hand.kind(st.STORED_VALUE)
        office.line = Line.OFFLINE
        hand.take(st.STORED_VALUE, "30")
        assert hand.said == "spend.offline"
        assert hand.payment.tenders == ()
        assert hand.payment.kind == st.CASH

    def test_a_gift_card_that_is_scanned_all_the_same(self, hand, office):
        hand.sell_card()
        office.line = Line.OFFLINE
        to_payment(hand, TEA_CODE)
        hand.scan(CARD)
        assert hand.said == "spend.offline"
        assert hand.payment.card_words == ""

    def test_a_coupon_in_the_basket_is_said_before_any_money_is_taken(self, hand, office):
        hand.give_coupons("ten")
        hand.scan("M00001")
        hand.scan(TEA_CODE)
        hand.offer("代金券 ten")
        office.line = Line.OFFLINE
        hand.pay()
        assert hand.at.screen == "selling"
        assert hand.said == "spend.offline"
        assert messages.sentence("spend.offline", {"asset": "coupon"}) != messages.sentence(
            "spend.offline", {"asset": "points"}
        )


class TestTheWindow:
    def test_it_is_never_held_up_by_the_question(self, qtbot, tmp_path, office):
        """With real threads: the answer takes as long as it likes, and the window draws, prints and can call off."""
        members = (ANNA, BELLA, CLARA)
        with counter(tmp_path, programme=shop_programme(), products=GOODS, members=members, office=office) as till:
            till.sit_down(CASHIER)
            hand = Hand(till)
            hand.pay_in()
            to_payment(hand, "M00001", TEA_CODE)
            asked, answer = threading.Event(), threading.Event()

            def wait() -> None:
                asked.set()
                assert answer.wait(20)

            office.meanwhile = wait
            lanes = Lanes()
            network = Operations(lanes, till.shell)
            inline = till.desk.operations.run

            def run(lane, work, done=None, failed=None):
                (network.run if lane == "network" else inline)(lane, work, done, failed)

            till.desk.operations.run = run  # the ledger stays in this thread, which owns it here
            try:
                hand.take(st.STORED_VALUE, "30")
                qtbot.waitUntil(asked.is_set)
                assert hand.payment.asking
                view = till.view("payment")
                assert view._back.isEnabled()
                assert not view._take.isEnabled()
                answer.set()
                qtbot.waitUntil(lambda: hand.payment.done)
            finally:
                answer.set()
                del till.desk.operations.run
                lanes.shutdown()
            assert office.hear(till.real.ledger) == set()


def test_an_answer_that_nobody_expected_is_no_grant(hand, office, monkeypatch):
    hand.pay_in()
    to_payment(hand, "M00001", TEA_CODE)

    def break_down(question, is_wanted):
        raise KnownError("bug.unexpected")

    monkeypatch.setattr(office, "authorise", break_down)
    hand.take(st.STORED_VALUE, "30")
    assert hand.said == "bug.unexpected"
    assert not hand.payment.asking
    hand.take(st.CASH, "30")
    assert hand.payment.done
