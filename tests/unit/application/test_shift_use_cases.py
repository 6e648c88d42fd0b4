"""Shifts, cash in and out, blind counts, X and Z reports: the drawer balances to zero, whatever was counted."""

import pytest
from pos_testkit.counter import CASHIER, MANAGER, OTHER, SUPERVISOR, Counter, card, cash, pieces, refused

from pos_app.application.ports import JobKind
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.postings import OVER_SHORT, SAFE
from pos_app.domain.money import Money
from pos_app.domain.staff import Permission


class TestOpening:
    def test_the_float_is_in_the_drawer(self, quiet_counter: Counter) -> None:
        shift = quiet_counter.till.shifts.open(CASHIER, Money(30_000))
        assert (shift.number, shift.cashier, quiet_counter.drawer()) == (1, "1001", 30_000)
        assert quiet_counter.till.shifts.current() == shift

    def test_a_float_of_nothing_is_a_float(self, quiet_counter: Counter) -> None:
        quiet_counter.till.shifts.open(CASHIER, Money(0))
        assert quiet_counter.drawer() == 0

    def test_less_than_nothing_is_not(self, quiet_counter: Counter) -> None:
        with quiet_counter.refuses("money.negative"):
            quiet_counter.till.shifts.open(CASHIER, Money(-1))
        assert quiet_counter.till.shifts.current() is None

    def test_open_twice_is_refused_for_everyone(self, counter: Counter) -> None:
        for operator in (CASHIER, MANAGER):
            with counter.refuses("shift.already_open"):
                counter.till.shifts.open(operator, Money(100))
        assert counter.drawer() == 50_000

    def test_nothing_is_sold_or_moved_without_a_shift(self, quiet_counter: Counter) -> None:
        with quiet_counter.refuses("shift.none"):
            quiet_counter.sell(quiet_counter.basket(1))
        with quiet_counter.refuses("shift.none"):
            quiet_counter.till.shifts.move_cash(MANAGER, None, Money(100), "零钱")
        with quiet_counter.refuses("shift.none"):
            quiet_counter.till.shifts.x_report(MANAGER, None)
        with quiet_counter.refuses("shift.none"):
            quiet_counter.till.shifts.close(CASHIER, ())

    def test_an_open_shift_outlives_a_restart(self, counter: Counter) -> None:
        shift = counter.till.shifts.current()
        counter.restart()
        assert counter.till.shifts.current() == shift


class TestCash:
    def test_in_and_out_move_the_drawer_and_open_it(self, counter: Counter) -> None:
        counter.till.shifts.move_cash(SUPERVISOR, None, Money(10_000), "换零")
        counter.till.shifts.move_cash(SUPERVISOR, None, Money(-25_000), "交款")
        assert counter.drawer() == 35_000
        jobs = counter.till.queue.open_jobs()
        assert [(job.kind, job.opens_drawer) for job in jobs] == [(JobKind.OPEN_DRAWER, True)] * 2

    def test_more_than_there_is_cannot_be_taken_out(self, counter: Counter) -> None:
        with counter.refuses("drawer.too_little"):
            counter.till.shifts.move_cash(SUPERVISOR, None, Money(-50_001), "交款")
        counter.till.shifts.move_cash(SUPERVISOR, None, Money(-50_000), "交款")
        assert counter.drawer() == 0

    def test_nothing_is_not_moved(self, counter: Counter) -> None:
        with counter.refuses("money.zero"):
            counter.till.shifts.move_cash(SUPERVISOR, None, Money(0), "")

    def test_a_cashier_needs_somebody_who_may(self, counter: Counter) -> None:
        with counter.refuses("permission.missing", permission="cash_movement"):
            counter.till.shifts.move_cash(CASHIER, None, Money(100), "换零")
        with counter.refuses("permission.missing"):
            counter.till.shifts.move_cash(CASHIER, OTHER, Money(100), "换零")
        counter.till.shifts.move_cash(CASHIER, SUPERVISOR, Money(100), "换零")
        assert counter.drawer() == 50_100

    def test_the_drawer_opens_without_a_sale_by_permission(self, counter: Counter) -> None:
        with counter.refuses("permission.missing", permission="no_sale"):
            counter.till.shifts.open_drawer(CASHIER, None, "换零")
        counter.till.shifts.open_drawer(CASHIER, SUPERVISOR, "换零")
        assert counter.kinds()[-1] == RecordKind.DRAWER_OPENED
        assert counter.drawer() == 50_000


class TestClosing:
    @pytest.mark.parametrize("difference", [0, 1, -1, 12_345, -20_000])
    def test_over_and_short_are_booked_and_the_drawer_is_empty(self, counter: Counter, difference: int) -> None:
        counter.sell(counter.basket(1, 2))
        expected = counter.drawer()
        result = counter.till.shifts.close(CASHIER, pieces(expected + difference))
        assert result.closed.count.expected == Money(expected)
        assert result.closed.count.difference == Money(difference)
        assert counter.drawer() == 0
        assert counter.sum_of(OVER_SHORT) == -difference
        # What was lifted lies in the safe, which had given the float.
        assert counter.sum_of(SAFE) == expected + difference - 50_000
        assert counter.till.shifts.current() is None

    def test_an_empty_count_is_a_count(self, counter: Counter) -> None:
        result = counter.till.shifts.close(CASHIER, ())
        assert result.closed.count.difference == Money(-50_000)
        assert counter.drawer() == 0

    @pytest.mark.parametrize("wrong", [(100, -1), (0, 5), (-100, 1), (100, 100_001)])
    def test_an_impossible_count_is_refused(self, counter: Counter, wrong: tuple[int, int]) -> None:
        with counter.refuses("count.wrong"):
            counter.till.shifts.close(CASHIER, (wrong,))

    def test_only_its_cashier_or_who_closes_the_day_closes_it(self, counter: Counter) -> None:
        for operator in (OTHER, SUPERVISOR):
            with counter.refuses("shift.not_yours"):
                counter.till.shifts.close(operator, ())
        counter.till.shifts.close(MANAGER, pieces(50_000))
        assert counter.till.shifts.current() is None

    def test_sales_on_hold_are_settled_first(self, counter: Counter) -> None:
        held = counter.till.selling.hold(CASHIER, counter.basket(1))
        with counter.refuses("shift.held_sales", count=1):
            counter.till.shifts.close(CASHIER, pieces(50_000))
        counter.till.selling.drop_held(CASHIER, held.hold_id)
        counter.till.shifts.close(CASHIER, pieces(50_000))

    def test_the_figures_of_the_shift_are_its_own(self, counter: Counter) -> None:
        counter.sell(counter.basket((1, 2)))  # 3.00
        counter.sell(counter.basket(2), card(200))
        counter.till.shifts.move_cash(SUPERVISOR, None, Money(-1_000), "交款")
        first = counter.till.shifts.close(CASHIER, pieces(counter.drawer())).closed
        assert (first.number, first.totals.sales, first.totals.gross) == (1, 2, Money(500))
        assert (first.cash_movements, first.opening_float) == (Money(-1_000), Money(50_000))
        assert {each.kind: each.amount.minor for each in first.totals.tenders} == {"cash": 300, "bank_card": 200}
        counter.open_shift(0, OTHER)
        counter.sell(counter.basket(3))
        second = counter.till.shifts.close(OTHER, pieces(counter.drawer())).closed
        assert (second.number, second.totals.sales, second.totals.gross) == (2, 1, Money(250))
        assert second.cash_movements == Money(0)

    def test_the_report_is_printed_and_the_draft_is_gone(self, counter: Counter) -> None:
        counter.till.selling.save_draft(CASHIER, counter.basket(1))
        counter.till.shifts.close(CASHIER, pieces(50_000))
        assert [job.kind for job in counter.till.queue.open_jobs()] == [JobKind.SHIFT_REPORT]
        assert counter.till.selling.draft() is None


class TestReports:
    def test_looking_changes_nothing_but_is_journalled_and_numbered(self, counter: Counter) -> None:
        counter.sell(counter.basket(1))
        drawer = counter.drawer()
        first, seq = counter.till.shifts.x_report(SUPERVISOR, None)
        second, later = counter.till.shifts.x_report(SUPERVISOR, None)
        assert (first.number, second.number, later) == (1, 2, seq + 1)
        assert first.totals == second.totals
        assert first.totals.gross == Money(150)
        assert counter.drawer() == drawer

    def test_the_day_is_not_closed_over_an_open_shift(self, counter: Counter) -> None:
        with counter.refuses("shift.still_open"):
            counter.till.shifts.close_day(MANAGER, None)

    def test_z_needs_its_permission(self, counter: Counter) -> None:
        counter.till.shifts.close(CASHIER, pieces(50_000))
        with counter.refuses("permission.missing", permission=Permission.CLOSE_DAY.value):
            counter.till.shifts.close_day(CASHIER, SUPERVISOR)
        counter.till.shifts.close_day(CASHIER, MANAGER)

    def test_z_is_numbered_sums_its_shifts_and_the_totals_never_go_back(self, counter: Counter) -> None:
        sale = counter.sell(counter.basket(1, 2))  # 1.50 + 2.00
        counter.till.shifts.close(CASHIER, pieces(counter.drawer() + 7))
        counter.open_shift(10_000, OTHER)
        counter.sell(counter.basket(3))  # 2.50
        counter.till.shifts.close(OTHER, pieces(counter.drawer() - 2))
        first = counter.till.shifts.close_day(MANAGER, None)
        assert first.drawer == Money(0)
        body = first.closed
        assert (body.z_number, body.shifts, body.over_short) == (1, (1, 2), Money(5))
        assert (body.period.gross, body.perpetual_gross, body.perpetual_sales) == (Money(600), Money(600), 2)
        counter.real.clock.advance(days=1)
        counter.open_shift(10_000)
        counter.sell(counter.basket(4))  # 3.00
        counter.real.refund_all(sale.sale.receipt_no)
        counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
        second = counter.till.shifts.close_day(MANAGER, None).closed
        assert (second.z_number, second.shifts, second.first_seq) == (2, (3,), first.seq + 1)
        assert (second.period.gross, second.period.refunded) == (Money(300), Money(350))
        assert (second.perpetual_gross, second.perpetual_refunded) == (Money(900), Money(350))
        assert second.perpetual_sales == 3
        assert second.over_short == Money(0)
        assert counter.audit().ok
        assert counter.audit().closings == 2

    def test_a_day_without_a_shift_can_be_closed(self, quiet_counter: Counter) -> None:
        closed = quiet_counter.till.shifts.close_day(MANAGER, None).closed
        assert (closed.shifts, closed.period.gross) == ((), Money(0))


def test_a_drawer_that_is_too_full_to_count_is_still_counted(counter: Counter) -> None:
    """A large sale in cash does not keep the shift from closing."""
    counter.till.shifts.move_cash(SUPERVISOR, None, Money(900_000_00), "大额")
    counter.till.shifts.close(CASHIER, pieces(counter.drawer()))
    assert counter.drawer() == 0


def test_cash_of_an_absurd_amount_is_refused(counter: Counter) -> None:
    with refused("money.too_large"):
        Money.parse("9" * 20)
    with refused("tender.amount_wrong"):
        cash(0)
