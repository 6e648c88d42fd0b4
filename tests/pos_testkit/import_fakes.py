"""A till in memory, just enough for imports: the ports as dictionaries, with rollback and faults on demand."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from pos_testkit.builders import Ids, demo_programme_text

from pos_app.application.context import TillContext
from pos_app.application.importing.model import ImportPreview
from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.catalog import Category, Product
from pos_app.domain.clock import Moment
from pos_app.domain.ids import MemberId, StaffId
from pos_app.domain.ledger.journal import Entry
from pos_app.domain.ledger.postings import check_balanced
from pos_app.domain.member import Member
from pos_app.domain.programme.document import Programme
from pos_app.domain.programme.loading import load_programme
from pos_app.domain.staff import Operator, Role, Staff
from pos_app.infrastructure.keys import DeviceKey
from pos_app.infrastructure.signatures import DeviceSeal

TODAY = dt.date(2025, 6, 18)
MANAGER = Operator(StaffId("03"), "王店长", Role.MANAGER)
#: Anything a reader of spreadsheets may give, with a taste for what almost is a value.
ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.integers(),
    st.integers(min_value=-(10**400), max_value=10**400),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"\A[¥￥]?[0-9,.]{1,12}元?\Z"),
    st.from_regex(r"\A[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?\Z"),
    st.from_regex(r"\A[0-9](\.[0-9]{1,12})?[eE]\+?[0-9]{1,3}\Z"),
)


class FixedClock:
    def now(self) -> Moment:
        local = dt.datetime(2025, 6, 18, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
        return Moment(int(local.timestamp() * 1000), 1)


class FakeTx:
    def __init__(self, ledger: FakeLedger) -> None:
        self.ledger = ledger
        self.records: list[Entry] = []
        self.masters: dict[tuple[MasterKind, str], bytes] = {}

    def append(self, entry: Entry) -> None:
        check_balanced(entry.postings)
        codec.encode(entry.body)
        self.ledger.step()
        self.records.append(entry)

    def put_master(self, kind: MasterKind, rows: Sequence[tuple[str, bytes]]) -> None:
        self.ledger.step()
        self.masters.update({(kind, key): data for key, data in rows})

    def master_seq(self, kind: MasterKind, key: str) -> int:
        return 1 if self.master(kind, key) is not None else 0

    def master(self, kind: MasterKind, key: str) -> bytes | None:
        return self.masters.get((kind, key)) or self.ledger.masters.get((kind, key))


class FakeLedger:
    """Commits on leaving; ``fail_at`` makes the n-th write raise."""

    def __init__(self) -> None:
        self.records: list[Entry] = []
        self.masters: dict[tuple[MasterKind, str], bytes] = {}
        self.steps = 0
        self.fail_at = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.fail_at:
            raise OSError("disk full")

    @contextmanager
    def write(self, operator: StaffId) -> Iterator[Any]:
        tx = FakeTx(self)
        yield tx
        self.step()
        self.records += tx.records
        self.masters.update(tx.masters)

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield FakeTx(self)


class FakeReplica:
    """Reader and writer in one."""

    def __init__(self) -> None:
        self.members: dict[MemberId, Member] = {}
        self.phones: dict[str, Member] = {}
        self.cards: dict[str, Member] = {}
        self.products: dict[str, Product] = {}
        self.barcodes: dict[str, Product] = {}
        self.category_list: dict[str, Category] = {}
        self.people: dict[str, Staff] = {}
        self.rules: Programme | None = None
        self.is_down = False

    def member(self, member_id: MemberId) -> Member | None:
        return self.members.get(member_id)

    def ids_of(self, member_id: MemberId) -> tuple[MemberId, ...]:
        return (member_id,)

    def told_through(self, member_id: MemberId) -> int | None:
        return None

    def member_by_phone(self, phone: str) -> Member | None:
        return self.phones.get(phone)

    def member_by_card(self, number: str) -> Member | None:
        return self.cards.get(number)

    def member_count(self) -> int:
        return len(self.members)

    def product_by_code(self, code: str) -> Product | None:
        return self.products.get(code) or self.barcodes.get(code)

    def categories(self) -> Sequence[Category]:
        return list(self.category_list.values())

    def programme(self, today: dt.date) -> Programme | None:
        return self.rules

    def programme_version(self, version: int) -> Programme | None:
        return self.rules if self.rules is not None and self.rules.version == version else None

    def staff(self) -> Sequence[Staff]:
        return list(self.people.values())

    def put_members(self, members: Sequence[Member]) -> None:
        if self.is_down:
            raise OSError("replica locked")
        for member in members:
            self.members[member.member_id] = member
            self.phones[member.phone] = member
            self.cards.update(dict.fromkeys(member.cards, member))

    def put_products(self, products: Sequence[Product], categories: Sequence[Category]) -> None:
        for product in products:
            self.products[product.product_id] = product
            self.barcodes.update(dict.fromkeys(product.barcodes, product))
        self.category_list.update({each.category_id: each for each in categories})

    def put_programme(self, programme: Programme) -> None:
        self.rules = programme

    def put_staff(self, staff: Sequence[Staff]) -> None:
        self.people.update({each.staff_id: each for each in staff})


class FakePins:
    def hash(self, pin: str) -> str:
        return f"hash-of-{pin}"

    def verify(self, pin: str, pin_hash: str) -> bool:
        return pin_hash == f"hash-of-{pin}"


class FakePersonal:
    """HMAC under a fixed key, as the real one does under the till's."""

    def commitment(self, member: Member) -> bytes:
        return hmac.digest(b"key", codec.encode(member), "sha256")

    def member_id(self, natural_key: str) -> MemberId:
        digest = hmac.digest(b"key", natural_key.encode(), hashlib.sha256)
        return MemberId(UUID(bytes=digest[:16], version=4))


def fake_till(programme: Programme | None = None) -> tuple[TillContext, FakeLedger, FakeReplica]:
    """A till in memory."""
    ledger, replica = FakeLedger(), FakeReplica()
    replica.rules = programme
    context = TillContext(
        till="t1",
        till_number=1,
        store="s1",
        zone=dt.timezone(dt.timedelta(hours=8)),
        day_starts_hour=4,
        clock=FixedClock(),
        ids=Ids(),
        ledger=ledger,  # type: ignore[arg-type]
        replica=replica,  # type: ignore[arg-type]
        replica_writer=replica,
        pins=FakePins(),
        personal=FakePersonal(),
        seal=DeviceSeal(DeviceKey(bytes(32))),
    )
    return context, ledger, replica


def demo_rules() -> Programme:
    """The demo shop's programme."""
    return load_programme(demo_programme_text())


def codes(preview: ImportPreview) -> list[tuple[int, str, str]]:
    """Row, column and reason of each error."""
    return [(issue.row, issue.column, issue.code) for issue in preview.errors]
