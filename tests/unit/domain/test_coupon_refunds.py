"""Coupons through sale and refunds: in whatever parts it comes back, all of it back leaves every wallet as before."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pos_testkit import builders as build
from pos_testkit import coupons as make
from pos_testkit import strategies
from pos_testkit.pure_till import Till

from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.coupons import Undoing, issue_coupon
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.moves import Move, Undo, move_postings
from pos_app.domain.ledger.refunds import everything_left
from pos_app.domain.ledger.reward_bodies import Rewarded
from pos_app.domain.member import shared_of
from pos_app.domain.money import Money
from pos_app.domain.programme.coupons import Coupon, Validity
from pos_app.domain.programme.document import Programme
from pos_app.domain.wallet import Holding

WHO = build.member_id(1)
TEA, BUN = build.product(1, 3_000), build.product(2, 500)


def till_with(programme: Programme, *coupons: Coupon) -> Till:
    """A till at which the member was given these coupons, one record each."""
    till = Till(programme)
    for coupon in coupons:
        moves = issue_coupon(coupon, till.account(WHO), till.today, till.ids.new(), 0)
        till.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), moves), move_postings(moves), WHO)
    return till


def wallet(till: Till, who: MemberId = WHO) -> dict[object, int]:
    return {each.lot_id: each.amount for each in till.account(who).wallet if each.amount}


def lots(till: Till) -> list[Holding]:
    return list(till.account(WHO).wallet)


@given(data=st.data())
def test_refunds_in_any_parts_leave_the_wallet_as_before(data: st.DataObject) -> None:
    programme = data.draw(make.programmes())
    till = till_with(programme, *(data.draw(st.sampled_from(programme.coupons)) for _ in range(3)))
    basket = data.draw(strategies.baskets()).with_member(WHO)
    for lot in lots(till):
        if data.draw(st.booleans()):
            basket = basket.use(make.used(lot))
    before = wallet(till)
    sale = till.sell(basket, WHO)
    used = {move.lot_id: -move.amount for move in sale.moves}
    assert wallet(till) == {lot: n - used.get(lot, 0) for lot, n in before.items() if n > used.get(lot, 0)}
    while left := everything_left(sale, till.refunds[sale.sale_id]):
        line_no, milli = data.draw(st.sampled_from(left))
        line = next(each for each in sale.lines if each.line_no == line_no)
        step = 1 if line.is_weighed else 1_000
        part = data.draw(st.integers(1, max(1, milli // step))) * step
        till.refund(sale, ((line_no, min(part, milli)),))
        for lot, amount in wallet(till).items():
            assert amount <= before[lot]
    assert wallet(till) == before


@pytest.mark.parametrize("first", [1, 2])
def test_a_single_use_comes_back_with_the_last_line_it_reduced(first: int) -> None:
    coupon = make.amount()
    till = till_with(make.programme(coupon), coupon)
    sale = till.sell(make.using(build.basket(TEA, BUN).with_member(WHO), *lots(till)), WHO)
    assert [(move.amount, move.lines, move.left) for move in sale.moves] == [(-1, (1, 2), 0)]
    till.refund(sale, ((first, 1_000),))
    assert wallet(till) == {}
    till.refund(sale)
    assert sum(wallet(till).values()) == 1


def test_a_coupon_that_ended_meanwhile_comes_back_for_a_few_days() -> None:
    coupon = make.amount(validity=Validity(days=3))
    till = till_with(make.programme(coupon), coupon)
    sale = till.sell(make.using(build.basket(TEA).with_member(WHO), *lots(till)), WHO)
    till.today += dt.timedelta(days=10)
    till.refund(sale)
    (held,) = till.account(WHO).wallet
    assert held.expires_on == till.today + dt.timedelta(days=till.programme.expiry.grace_days)
    assert (held.source_id, held.amount) == ("amount", 1)


def test_a_coupon_that_a_sale_gave_and_another_used_is_owed_and_repaid_by_the_next() -> None:
    coupon = make.amount(uses=2, per_bill=2)
    till = till_with(make.programme(coupon))
    account = till.account(WHO)
    plain = till.sell(build.basket(TEA).with_member(WHO), WHO)
    undoing = Undoing(Undo.LINES, lines=(1,))
    given_moves = issue_coupon(coupon, account, till.today, plain.sale_id, 0, undoing)
    till.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), given_moves), move_postings(given_moves), WHO)
    till.sell(make.using(build.basket((TEA, 3)).with_member(WHO), *lots(till)), WHO)
    assert wallet(till) == {}
    taken = tuple(  # as a refund of the first sale takes it back: it was used, so it is owed
        _owed(move) for move in given_moves
    )
    till.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), taken), move_postings(taken), WHO)
    assert [(each.source_id, each.amount) for each in till.account(WHO).owed] == [("amount", 2)]
    again = issue_coupon(coupon, till.account(WHO), till.today, till.ids.new(), 0)
    till.book(RecordKind.MEMBER_REWARDED, Rewarded("goodwill", (), again), move_postings(again), WHO)
    assert till.account(WHO).owed == ()
    assert wallet(till) == {}


def _owed(move: Move) -> Move:
    return msgspec.structs.replace(move, amount=-move.amount, is_owed=True, makes_lot=False, undo=Undo.NEVER, lines=())


def test_a_published_code_is_counted_and_counted_back() -> None:
    till = Till(make.programme(make.amount(shared_code="SPRING20", per_member=1)))
    basket = make.using(build.basket(TEA, BUN).with_member(WHO), "amount")
    sale = till.sell(basket, WHO)
    assert sale.payable == Money(2_500)
    assert till.account(WHO).used(shared_of("amount"), dt.date.min) == 1
    assert till.sell(basket, WHO).payable == Money(3_500)  # used up
    till.refund(sale, ((1, 1_000),))
    assert till.account(WHO).used(shared_of("amount"), dt.date.min) == 1
    till.refund(sale)
    assert till.account(WHO).used(shared_of("amount"), dt.date.min) == 0
