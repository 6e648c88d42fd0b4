"""The books at large: many sales, partial refunds, voids, burns and expiries against a model of its own.

``Model`` says what must come out, with running figures instead of folds.
"""

from __future__ import annotations

import datetime as dt
import random

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pos_testkit import builders as build
from pos_testkit.pure_till import Till

from pos_app.domain.ids import CategoryId, LotId, MemberId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.journal import (
    GENESIS,
    read_payload,
    record_hash,
)
from pos_app.domain.ledger.postings import (
    DRAWER,
    Asset,
)
from pos_app.domain.ledger.totals import TotalsFold
from pos_app.domain.money import Money
from pos_app.domain.points import Points
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.programme.document import Conditions, Expiry, ExpiryKind, What
from pos_app.domain.quantity import Quantity
from pos_app.domain.tender import TenderKind


class ModelSale:
    """A sale as the model remembers it: everything as stacks and counters that run down."""

    def __init__(self, sale: Sale) -> None:
        self.sale = sale
        self.back = {line.line_no: 0 for line in sale.lines}  # thousandths
        self.paid_back = 0
        self.points_back_by_lot: dict[LotId, int] = {}
        #: One entry for each redeemed point, the last to expire on top.
        self.redeemed: list[tuple[LotId, dt.date | None]] = []
        self.lot_expired = 0
        if sale.member is not None:
            for part in sale.member.burned:
                self.redeemed += [(part.lot_id, part.expires_on)] * part.points.count
        self.points_tender = next((t for t in sale.tenders if t.kind is TenderKind.POINTS), None)
        #: Fen paid back by line, and of that by points where they paid for some lines alone.
        self.back_by_line = {line.line_no: 0 for line in sale.lines}
        self.points_value_back = 0

    def points_value_of_lines(self) -> int:
        """What points paid of all that came back, where they paid for some lines alone; in fen."""
        return sum(
            line.by_points.minor * self.back_by_line[line.line_no] // line.amount.minor
            for line in self.sale.lines
            if line.amount
        )

    def is_of(self, member_id: MemberId) -> bool:
        return self.sale.member is not None and self.sale.member.member_id == member_id

    def points_kept(self) -> int:
        """Points of what did not come back, rounded up by line."""
        return sum(
            line.points.count - line.points.count * self.back[line.line_no] // line.quantity.milli
            for line in self.sale.lines
        )


class Model:
    """What one member must have."""

    def __init__(self) -> None:
        self.lots: dict[LotId, int] = {}
        self.last_day: dict[LotId, dt.date | None] = {}
        self.owed = 0

    def balance(self, today: dt.date) -> int:
        live = sum(n for lot, n in self.lots.items() if (self.last_day[lot] or today) >= today)
        return live - self.owed

    def sell(self, sale: Sale, today: dt.date) -> None:
        if sale.member is None:
            return
        burned = sum(t.points.count for t in sale.tenders)
        order = sorted(
            (lot for lot, n in self.lots.items() if n and (self.last_day[lot] or today) >= today),
            key=lambda lot: (self.last_day[lot] is None, self.last_day[lot] or today, lot),
        )
        taken: list[tuple[LotId, int]] = []
        for lot in order:
            part = min(burned, self.lots[lot])
            burned -= part
            self.lots[lot] -= part
            if part:
                taken.append((lot, part))
        assert burned == 0
        assert taken == [(part.lot_id, part.points.count) for part in sale.member.burned]
        earned = sum(line.points.count for line in sale.lines)
        repaid = min(earned, self.owed)
        self.owed -= repaid
        if earned - repaid:
            assert sale.member.new_lot is not None
            self.lots[sale.member.new_lot.lot_id] = earned - repaid
            self.last_day[sale.member.new_lot.lot_id] = sale.member.new_lot.expires_on
        else:
            assert sale.member.new_lot is None

    def refund(self, of: ModelSale, refund: Refund, today: dt.date) -> None:
        if of.sale.member is None:
            return
        back = sum(t.points.count for t in refund.tenders)
        returned = [of.redeemed.pop() for _ in range(back)]
        grace = iter(refund.member.grace_lots if refund.member else ())
        grace_of: dict[LotId, LotId] = {}
        for lot, last_day in returned:
            home = lot
            if last_day is not None and last_day < today:
                if lot not in grace_of:
                    made = next(grace)
                    grace_of[lot] = made.lot_id
                    self.last_day[made.lot_id] = made.expires_on
                    assert made.expires_on == today + dt.timedelta(days=5)
                home = grace_of[lot]
            self.lots[home] = self.lots.get(home, 0) + 1
        demanded = sum(line.points.count for line in refund.lines)
        own = of.sale.member.new_lot.lot_id if of.sale.member.new_lot else None
        # Points that came back into the sale's own lot in this very refund were not there when it was demanded.
        here = self.lots.get(own, 0) - sum(1 for lot, _ in returned if lot == own) if own else 0
        taken = min(demanded, here)
        if own and taken:
            self.lots[own] -= taken
        forgiven = min(demanded - taken, of.lot_expired)
        of.lot_expired -= forgiven
        self.owed += demanded - taken - forgiven


class Books(RuleBasedStateMachine):
    """Sells, refunds, burns and lets expire in any order; the model must agree after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = [build.member_id(1), build.member_id(2)]

    @initialize(
        burn=st.sampled_from([(100, 100), (3, 100), (7, 30), (1, 1)]),
        months=st.sampled_from([None, 1]),
        seed=st.integers(0, 5),
        only_fruit=st.booleans(),
    )
    def open(self, burn: tuple[int, int], months: int | None, seed: int, only_fruit: bool) -> None:
        self.only_fruit = only_fruit
        points, value = burn
        programme = build.programme(
            earning=(build.earning("base", 7, 100),),
            burning=(
                build.points_as_cash(
                    points,
                    value,
                    step=points,
                    minimum=0,
                    max_share_bp=10_000,
                    conditions=Conditions(what=What(categories=(CategoryId("fruit"),) if only_fruit else ())),
                ),
            ),
            benefits=(build.discount("gold", 333),),
            expiry=Expiry(ExpiryKind.ROLLING_MONTHS, months, 30, 5) if months else Expiry(grace_days=5),
        )
        self.till = Till(programme)
        self.random = random.Random(seed)
        self.models = {each: Model() for each in self.ids}
        self.sold: list[ModelSale] = []

    @rule(
        items=st.lists(
            st.tuples(st.sampled_from([0, 1, 99, 333, 1_000, 12_345]), st.integers(1, 5), st.booleans(), st.booleans()),
            min_size=1,
            max_size=3,
        ),
        who=st.sampled_from([0, 0, 0, 1, None]),
        points=st.sampled_from([0, 0, 1, 50, 300, 10_000]),
        card=st.sampled_from([0, 100, 10_000_000]),
    )
    def sell(self, items: list[tuple[int, int, bool, bool]], who: int | None, points: int, card: int) -> None:
        basket = Basket()
        for number, (fen, count, weighed, fruit) in enumerate(items):
            rate, category = build.TAX_RATES_BP[fen % 5], "fruit" if fruit else "drinks"
            thing = build.product(number, fen, is_weighed=weighed, tax_rate_bp=rate, category_id=category)
            basket = basket.add(thing, Quantity(count * 333) if weighed else Quantity.pieces(count))
        member_id = None if who is None else self.ids[who]
        sale = self.till.sell(basket, member_id, points=points, card=card)
        self._points_paid_for_what_they_may(basket, sale)
        self.sold.append(ModelSale(sale))
        if member_id is not None:
            self.models[member_id].sell(sale, self.till.today)
            self._agree(member_id, sale.member and sale.member.points_after)
            account = self.till.account(member_id)
            assert sale.member is not None
            assert sale.member.expiring == account.expiring(self.till.today, 30)

    def _points_paid_for_what_they_may(self, basket: Basket, sale: Sale) -> None:
        by_points = sum(tender.amount.minor for tender in sale.tenders if tender.kind is TenderKind.POINTS)
        assert sum(line.by_points.minor for line in sale.lines) == (by_points if self.only_fruit else 0)
        for line in sale.lines:
            assert Money(0) <= line.by_points <= line.amount
            assert not line.by_points or basket.line(line.line_no).product.category_id == "fruit"

    def _open_sales(self) -> list[ModelSale]:
        return [s for s in self.sold if any(s.back[line.line_no] < line.quantity.milli for line in s.sale.lines)]

    @precondition(lambda self: self.sold)
    @rule(data=st.data(), in_cash=st.booleans())
    def refund_part(self, data: st.DataObject, in_cash: bool) -> None:
        of = data.draw(st.sampled_from(self.sold))
        lines = []
        for line in of.sale.lines:
            left = line.quantity.milli - of.back[line.line_no]
            if left:
                step = 1 if line.is_weighed else 1000
                milli = step * data.draw(st.integers(0, left // step))
                if milli:
                    lines.append((line.line_no, milli))
        if lines:
            self._refund(of, tuple(lines), in_cash=in_cash)

    @precondition(lambda self: self.sold)
    @rule(data=st.data())
    def refund_rest(self, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from(self.sold))
        if of in self._open_sales():
            self._refund(of, None)

    @precondition(lambda self: self.sold)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from(self.sold))
        if not any(of.back.values()):
            self._refund(of, None, void=True)

    def _refund(
        self, of: ModelSale, lines: tuple[tuple[int, int], ...] | None, *, in_cash: bool = False, void: bool = False
    ) -> None:
        refund = self.till.refund(of.sale, lines, in_cash=in_cash, void=void)
        for back in refund.lines:
            sold = next(line for line in of.sale.lines if line.line_no == back.line_no)
            was = of.back[back.line_no]
            now = of.back[back.line_no] = was + back.quantity.milli
            whole = sold.quantity.milli
            assert back.amount.minor == sold.amount.minor * now // whole - sold.amount.minor * was // whole
            assert now <= whole
            of.back_by_line[back.line_no] += back.amount.minor
        for tender in refund.tenders:
            of.points_value_back += tender.amount.minor if tender.kind is TenderKind.POINTS else 0
        if self.only_fruit:
            assert of.points_value_back == of.points_value_of_lines()
        of.paid_back += refund.amount.minor
        if of.sale.member is not None:
            member_id = of.sale.member.member_id
            self.models[member_id].refund(of, refund, self.till.today)
            self._agree(member_id, refund.member and refund.member.points_after)
        if all(of.back[line.line_no] == line.quantity.milli for line in of.sale.lines):
            self._all_came_back(of)

    def _all_came_back(self, of: ModelSale) -> None:
        refunds = self.till.refunds[of.sale.sale_id]
        assert sum(r.amount.minor for r in refunds) == of.sale.payable.minor
        taxes: dict[int, list[int]] = {t.rate_bp: [t.amount.minor, t.tax.minor] for t in of.sale.taxes}
        for tax in (tax for refund in refunds for tax in refund.taxes):
            taxes[tax.rate_bp][0] -= tax.amount.minor
            taxes[tax.rate_bp][1] -= tax.tax.minor
        assert not any(figure for pair in taxes.values() for figure in pair)
        assert not of.redeemed
        for kind in TenderKind:
            paid = sum(t.amount.minor for t in of.sale.tenders if t.kind is kind)
            back = sum(t.amount.minor for r in refunds for t in r.tenders if t.kind is kind)
            assert back <= paid or kind is TenderKind.CASH
            if kind is TenderKind.POINTS:
                assert back == paid

    @rule(days=st.sampled_from([1, 3, 29, 31, 400]))
    def wait(self, days: int) -> None:
        self.till.today += dt.timedelta(days=days)

    @rule(who=st.sampled_from([0, 1]))
    def expire(self, who: int) -> None:
        member_id = self.ids[who]
        self.till.expire(member_id)
        model = self.models[member_id]
        for lot, last_day in model.last_day.items():
            if last_day is not None and last_day < self.till.today and model.lots[lot]:
                for sale in self.sold:
                    if sale.sale.member and sale.sale.member.new_lot and sale.sale.member.new_lot.lot_id == lot:
                        sale.lot_expired += model.lots[lot]
                model.lots[lot] = 0

    def _agree(self, member_id: MemberId, points_after: Points | None) -> None:
        balance = self.models[member_id].balance(self.till.today)
        assert points_after == Points(balance)
        assert self.till.account(member_id).balance(self.till.today) == Points(balance)

    @invariant()
    def the_fold_is_the_model(self) -> None:
        for member_id, model in getattr(self, "models", {}).items():
            account = self.till.account(member_id)
            assert {lot.lot_id: lot.available for lot in account.lots} == {k: n for k, n in model.lots.items() if n}
            assert all(lot.expires_on == model.last_day[lot.lot_id] for lot in account.lots)
            assert account.receivable == model.owed >= 0
            kept = sum(sale.points_kept() for sale in self.sold if sale.is_of(member_id))
            assert account.used("points", dt.date.min) == account.used("points:base", dt.date.min) == kept
            assert self.till.account(member_id, shuffle=self.random) == account

    @invariant()
    def the_books_are_closed(self) -> None:
        if not hasattr(self, "till"):
            return
        for asset in Asset:
            assert sum(p.amount for p in self.till.postings if p.asset is asset) == 0
        payloads = [read_payload(record) for record in self.till.records]
        totals = TotalsFold().add_all(payloads).result()
        assert totals.gross - totals.refunded - totals.voided == totals.net
        assert sum(t.amount.minor for t in totals.tenders) == totals.net.minor
        assert sum(t.amount.minor for t in totals.taxes) == totals.net.minor
        cash = sum(t.amount.minor for t in totals.tenders if t.kind == "cash")
        assert cash == self.till.sum_of(DRAWER)
        for tax in totals.taxes:
            assert self.till.sum_of(f"company:tax:{tax.rate_bp}") == -tax.tax.minor
            assert self.till.sum_of(f"company:sales:{tax.rate_bp}") == (tax.tax - tax.amount).minor
        assert totals.points_burned.count == self.till.sum_of("company:points_redeemed")
        assert totals.points_earned.count == -self.till.sum_of("company:points_issued")
        if not self._open_sales():
            assert totals.net == Money(0)
            assert not any(figure for tax in totals.taxes for figure in (tax.amount.minor, tax.tax.minor))
            assert not totals.points_burned

    @invariant()
    def the_tier_follows(self) -> None:
        """Nobody keeps a tier for what came back: the tier is the best of the floor and what progress reaches."""
        if not hasattr(self, "till"):
            return
        for member_id, member in self.till.members.items():
            own = [s for s in self.sold if s.sale.member and s.sale.member.member_id == member_id]
            if own and not [s for s in self._open_sales() if s in own] and (self.till.today - build.TODAY).days < 300:
                assert member.tier_id == "regular"

    def teardown(self) -> None:
        if not hasattr(self, "till"):
            return
        previous = GENESIS.hash
        for seq, record in enumerate(self.till.records, 1):
            assert (record.seq, record.prev_hash) == (seq, previous)
            assert record.hash == record_hash(previous, record.payload)
            previous = record.hash


Books.TestCase.settings = settings(max_examples=max(40, settings.default.max_examples), stateful_step_count=30)
TestBooks = Books.TestCase
