"""Whole days at a real till in any order, against a model that knows nothing of postings, folds or records.

The model keeps plain figures: what is in the drawer, each member's lots, what each sale still can give back, what
the Z report must say. Every step compares; at the end the day closes, the drawer balances to zero, and the audit
finds every record right.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections import Counter as Tally
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pos_testkit import builders
from pos_testkit.counter import CASHIER, MANAGER, SUPERVISOR, Counter, card, cash, pieces, points
from pos_testkit.till import open_test_till

from pos_app.application.ports import HeldSale
from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.domain.ids import LotId, TierId
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.money import Money
from pos_app.domain.programme.document import Expiry, ExpiryKind, Tier, TierCondition
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.text import LocalText

GRACE_DAYS = 10
#: (spent in the period in fen, multiplier in hundredths), best first; low, so that a day leads through all of them.
LADDER = ((200_000, 200), (60_000, 150), (20_000, 120), (0, 100))
TIERS = ("platinum", "gold", "silver", "regular")
RULES = builders.programme(
    levels=tuple(
        Tier(TierId(name), LocalText(name), rank, TierCondition(Money(spend)) if spend else None, hundredths * 100)
        for rank, (name, (spend, hundredths)) in enumerate(zip(reversed(TIERS), reversed(LADDER), strict=True))
    ),
    burning=(builders.points_as_cash(10, 10, step=10, minimum=10),),
    expiry=Expiry(ExpiryKind.ROLLING_MONTHS, 1, grace_days=GRACE_DAYS),
)


ITEMS = st.lists(st.tuples(st.integers(1, 29), st.integers(1, 30)), min_size=1, max_size=4)


@dataclass
class ModelLot:
    """Points that end together."""

    count: int
    last_day: dt.date


@dataclass
class ModelMember:
    """What a member must have."""

    lots: dict[LotId, ModelLot] = field(default_factory=dict)
    owed: int = 0
    spent: int = 0
    rank: int = len(LADDER) - 1

    def live(self, today: dt.date) -> int:
        return sum(lot.count for lot in self.lots.values() if lot.last_day >= today)

    def reached(self) -> int:
        return next(index for index, (spend, _) in enumerate(LADDER) if self.spent >= spend)


@dataclass
class ModelSale:
    """What a sale can still give back."""

    done: SaleDone
    member: ModelMember | None
    lines: dict[int, tuple[int, int, int, bool]]  # thousandths, fen, points, weighed
    shift: int
    back: Tally[int] = field(default_factory=Tally)
    amount_back: int = 0
    #: Redeemed points one by one would be slow: (lot, last day, count), the last to end on top.
    redeemed: list[tuple[LotId, dt.date, int]] = field(default_factory=list)
    forgivable: int = 0
    is_voided: bool = False


def at_times(price: int, milli: int) -> int:
    """A price for thousandths, half a fen upwards."""
    return (price * milli * 2 + 1_000) // 2_000


class WholeDays(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="guitai-days-", dir=memory if os.access(memory, os.W_OK) else None))
        self.counter = Counter(open_test_till(self.folder, programme=RULES))
        self.members = [ModelMember() for _ in range(3)]
        self.who = [self.counter.member(number) for number in (1, 2, 3)]
        self.sales: list[ModelSale] = []
        self.drawer = 0
        self.shift = 0
        self.z_number = 0
        self.day: Tally[str] = Tally()
        self.life: Tally[str] = Tally()
        self.held: list[HeldSale] = []
        self.days = 0

    # The day ----------------------------------------------------------------------------------------------------

    @initialize(opening_float=st.integers(0, 100_000))
    def begin(self, opening_float: int) -> None:
        self._open(opening_float)

    def _open(self, opening_float: int) -> None:
        self.counter.open_shift(opening_float)
        self.drawer = opening_float
        self.shift += 1

    @property
    def today(self) -> dt.date:
        return self.counter.real.context.today()

    @rule(items=ITEMS, who=st.integers(0, 2), by_card=st.booleans(), use_points=st.sampled_from([0, 7, 1_000]))
    def sell_to_a_member(self, items: list[tuple[int, int]], who: int, by_card: bool, use_points: int) -> None:
        self._sell(items, who, by_card=by_card, use_points=use_points)

    @rule(items=ITEMS, use_points=st.sampled_from([0, 1_000]))
    def sell_to_the_regular(self, items: list[tuple[int, int]], use_points: int) -> None:
        self._sell(items, 0, by_card=False, use_points=use_points)

    @rule(items=ITEMS, by_card=st.booleans())
    def sell_to_a_passer_by(self, items: list[tuple[int, int]], by_card: bool) -> None:
        self._sell(items, None, by_card=by_card, twice=True)

    def _sell(
        self, items: list[tuple[int, int]], who: int | None, *, by_card: bool, use_points: int = 0, twice: bool = False
    ) -> None:
        person = None if who is None else self.members[who]
        goods = {number: how_many for number, how_many in items}  # noqa: C416 -- the last one counts
        basket = self.counter.basket(
            *((n, f"{many * 37 / 1_000:.3f}" if n > 20 else many) for n, many in goods.items()),
            member=None if who is None else self.who[who],
        )
        amounts = [at_times(500 + n, many * 37) if n > 20 else (100 + 50 * n) * many for n, many in goods.items()]
        payable = sum(amounts)
        burned = 0
        if person is not None and use_points:
            most = max(0, min(person.live(self.today) - person.owed, payable // 2)) // 10 * 10
            burned = min(most, use_points * 10)
        tenders: tuple[Tender, ...] = (points(burned),) if burned else ()
        rest = payable - burned
        if rest:
            tenders += (card(rest) if by_card else cash(rest, rest + 500),)
        command = CompleteSale(self.counter.till.selling.new_sale_id(), basket, tenders, Money(payable))
        done = self.counter.till.selling.complete(CASHIER, command)
        if twice:
            assert self.counter.till.selling.complete(CASHIER, command).sale == done.sale
        self.drawer += 0 if by_card else rest
        self.day.update(sales=1, gross=payable, bank_card=rest if by_card else 0, cash=0 if by_card else rest)
        self.day.update(points=burned)
        sold = ModelSale(
            done,
            person,
            {
                line.line_no: (line.quantity.milli, line.amount.minor, line.points.count, line.is_weighed)
                for line in done.sale.lines
            },
            self.shift,
        )
        self.sales.append(sold)
        if person is not None:
            self._earn(sold, person, payable, burned)

    def _earn(self, sold: ModelSale, person: ModelMember, payable: int, burned: int) -> None:
        sale = sold.done.sale
        assert sale.member is not None
        rest = burned
        live = [
            (lot.last_day, lot_id) for lot_id, lot in person.lots.items() if lot.count and lot.last_day >= self.today
        ]
        for last_day, lot_id in sorted(live):
            part = min(rest, person.lots[lot_id].count)
            if part:
                person.lots[lot_id].count -= part
                sold.redeemed.append((lot_id, last_day, part))
                rest -= part
        assert rest == 0
        earned = (payable - burned) * LADDER[person.rank][1] // 10_000
        assert sum(count for _, _, count, _ in sold.lines.values()) == earned
        person.spent += payable
        person.rank = min(person.rank, person.reached())
        repaid = min(earned, person.owed)
        person.owed -= repaid
        if earned - repaid:
            assert sale.member.new_lot is not None
            last_day = sale.member.new_lot.expires_on
            assert last_day is not None
            assert 27 <= (last_day - self.today).days <= 30
            person.lots[sale.member.new_lot.lot_id] = ModelLot(earned - repaid, last_day)
        assert sale.member.points_after.count == person.live(self.today) - person.owed

    @rule(data=st.data(), in_cash=st.booleans())
    def refund(self, data: st.DataObject, in_cash: bool) -> None:
        open_sales = [each for each in self.sales if not each.is_voided and self._left(each)]
        if not open_sales:
            return
        sold = data.draw(st.sampled_from(open_sales))
        chosen = []
        for line_no, left in self._left(sold).items():
            step = 1 if sold.lines[line_no][3] else 1_000
            part = data.draw(st.integers(0, left // step)) * step
            if part:
                chosen.append((line_no, part))
        if not chosen:
            return
        self._take_back(sold, tuple(chosen), in_cash=in_cash, is_void=False)

    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        voidable = [each for each in self.sales if each.shift == self.shift and not each.back]
        if voidable:
            sold = data.draw(st.sampled_from(voidable))
            self._take_back(sold, tuple((n, milli) for n, (milli, *_) in sold.lines.items()), is_void=True)

    def _left(self, sold: ModelSale) -> dict[int, int]:
        return {n: milli - sold.back[n] for n, (milli, *_) in sold.lines.items() if milli > sold.back[n]}

    def _take_back(
        self, sold: ModelSale, lines: tuple[tuple[int, int], ...], *, in_cash: bool = False, is_void: bool
    ) -> None:
        sale = sold.done.sale
        amount = earned = 0
        for n, milli in lines:
            whole, fen, points_of_line, _ = sold.lines[n]
            before, after = sold.back[n], sold.back[n] + milli
            amount += fen * after // whole - fen * before // whole
            earned += points_of_line * after // whole - points_of_line * before // whole
        # Points give back their share of what came back so far, rounded down; the other tender the rest.
        of_points = next((t.amount.minor for t in sale.tenders if t.kind is TenderKind.POINTS), 0)
        total_back, payable = sold.amount_back + amount, sale.payable.minor
        points_part = total_back * of_points // payable - sold.amount_back * of_points // payable if payable else 0
        rest = amount - points_part
        by_card = any(t.kind is TenderKind.BANK_CARD for t in sale.tenders) and (is_void or not in_cash)
        from_drawer = 0 if by_card else rest
        receipt_no = sale.receipt_no
        refunds = self.counter.till.refunds
        if from_drawer > self.drawer:
            with self.counter.refuses("drawer.too_little"):
                if is_void:
                    refunds.void(SUPERVISOR, None, receipt_no, "")
                else:
                    refunds.refund(SUPERVISOR, None, receipt_no, RefundRequest(lines, "", in_cash))
            return
        if is_void:
            done = refunds.void(SUPERVISOR, None, receipt_no, "").refund
            sold.is_voided = True
            self.day.update(voids=1, voided=amount)
        else:
            done = refunds.refund(SUPERVISOR, None, receipt_no, RefundRequest(lines, "", in_cash)).refund
            self.day.update(refunds=1, refunded=amount)
        assert done.amount == Money(amount)
        for n, milli in lines:
            sold.back[n] += milli
        sold.amount_back += amount
        self.drawer -= from_drawer
        self.day.update(cash=-from_drawer, bank_card=-(rest - from_drawer), points=-points_part)
        if sold.member is not None:
            self._points_back(sold, sold.member, done, points_part, earned)
            sold.member.spent -= amount
            sold.member.rank = max(sold.member.rank, sold.member.reached())

    def _points_back(self, sold: ModelSale, person: ModelMember, done: Refund, back: int, earned: int) -> None:
        """Earned points leave their own lot first (it was never one of those that paid), then redeemed ones return."""
        own = sold.done.sale.member.new_lot if sold.done.sale.member else None
        taken = 0
        if own is not None:
            taken = min(earned, person.lots[own.lot_id].count)
            person.lots[own.lot_id].count -= taken
        forgiven = min(earned - taken, sold.forgivable)
        sold.forgivable -= forgiven
        person.owed += earned - taken - forgiven
        assert done.member is not None
        grace = iter(done.member.grace_lots)
        while back:
            lot_id, last_day, count = sold.redeemed.pop()
            part = min(back, count)
            back -= part
            if count > part:
                sold.redeemed.append((lot_id, last_day, count - part))
            if last_day >= self.today:
                person.lots[lot_id].count += part
            else:
                made = next(grace)
                assert made.points.count == part
                person.lots[made.lot_id] = ModelLot(part, self.today + dt.timedelta(days=GRACE_DAYS))
        assert next(grace, None) is None

    @rule(amount=st.integers(-60_000, 60_000).filter(bool))
    def move_cash(self, amount: int) -> None:
        if self.drawer + amount < 0:
            with self.counter.refuses("drawer.too_little"):
                self.counter.till.shifts.move_cash(SUPERVISOR, None, Money(amount), "")
            return
        self.counter.till.shifts.move_cash(SUPERVISOR, None, Money(amount), "")
        self.drawer += amount

    @rule(number=st.integers(1, 29), what=st.sampled_from(["hold", "recall", "look", "reprint", "restart"]))
    def do_what_else_is_done(self, number: int, what: str) -> None:
        till = self.counter.till
        if what == "hold":
            self.held.append(till.selling.hold(CASHIER, self.counter.basket(number)))
        elif what == "recall" and self.held:
            held = self.held.pop(0)
            assert till.selling.recall(CASHIER, held.hold_id) == held.basket
        elif what == "look":
            till.shifts.x_report(SUPERVISOR, None)
        elif what == "reprint" and self.sales:
            till.queue.reprint(CASHIER, None, self.sales[-1].done.sale.receipt_no)
            self.day.update(reprints=1)
        elif what == "restart":
            self.counter.restart()

    @rule(difference=st.integers(-300, 300), days=st.sampled_from([0, 1, 20, 31, 45]), with_z=st.booleans())
    def end(self, difference: int, days: int, with_z: bool) -> None:
        self.days += days
        if self.days > 300:
            days = 0  # tiers look at twelve months; the model does not
        self._close_shift(difference)
        if with_z:
            self._close_day()
        self.counter.real.clock.advance(days=days)
        self._open(20_000)

    def _close_shift(self, difference: int) -> None:
        if self.held:
            with self.counter.refuses("shift.held_sales", count=len(self.held)):
                self.counter.till.shifts.close(CASHIER, ())
            for each in self.held:
                self.counter.till.selling.drop_held(CASHIER, each.hold_id)
            self.held.clear()
        counted = max(0, self.drawer + difference)
        closed = self.counter.till.shifts.close(CASHIER, pieces(counted)).closed
        assert (closed.number, closed.count.expected) == (self.shift, Money(self.drawer))
        assert closed.count.difference == Money(counted - self.drawer)
        self.day.update(over_short=counted - self.drawer)
        self.drawer = 0

    def _close_day(self) -> None:
        result = self.counter.till.shifts.close_day(MANAGER, None)
        self.z_number += 1
        body, day = result.closed, self.day
        assert (body.z_number, result.drawer, body.over_short) == (self.z_number, Money(0), Money(day["over_short"]))
        period = body.period
        assert (period.sales, period.refunds, period.voids) == (day["sales"], day["refunds"], day["voids"])
        assert (period.gross, period.refunded, period.voided) == tuple(
            Money(day[name]) for name in ("gross", "refunded", "voided")
        )
        assert period.reprints == day["reprints"]
        by_kind = {each.kind: each.amount.minor for each in period.tenders}
        assert {kind: by_kind.get(kind, 0) for kind in ("cash", "bank_card", "points")} == {
            kind: day[kind] for kind in ("cash", "bank_card", "points")
        }
        assert sum(each.amount.minor for each in period.taxes) == period.net.minor
        self.life.update(day)
        assert body.perpetual_gross == Money(self.life["gross"])
        assert body.perpetual_refunded == Money(self.life["refunded"] + self.life["voided"])
        assert body.perpetual_sales == self.life["sales"]
        self.day = Tally()
        self._expire()

    def _expire(self) -> None:
        """What is past its last day is gone with the Z report; a sale whose own lot it was may forgive as much."""
        for person in self.members:
            for lot_id, lot in person.lots.items():
                if lot.last_day < self.today and lot.count:
                    for sold in self.sales:
                        member = sold.done.sale.member
                        if member is not None and member.new_lot is not None and member.new_lot.lot_id == lot_id:
                            sold.forgivable += lot.count
                    lot.count = 0

    # What holds after every step --------------------------------------------------------------------------------

    @invariant()
    def drawer_is_right(self) -> None:
        assert self.counter.drawer() == self.drawer

    @invariant()
    def members_are_right(self) -> None:
        for person, who in zip(self.members, self.who, strict=True):
            account = self.counter.account(who.member_id)
            assert {lot.lot_id: lot.available for lot in account.lots if lot.available} == {
                lot_id: lot.count for lot_id, lot in person.lots.items() if lot.count
            }
            assert account.receivable == person.owed
            assert account.balance(self.today).count == person.live(self.today) - person.owed
            assert account.progress.spend == Money(person.spent)
            tier = self.counter.member(int(who.phone[-1])).tier_id
            assert tier == TIERS[person.rank]

    @invariant()
    def sales_know_what_is_left(self) -> None:
        for sold in self.sales[-3:]:
            found = self.counter.till.refunds.find(sold.done.sale.receipt_no)
            assert {n: milli for n, milli in found.left.items() if milli} == self._left(sold)
            assert found.can_void == (sold.shift == self.shift and self.drawer_is_open() and not sold.back)

    def drawer_is_open(self) -> bool:
        return self.counter.till.shifts.current() is not None

    def teardown(self) -> None:
        try:
            if self.drawer_is_open():
                self._close_shift(0)
                self._close_day()
            assert self.counter.drawer() == 0
            report = self.counter.audit()
            assert report.ok, report
            assert report.closings == self.z_number
        finally:
            self.counter.real.close()
            shutil.rmtree(self.folder, ignore_errors=True)


WholeDays.TestCase.settings = settings(
    max_examples=16,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestWholeDays = WholeDays.TestCase
