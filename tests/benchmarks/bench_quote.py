"""A basket of fifty lines under two hundred benefits, the same after one more scan, and a member's account.

Baskets, members and rules are those of ``supermarket``: dozens of benefits overlap in each basket. A quote is made of
lines nobody has priced yet; a re-quote is made right after it, with one more thing scanned.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from benchmarks.figures import Figure, interleaved, median, percentile
from benchmarks.supermarket import COUPONS, NOW, STORE, TODAY, Supermarket
from pos_testkit import builders as build
from pos_testkit.clock import SettableClock
from pos_testkit.till import RealTill, real_till

from pos_app.application.ports import LedgerTx
from pos_app.domain.ids import RecordId, SaleId, ShiftId, StaffId
from pos_app.domain.ledger.journal import Entry, RecordKind
from pos_app.domain.ledger.sales import SaleContext, build_sale
from pos_app.domain.member import Member
from pos_app.domain.money import FULL_RATE_BP, Money
from pos_app.domain.pricing.basket import Basket
from pos_app.domain.pricing.engine import Customer, quote
from pos_app.domain.pricing.paid import NOTHING_PAID, Paid, paid_with
from pos_app.domain.pricing.quote import Quote
from pos_app.domain.programme.conditions import covers
from pos_app.domain.programme.document import Programme
from pos_app.domain.tender import Tender, TenderKind
from pos_app.infrastructure.databases import DatabaseFile, Mode
from pos_app.infrastructure.ledger.store import READER_CACHE_KIB

T = TypeVar("T")
LINES, QUOTES, WARM_UP = 50, 400, 20
RECORDS, FOLDS = 5_000, 60
#: A member who never spends keeps a lot for every sale; one who does keeps the latest.
SPEND_EVERY = 10
_SUMS = "SELECT account, lot, sum(amount) FROM posting WHERE member = ? GROUP BY account, lot HAVING sum(amount) <> 0"


def run(large: bool) -> list[Figure]:
    """Measure."""
    return [*_quotes(), *_accounts()]


# Quotes


def _quotes() -> list[Figure]:
    shop, rng = Supermarket(), random.Random(1)
    first, again, floors, gaps = _Times(), _Times(), _Times(), list[float]()
    with _no_collecting():
        for number in range(WARM_UP + QUOTES):
            customer = shop.customer(number)
            basket = shop.with_coupons(shop.basket(LINES, rng), customer)
            longer = shop.scan(basket, rng)
            if number == WARM_UP:
                first, again, floors, gaps = _Times(), _Times(), _Times(), []
            floors.take(lambda basket=basket: _one_discount_each(basket, shop.programme))
            first.take(lambda basket=basket, customer=customer: _price(basket, customer, shop.programme))
            priced = again.take(lambda basket=longer, customer=customer: _price(basket, customer, shop.programme))
            gaps.append(priced.gap.minor * 100 / max(1, priced.payable.minor))
            if number % 20 == 0:
                gc.collect()
    benefits = len(shop.programme.benefits)
    quoted, requoted = f"quote, {LINES} lines, {benefits} benefits, {COUPONS} coupons", "re-quote after one more scan"
    floor = "floor: each line with its best single percentage, all benefits looked at, plain Python"
    return [
        Figure(f"{quoted}, p50", median(first.wall), "ms", floor=median(floors.wall), note=floor),
        Figure(f"{quoted}, p99", percentile(first.wall, 99), "ms", limit=10, floor=percentile(floors.wall, 99)),
        Figure(f"{quoted}, p99 of the processor's time", percentile(first.cpu, 99), "ms"),
        Figure(f"{requoted}, p50", median(again.wall), "ms", floor=median(floors.wall)),
        Figure(f"{requoted}, p99", percentile(again.wall, 99), "ms", limit=5, floor=percentile(floors.wall, 99)),
        Figure(f"{requoted}, p99 of the processor's time", percentile(again.cpu, 99), "ms"),
        Figure("baskets whose price is not proven the lowest", 100 * sum(gap > 0 for gap in gaps) / len(gaps), "%"),
        Figure("gap to the bound, mean", sum(gaps) / len(gaps), "%"),
        Figure("gap to the bound, p99", percentile(gaps, 99), "%"),
    ]


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """The till collects on a timer, never in the middle of a scan."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Times:
    """Milliseconds by the clock and by what the processor did for us."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def take(self, work: Callable[[], T]) -> T:
        begin, begin_cpu = time.perf_counter(), time.process_time()
        result = work()
        self.cpu.append((time.process_time() - begin_cpu) * 1e3)
        self.wall.append((time.perf_counter() - begin) * 1e3)
        return result


def _price(basket: Basket, customer: Customer | None, programme: Programme) -> Quote:
    return quote(basket, customer, programme, NOW, today=TODAY, store=STORE)


def _one_discount_each(basket: Basket, programme: Programme) -> int:
    """What a till does that knows one percentage for each line and no combination."""
    total = 0
    for line in basket.lines:
        best = 0
        for benefit in programme.benefits:
            off_bp = getattr(benefit, "off_bp", 0)
            if off_bp > best and covers(benefit.conditions.what, line.product):
                best = off_bp
        total += line.product.price.minor * line.quantity.milli * (FULL_RATE_BP - best) // (1_000 * FULL_RATE_BP)
    return total


# Accounts


def _accounts() -> list[Figure]:
    figures: list[Figure] = []
    for spends, words in ((True, "who spends"), (False, "who never spends")):
        with tempfile.TemporaryDirectory(prefix="guitai-bench-") as folder:
            clock = SettableClock(build.NOON - dt.timedelta(days=5 * 365))
            with real_till(Path(folder), clock=clock, programme=build.programme()) as till:
                member = build.member(1)
                _write_history(till, clock, member, spends=spends)
                figures += _folds(till, member, words)
    return figures


def _write_history(till: RealTill, clock: SettableClock, member: Member, *, spends: bool) -> None:
    """Five years of sales to one member, written as sales are, a hundred to a transaction."""
    programme = build.programme()
    for first in range(0, RECORDS, 100):
        with till.ledger.write(StaffId("1001")) as tx:
            for number in range(first, first + 100):
                clock.advance(hours=8, minutes=45)
                customer = Customer(member, build.customer(member).account)
                if spends and number % SPEND_EVERY == SPEND_EVERY - 1:
                    account = till.context.account(tx, member.member_id, programme)
                    customer = Customer(member, account)
                _sell(till, tx, customer, programme, number, spends=spends)


def _folds(till: RealTill, member: Member, words: str) -> list[Figure]:
    """The whole of it: questions to the books and the fold; floor: the member's postings summed by the driver."""
    programme, member_id = build.programme(), member.member_id
    raw = DatabaseFile(till.ledger.path, till.keys.ledger, "ledger").connect(Mode.READ, cache_kib=READER_CACHE_KIB)
    with till.ledger.read() as reader, _no_collecting():

        def fold(_: int) -> None:
            till.context.account(reader, member_id, programme)

        def bare(_: int) -> None:
            raw.driver.execute(_SUMS, (member_id.bytes,)).fetchall()

        lots = len(till.context.account(reader, member_id, programme).lots)
        values, floors = interleaved(FOLDS, fold, bare, scale=1e3)
    name = f"account of {RECORDS:,} records {words}"
    return [
        Figure(f"{name}, p50", median(values), "ms", floor=median(floors), note=f"{lots} lots left"),
        Figure(f"{name}, p99", percentile(values, 99), "ms", limit=20, floor=percentile(floors, 99)),
    ]


def _sell(till: RealTill, tx: LedgerTx, customer: Customer, programme: Programme, number: int, *, spends: bool) -> None:
    basket = Basket(member_id=customer.member.member_id)
    basket = basket.add(build.product(1 + number % 20, 1_000 + number % 7), build.Quantity.pieces(1 + number % 3))
    now, today = till.context.local_now(), till.context.today()

    def priced(paid: Paid) -> Quote:
        return quote(basket, customer, programme, now, today=today, store=STORE, paid=paid)

    price = priced(NOTHING_PAID)
    tenders: tuple[Tender, ...] = ()
    if price.burn is not None and price.burn.points.count:
        burn = price.burn
        tenders = (Tender(TenderKind.POINTS, burn.value, burn.value, points=burn.points),)
        price = priced(paid_with(tenders))
    rest = price.payable - sum((each.amount for each in tenders), Money(0))
    tenders += (Tender(TenderKind.CASH, rest, rest),)
    sale_id = SaleId(till.ids.new())
    context = SaleContext(
        sale_id=sale_id,
        receipt_no=tx.next_receipt_no(),
        shift_id=ShiftId(build.some_uuid(9)),
        today=today,
    )
    sale, postings = build_sale(basket, price, tenders, customer, programme, context)
    tx.append(Entry(RecordKind.SALE, sale, RecordId(sale_id), postings, customer.member.member_id))
