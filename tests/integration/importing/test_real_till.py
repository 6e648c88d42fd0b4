"""Imports into real, encrypted files; the demo shop; and the books afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pos_testkit.builders import ROOT
from pos_testkit.clock import CHINA
from pos_testkit.import_fakes import MANAGER, demo_rules
from pos_testkit.till import STORE, TILL, RealTill, real_till

from pos_app.application.context import TillContext
from pos_app.application.demo import DEMO_MEMBERS, demo_member_rows, load_shop
from pos_app.application.demo_seed import DemoSeeded, seed_demo
from pos_app.application.importing.members import ImportMembers
from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.ledger.postings import POINTS_OPENING, Asset
from pos_app.domain.member import Member
from pos_app.errors import KnownError
from pos_app.infrastructure.audit import verify
from pos_app.infrastructure.replica.store import open_replica
from pos_app.infrastructure.signatures import DeviceSeal
from pos_app.infrastructure.spreadsheets import open_table
from pos_app.infrastructure.sync.journal import LedgerJournal
from sync.protocol.batch import MAX_HEADER

DEMO = ROOT / "resources" / "demo"


def context_of(till: RealTill) -> TillContext:
    return TillContext(
        till=TILL.till_id,
        till_number=TILL.number,
        store=STORE,
        zone=CHINA,
        day_starts_hour=4,
        clock=till.clock,
        ids=till.ids,
        ledger=till.ledger,
        replica=till.replica.reader,
        replica_writer=till.replica.writer,
        pins=till.keys.pin_hasher(),
        personal=till.keys.personal_data(),
        seal=DeviceSeal(till.keys.signer()),
    )


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path, products=[], categories=[], members=[], staff=[], programme=demo_rules()) as opened:
        yield opened


def seed(till: RealTill) -> DemoSeeded:
    with open_table(DEMO / "products.csv") as table:
        return seed_demo(
            context_of(till),
            shop=load_shop((DEMO / "shop.toml").read_text(encoding="utf-8")),
            programme=demo_rules(),
            product_rows=table.rows,
        )


def test_the_demo_shop_opens_and_its_books_are_right(till: RealTill) -> None:
    seeded = seed(till)
    assert seeded.members is not None
    assert (seeded.products.rejected, seeded.members.rejected) == (0, 0)
    assert seeded.products.new >= 300
    assert seeded.members.new == till.replica.reader.member_count() == DEMO_MEMBERS
    context = context_of(till)
    member = till.replica.reader.member_by_phone("19900000007")
    assert member is not None
    assert till.replica.reader.member_by_card(member.cards[0]) == member
    with till.ledger.read() as reader:
        assert reader.account_sum(POINTS_OPENING, Asset.POINTS) == -seeded.members.points
        account = context.account(reader, member.member_id, context.programme())
        records = reader.count_of_kind(RecordKind.MEMBERS_IMPORTED)
    assert records == DEMO_MEMBERS // 500
    expected = next(row for row in demo_member_rows(today=context.today()) if row[2] == member.phone)
    assert account.spendable(context.today()).count == int(expected[6])
    assert [person.staff_id for person in till.replica.reader.staff()] == ["01", "02", "03"]
    assert context.pins.verify("1111", till.replica.reader.staff()[0].pin_hash)
    apple = till.replica.reader.product_by_code("20101")
    assert apple is not None
    assert apple.is_weighed
    report = verify(till.ledger.path, till.keys.ledger)
    assert (report.ok, report.reason) == (True, "")


def test_the_demo_shop_is_seeded_once(till: RealTill) -> None:
    seed(till)
    with till.ledger.read() as reader:
        before = reader.head()
    till.clock.advance(days=40)
    again = seed(till)
    assert (again.products.new, again.products.changed, again.members) == (0, 0, None)
    with till.ledger.read() as reader:
        assert reader.head() == before


def test_a_shop_with_staff_of_its_own_is_left_alone(tmp_path: Path) -> None:
    with real_till(tmp_path) as own, pytest.raises(KnownError, match=r"demo\.not_empty"):
        seed(own)


def test_the_same_members_again_change_nothing_even_without_the_replica(till: RealTill, tmp_path: Path) -> None:
    context = context_of(till)
    rows = list(demo_member_rows(1_200, today=context.today()))
    service = ImportMembers(context)
    service.apply(service.preview(rows), MANAGER)
    with till.ledger.read() as reader:
        before = reader.head()
    assert service.preview(rows).counts.same == 1_200
    till.replica.close()
    till.replica = open_replica(tmp_path, key=till.keys.replica, remake=True)
    till.replica.writer.put_programme(demo_rules())
    service = ImportMembers(context_of(till))
    preview = service.preview(rows)
    assert (preview.counts.same, preview.points) == (1_200, 0)
    service.apply(preview, MANAGER)
    with till.ledger.read() as reader:
        assert reader.head() == before
        till.replica.catch_up(reader)
    assert till.replica.reader.member_count() == 1_200


def test_every_imported_member_goes_to_head_office_beside_a_record_of_the_import(till: RealTill) -> None:
    seed(till)
    journal = LedgerJournal(till.ledger, lambda _: None)
    after, found = 0, list[str]()
    while after < journal.head_seq():
        out = journal.outgoing(after, 500, 1 << 22)
        after += len(out.payloads)
        assert sum(len(bytes(each.person)) for each in out.people) <= MAX_HEADER or len(out.payloads) == 1
        found += [codec.decode(bytes(each.person), Member).member_id.hex for each in out.people]
    with till.ledger.read() as reader:
        kept = {row.key for row in reader.master_since(0, 1_000_000) if row.kind is MasterKind.MEMBER}
    assert len(found) == len(kept) > 500
    assert set(found) == kept
