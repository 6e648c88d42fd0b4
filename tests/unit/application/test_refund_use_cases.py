"""Goods that come back: the right money, the right points, never more than was sold."""

import dataclasses
from pathlib import Path
from typing import cast

import pytest
from pos_testkit import builders
from pos_testkit.counter import CASHIER, SUPERVISOR, Counter, card, counter_at, pieces, points

from pos_app.application.ports import JobKind
from pos_app.application.refunding import RefundService
from pos_app.application.replica_ports import Replica
from pos_app.domain.ids import ProductId, receipt_number
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.money import Money
from pos_app.domain.programme.document import Conditions, Expiry, ExpiryKind, What
from pos_app.domain.tender import TenderKind


def refund(counter: Counter, receipt_no: str, *lines: tuple[int, int], in_cash: bool = False):
    return counter.till.refunds.refund(SUPERVISOR, None, receipt_no, RefundRequest(lines, "不想要了", in_cash))


class TestRefund:
    def test_a_part_then_the_rest(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket((1, 3), 2)).sale  # 4.50 + 2.00
        first = refund(counter, sold.receipt_no, (1, 1_000))
        assert first.refund.amount == Money(150)
        assert counter.till.refunds.find(sold.receipt_no).left == {1: 2_000, 2: 1_000}
        second = refund(counter, sold.receipt_no, (1, 2_000), (2, 1_000))
        assert second.refund.amount == Money(500)
        assert counter.drawer() == 50_000
        with counter.refuses("refund.too_much"):
            refund(counter, sold.receipt_no, (1, 1_000))

    def test_the_preview_says_what_the_refund_then_does(self, counter: Counter) -> None:
        who = counter.member(1)
        counter.sell(counter.basket((20, 50), member=who))
        sold = counter.sell(counter.basket((20, 3), member=who), points(1_00)).sale
        head = counter.head()
        request = RefundRequest(((1, 2_000),), "")
        shown = counter.till.refunds.preview(sold.receipt_no, request)
        assert counter.head() == head
        done = counter.till.refunds.refund(SUPERVISOR, None, sold.receipt_no, request).refund
        assert (shown.amount, shown.tenders, shown.lines) == (done.amount, done.tenders, done.lines)
        assert shown.member is not None
        assert done.member is not None
        assert shown.member.points_after == done.member.points_after
        assert counter.balance(who.member_id) == done.member.points_after.count

    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            ((), "refund.nothing"),
            (((1, 0),), "refund.too_much"),
            (((1, -1_000),), "refund.too_much"),
            (((1, 4_000),), "refund.too_much"),
            (((9, 1_000),), "refund.too_much"),
            (((1, 1_000), (1, 1_000)), "refund.too_much"),
            (((1, 500),), "refund.not_whole"),
            (((1, 10**18),), "refund.too_much"),
        ],
    )
    def test_too_much_is_refused_and_books_nothing(self, counter: Counter, lines: tuple, code: str) -> None:
        sold = counter.sell(counter.basket((1, 3))).sale
        with counter.refuses(code):
            refund(counter, sold.receipt_no, *lines)

    def test_a_receipt_nobody_knows(self, counter: Counter) -> None:
        for number in (receipt_number(1, "250618", 99_999), "", "nonsense", "R" * 500, "%"):
            with counter.refuses("receipt.unknown"):
                refund(counter, number, (1, 1_000))

    def test_a_refund_cannot_be_refunded(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket(1)).sale
        back = refund(counter, sold.receipt_no, (1, 1_000)).refund
        with counter.refuses("receipt.unknown"):
            refund(counter, back.receipt_no, (1, 1_000))

    def test_a_card_gets_it_back_unless_cash_is_asked_for(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket((1, 2)), card(300)).sale
        back = refund(counter, sold.receipt_no, (1, 1_000)).refund
        assert [(each.kind, each.amount.minor) for each in back.tenders] == [(TenderKind.BANK_CARD, 150)]
        assert back.tenders[0].reference == "880012345"
        back = refund(counter, sold.receipt_no, (1, 1_000), in_cash=True).refund
        assert [(each.kind, each.amount.minor) for each in back.tenders] == [(TenderKind.CASH, 150)]
        assert counter.drawer() == 49_850

    def test_the_drawer_must_hold_it(self, quick_folder: Path) -> None:
        with counter_at(quick_folder, opening_float=100) as counter:
            sold = counter.sell(counter.basket(1), card(150)).sale
            with counter.refuses("drawer.too_little"):
                refund(counter, sold.receipt_no, (1, 1_000), in_cash=True)
            refund(counter, sold.receipt_no, (1, 1_000))
            assert counter.drawer() == 100

    def test_it_needs_permission_a_shift_and_prints_its_own_receipt(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket((1, 2)), card(300)).sale
        request = RefundRequest(((1, 1_000),))
        with counter.refuses("permission.missing", permission="refund"):
            counter.till.refunds.refund(CASHIER, None, sold.receipt_no, request)
        done = counter.till.refunds.refund(CASHIER, SUPERVISOR, sold.receipt_no, request)
        assert done.refund.approved_by == "1002"
        job = counter.till.queue.open_jobs()[-1]
        assert (job.kind, job.seq, job.opens_drawer) == (JobKind.REFUND, done.seq, False)
        counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
        with counter.refuses("shift.none"):
            counter.till.refunds.refund(SUPERVISOR, None, sold.receipt_no, request)

    def test_a_sale_of_yesterday_and_of_before_a_restart_comes_back_too(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket((21, "0.485"))).sale
        counter.real.close_day()
        counter.real.clock.advance(days=40)
        counter.restart()
        counter.open_shift()
        back = refund(counter, sold.receipt_no, (1, 285)).refund
        assert back.amount == Money(sold.payable.minor * 285 // 485)
        assert counter.till.refunds.find(sold.receipt_no).left == {1: 200}


class TestPointsBack:
    def test_redeemed_points_go_home_and_earned_ones_are_taken(self, counter: Counter) -> None:
        who = counter.member(1)
        counter.sell(counter.basket((20, 50), member=who))  # +550
        sale = counter.sell(counter.basket((20, 2), member=who), points(500)).sale  # 22.00: -500 +17
        assert counter.balance(who.member_id) == 67
        refund(counter, sale.receipt_no, (1, 2_000))
        assert counter.balance(who.member_id) == 550

    def test_points_go_home_with_the_goods_they_paid_for(self, quick_folder: Path) -> None:
        only_these = Conditions(what=What(products=(ProductId("P00020"),)))
        rules = builders.programme(burning=(builders.points_as_cash(conditions=only_these),))
        with counter_at(quick_folder, programme=rules) as counter:
            who = counter.member(1)
            counter.sell(counter.basket((20, 50), member=who))  # +550
            sale = counter.sell(counter.basket((20, 2), (2, 10), member=who), points(500)).sale  # 22.00 + 20.00
            assert [(line.by_points.minor, line.points.count) for line in sale.lines] == [(500, 17), (0, 20)]
            back = refund(counter, sale.receipt_no, (2, 10_000)).refund
            assert [(each.kind, each.amount.minor) for each in back.tenders] == [(TenderKind.CASH, 2_000)]
            assert counter.balance(who.member_id) == 50 + 17
            back = refund(counter, sale.receipt_no, (1, 2_000)).refund
            assert [(each.kind, each.amount.minor) for each in back.tenders] == [
                (TenderKind.POINTS, 500),
                (TenderKind.CASH, 1_700),
            ]
            assert counter.balance(who.member_id) == 550
            assert counter.audit().ok

    def test_what_was_earned_and_spent_is_owed_and_paid_by_the_next_sale(self, counter: Counter) -> None:
        who = counter.member(1)
        first = counter.sell(counter.basket((20, 50), member=who)).sale  # +550
        counter.sell(counter.basket((20, 20), member=who), points(500))  # 220.00: -500 +215
        back = refund(counter, first.receipt_no, (1, 50_000)).refund
        assert back.member is not None
        assert (back.member.taken_back.count, back.member.owed.count) == (50, 500)
        assert counter.account(who.member_id).receivable == 500
        assert counter.balance(who.member_id) == 215 - 500
        later = counter.sell(counter.basket((20, 30), member=who)).sale  # 330 earned, all of it repays
        assert later.member is not None
        assert (later.member.repaid.count, later.member.new_lot) == (330, None)
        assert counter.account(who.member_id).receivable == 170

    def test_points_whose_day_has_passed_come_back_with_a_grace_period(self, quick_folder: Path) -> None:
        rules = builders.programme(expiry=Expiry(ExpiryKind.ROLLING_MONTHS, 1, grace_days=10))
        with counter_at(quick_folder, programme=rules) as counter:
            who = counter.member(1)
            counter.sell(counter.basket((20, 50), member=who))
            sale = counter.sell(counter.basket((20, 2), member=who), points(500)).sale
            counter.real.close_day()
            counter.real.clock.advance(days=60)
            counter.open_shift()
            assert counter.balance(who.member_id) == 0
            back = refund(counter, sale.receipt_no, (1, 2_000)).refund
            assert back.member is not None
            (grace,) = back.member.grace_lots
            today = counter.real.context.today()
            assert grace.expires_on is not None
            assert (grace.points.count, (grace.expires_on - today).days) == (500, 10)
            assert counter.balance(who.member_id) == 500
            assert counter.audit().ok

    def test_a_tier_that_the_sale_gave_goes_with_it(self, counter: Counter) -> None:
        who = counter.member(1)
        sold = counter.sell(counter.basket((20, 91), member=who)).sale
        assert counter.member(1).tier_id == "silver"
        refund(counter, sold.receipt_no, (1, 91_000))
        assert counter.member(1).tier_id == "regular"
        counter.restart()
        assert counter.member(1).tier_id == "regular"


class TestVoid:
    def test_the_whole_sale_is_undone(self, counter: Counter) -> None:
        who = counter.member(1)
        sold = counter.sell(counter.basket((20, 2), 3, member=who)).sale
        assert counter.till.refunds.find(sold.receipt_no).can_void
        done = counter.till.refunds.void(SUPERVISOR, None, sold.receipt_no, "扫错")
        assert (done.refund.is_void, done.refund.amount) == (True, sold.payable)
        assert (counter.drawer(), counter.balance(who.member_id)) == (50_000, 0)
        assert counter.kinds()[-1] == RecordKind.VOID
        with counter.refuses("void.too_late"):
            counter.till.refunds.void(SUPERVISOR, None, sold.receipt_no, "")
        with counter.refuses("refund.voided"):
            refund(counter, sold.receipt_no, (1, 1_000))

    def test_too_late_after_a_part_came_back_or_the_shift_is_over(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket((1, 2))).sale
        refund(counter, sold.receipt_no, (1, 1_000))
        assert not counter.till.refunds.find(sold.receipt_no).can_void
        with counter.refuses("void.too_late"):
            counter.till.refunds.void(SUPERVISOR, None, sold.receipt_no, "")
        other = counter.sell(counter.basket(1)).sale
        counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
        counter.open_shift()
        assert not counter.till.refunds.find(other.receipt_no).can_void
        with counter.refuses("void.too_late"):
            counter.till.refunds.void(SUPERVISOR, None, other.receipt_no, "")

    def test_it_needs_permission(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket(1)).sale
        with counter.refuses("permission.missing", permission="void"):
            counter.till.refunds.void(CASHIER, None, sold.receipt_no, "")

    def test_a_void_that_empties_the_drawer_is_refused_when_the_cash_was_taken_out(self, counter: Counter) -> None:
        sold = counter.sell(counter.basket((20, 10))).sale
        counter.till.shifts.move_cash(SUPERVISOR, None, Money(-counter.drawer()), "交款")
        with counter.refuses("drawer.too_little"):
            counter.till.refunds.void(SUPERVISOR, None, sold.receipt_no, "")


def test_the_list_is_latest_first_and_finds_by_the_last_digits(counter: Counter) -> None:
    first = counter.sell(counter.basket(1)).sale
    second = counter.sell(counter.basket(2)).sale
    back = refund(counter, first.receipt_no, (1, 1_000)).refund
    rows = counter.till.refunds.documents()
    assert [row.receipt_no for row in rows] == [back.receipt_no, second.receipt_no, first.receipt_no]
    assert rows[0].original_receipt_no == first.receipt_no
    assert [row.receipt_no for row in counter.till.refunds.documents(second.receipt_no[-4:])] == [second.receipt_no]
    assert counter.till.refunds.documents("%") == ()


def test_a_member_whose_data_was_erased_still_gets_their_money_back(counter: Counter) -> None:
    who = builders.member(77)
    counter.real.replica.writer.put_members([who])
    sold = counter.sell(counter.basket((20, 2), member=who)).sale

    class Forgetful:
        """The replica after the member asked to be forgotten."""

        def member(self, member_id: object) -> None:
            return None

        def __getattr__(self, name: str) -> object:
            return getattr(counter.real.replica.reader, name)

    later = RefundService(dataclasses.replace(counter.real.context, replica=cast("Replica", Forgetful())))
    found = later.find(sold.receipt_no)
    assert (found.left, found.member) == ({1: 2_000}, None)
    back = later.refund(SUPERVISOR, None, sold.receipt_no, RefundRequest(((1, 2_000),))).refund
    assert back.member is not None
    assert back.member.points_after.count == 0
    assert counter.drawer() == 50_000
    assert counter.audit().ok
