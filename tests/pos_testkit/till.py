"""A whole till on real, encrypted files in a folder of the test: ledger, replica and keys, with goods and members."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pos_testkit import builders
from pos_testkit.clock import CHINA, SettableClock
from pos_testkit.fake_office import FakeOffice
from pos_testkit.ids import SequentialIds

from hardware.scanners.config import ScanConfig
from pos_app.application.context import TillContext
from pos_app.application.head_office import Alone, NobodyToAsk
from pos_app.application.ports import MasterKind
from pos_app.application.refunding import RefundDone
from pos_app.application.selling import CompleteSale, SaleDone
from pos_app.application.shifts import DayResult
from pos_app.application.till import Till, build_till
from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.ids import IdSource, RecordId, StaffId
from pos_app.domain.ledger.bodies import Commissioned
from pos_app.domain.ledger.bodies_sync import NewLife
from pos_app.domain.ledger.journal import GENESIS, Entry, RecordKind
from pos_app.domain.ledger.postings import DRAWER, Asset
from pos_app.domain.ledger.refunds import RefundRequest
from pos_app.domain.member import Member
from pos_app.domain.money import Money, total
from pos_app.domain.points import Points
from pos_app.domain.pricing.paid import paid_with
from pos_app.domain.programme.document import Programme
from pos_app.domain.staff import Operator, Role, Staff
from pos_app.domain.tender import Tender, TenderKind
from pos_app.infrastructure.code_parser import HardwareCodeParser
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.ledger.lives import begin_life
from pos_app.infrastructure.ledger.opening import open_ledger
from pos_app.infrastructure.ledger.store import SqlLedger
from pos_app.infrastructure.ledger.till import TillIdentity, business_days
from pos_app.infrastructure.replica.store import ReplicaStore, open_replica_of
from pos_app.infrastructure.signatures import DeviceSeal

SECRET = bytes(range(32))
CASHIER = StaffId("1001")
#: Logged in without a PIN: may do everything.
MANAGER = Operator(StaffId("1003"), "孙经理", Role.MANAGER)
TILL = TillIdentity("till-0001", 1)
STORE = "S001"
DAY_STARTS_HOUR = 4


@dataclass
class RealTill:
    """An open till.

    Attributes:
        folder: The data folder.
        keys: Of both files.
        clock: Stands still until it is moved.
        ids: The same in every run.
        store: The store's code.
        day_starts_hour: Before this hour it is still yesterday's business.
        till: Its id and number.
        ledger: The books.
        replica: Members and goods.
        office: Head office; None for a till that is alone.
    """

    folder: Path
    keys: Keys
    ledger: SqlLedger
    replica: ReplicaStore
    clock: SettableClock = field(default_factory=SettableClock)
    ids: IdSource = field(default_factory=SequentialIds)
    store: str = STORE
    day_starts_hour: int = DAY_STARTS_HOUR
    till: TillIdentity = TILL
    office: FakeOffice | None = None

    @cached_property
    def app(self) -> Till:
        """The use cases over these books."""
        return build_till(self.context, HardwareCodeParser(ScanConfig()))

    @cached_property
    def context(self) -> TillContext:
        """What the use cases are given."""
        return TillContext(
            till=self.till.till_id,
            till_number=self.till.number,
            store=self.store,
            zone=CHINA,
            day_starts_hour=self.day_starts_hour,
            clock=self.clock,
            ids=self.ids,
            ledger=self.ledger,
            replica=self.replica.reader,
            replica_writer=self.replica.writer,
            pins=self.keys.pin_hasher(),
            personal=self.keys.personal_data(),
            seal=DeviceSeal(self.keys.signer()),
            head_office=self.office or Alone(),
            authoriser=self.office or NobodyToAsk(),
        )

    def open_shift(self, opening_float: int = 50_000) -> None:
        """Begin a shift, unless one is open."""
        if self.app.shifts.current() is None:
            self.app.shifts.open(MANAGER, Money(opening_float))

    def sell(
        self, *items: Product | tuple[Product, int | str], member: Member | None = None, points: int = 0
    ) -> SaleDone:
        """Sell goods for cash, part of it for points where asked."""
        self.open_shift()
        goods = builders.basket(*items, for_member=member)
        selling = self.app.selling
        programme = selling.programme()
        with self.ledger.read() as reader:
            customer = self.context.customer(reader, goods.member_id, programme)
        tenders: tuple[Tender, ...] = ()
        quote = selling.price(goods, customer, programme)
        if points and quote.burn is not None and quote.burn.points.count:
            step, value = quote.burn.step.count, quote.burn.step_value
            taken = max(min(points, quote.burn.points.count) // step * step, quote.burn.minimum.count)
            amount = value * (taken // step)
            tenders = (Tender(TenderKind.POINTS, amount, amount, points=Points(taken)),)
            quote = selling.price(goods, customer, programme, paid_with(tenders))
        rest = quote.payable - total(each.amount for each in tenders)
        if rest:
            tenders += (Tender(TenderKind.CASH, rest, rest),)
        return selling.complete(MANAGER, CompleteSale(selling.new_sale_id(), goods, tenders, quote.payable))

    def refund_all(self, receipt_no: str) -> RefundDone:
        """Take back whatever is left of a sale."""
        left = self.app.refunds.find(receipt_no).left
        return self.app.refunds.refund(MANAGER, None, receipt_no, RefundRequest(tuple(left.items())))

    def close_day(self) -> DayResult:
        """Count the drawer to the fen, close the shift and the day."""
        with self.ledger.read() as reader:
            cash = reader.account_sum(DRAWER, Asset.FEN)
        if self.app.shifts.current() is not None:
            self.app.shifts.close(MANAGER, ((1, cash),) if cash <= 100_000 else ((cash, 1),))
        return self.app.shifts.close_day(MANAGER, None)

    def record_id(self) -> RecordId:
        """An id for a record."""
        return RecordId(self.ids.new())

    def close(self) -> None:
        """Close both files."""
        self.replica.close()
        self.ledger.close()


def open_test_ledger(
    folder: Path,
    *,
    clock: SettableClock | None = None,
    keys: Keys | None = None,
    accept_older: bool = False,
    store: str = STORE,
    day_starts_hour: int = DAY_STARTS_HOUR,
    till: TillIdentity = TILL,
) -> SqlLedger:
    """Open (or make) a ledger; new ones get their first record."""
    keys = keys or Keys(SECRET)
    signer = keys.signer()
    ledger = open_ledger(
        folder,
        key=keys.ledger,
        till=till,
        clock=clock or SettableClock(),
        business_day=business_days(CHINA, day_starts_hour),
        signer=signer,
        accept_older=accept_older,
    )
    begin_life(ledger, signer.public_key, NewLife.RESTORED, RecordId(builders.some_uuid(700_000 + ledger.incarnation)))
    with ledger.read() as reader:
        is_new = reader.head() == GENESIS
    if is_new:
        body = Commissioned(till.till_id, till.number, store, "CNY", signer.public_key)
        with ledger.write(StaffId("")) as tx:
            tx.append(Entry(RecordKind.COMMISSIONED, body, RecordId(builders.some_uuid(till.number))))
    return ledger


def open_test_till(
    folder: Path,
    *,
    clock: SettableClock | None = None,
    products: Sequence[Product] | None = None,
    categories: Sequence[Category] | None = None,
    members: Sequence[Member] | None = None,
    programme: Programme | None = None,
    staff: Sequence[Staff] | None = None,
    store: str = STORE,
    day_starts_hour: int = DAY_STARTS_HOUR,
    till: TillIdentity = TILL,
    office: FakeOffice | None = None,
) -> RealTill:
    """Open a till; a new one is filled with the given master data, or with some of every kind."""
    clock = clock or SettableClock()
    keys = Keys(SECRET if till == TILL else bytes((till.number % 256,)) * len(SECRET))
    ledger = open_test_ledger(folder, clock=clock, keys=keys, store=store, day_starts_hour=day_starts_hour, till=till)
    with ledger.read() as reader:
        is_new = reader.master_change() == 0
    if is_new:
        rows = {
            MasterKind.CATEGORY: [
                (each.category_id, codec.encode(each))
                for each in (categories if categories is not None else some_categories())
            ],
            MasterKind.PRODUCT: [
                (each.product_id, codec.encode(each))
                for each in (products if products is not None else some_products())
            ],
            MasterKind.MEMBER: [
                (each.member_id.hex, codec.encode(each))
                for each in (members if members is not None else some_members())
            ],
            MasterKind.PROGRAMME: [("1", codec.encode(programme or builders.programme()))],
            MasterKind.STAFF: [
                (each.staff_id, codec.encode(each)) for each in (staff if staff is not None else some_staff(keys))
            ],
        }
        with ledger.write(StaffId("")) as tx:
            for kind, each_kind in rows.items():
                tx.put_master(kind, each_kind)
    with ledger.read() as reader:
        replica = open_replica_of(reader, folder, key=keys.replica)
    ids = SequentialIds((till.number - 1) << 40)
    return RealTill(folder, keys, ledger, replica, clock, ids, store, day_starts_hour, till, office)


@contextlib.contextmanager
def real_till(folder: Path, **arguments: object) -> Iterator[RealTill]:
    """A till that is closed at the end."""
    till = open_test_till(folder, **arguments)  # type: ignore[arg-type]
    try:
        yield till
    finally:
        till.close()


def some_categories() -> list[Category]:
    """The categories that the builders know."""
    return [builders.category(name, name) for name in builders.CATEGORIES]


def some_products() -> list[Product]:
    """Thirty goods: drinks by the piece, fruit by weight, one at an open price."""
    goods = [builders.product(n, 100 + 50 * n, member_price=90 + 50 * n, name=f"农夫山泉{n}号") for n in range(1, 21)]
    goods += [
        builders.product(n, 500 + n, name=f"红富士苹果{n}", category_id="fruit", is_weighed=True) for n in range(21, 30)
    ]
    goods.append(builders.product(30, 0, name="邮费", category_id="services", is_open_price=True, barcodes=()))
    return goods


def some_members() -> list[Member]:
    """Twenty members with phones 13800000001 and on; the first five have cards M00001 and on."""
    names = ("王小明", "李芳", "欧阳娜娜", "曾志伟", "Alice Wong", "单田芳", "张伟", "", "陈晓", "刘洋")
    return [builders.member(n, name=names[(n - 1) % 10], cards=(f"M{n:05d}",) if n <= 5 else ()) for n in range(1, 21)]


_PIN_HASHES: dict[str, str] = {}


def some_staff(keys: Keys) -> list[Staff]:
    """A cashier (1001, PIN 1111), a supervisor (1002, PIN 2222) and a manager (1003, PIN 3333)."""
    hasher = keys.pin_hasher()
    people = [("1001", "小赵", Role.CASHIER), ("1002", "老钱", Role.SUPERVISOR), ("1003", "孙经理", Role.MANAGER)]
    staff = []
    for number, name, role in people:
        pin = number[-1] * 4
        # A hash is slow on purpose; once per run is enough.
        hashed = _PIN_HASHES.setdefault(pin, "") or hasher.hash(pin)
        _PIN_HASHES[pin] = hashed
        staff.append(Staff(StaffId(number), name, role, hashed))
    return staff


def business_day(clock: SettableClock) -> dt.date:
    """The trading day a clock shows."""
    return business_days(CHINA, DAY_STARTS_HOUR)(clock.now())
