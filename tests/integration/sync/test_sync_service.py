"""A real ledger and the real sync service against a small head office over real TLS."""

from __future__ import annotations

import gc
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from pos_testkit.loopback import loopback
from pos_testkit.small_office import SmallOffice
from pos_testkit.till import TILL, RealTill, open_test_till, some_products
from PySide6.QtCore import QCoreApplication

from pos_app.application.head_office import Line, SpendAsset, SpendQuestion, SyncStatus, Verdict
from pos_app.bootstrap.head_office import own_figures
from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.spends import Spend
from pos_app.errors import KnownError
from pos_app.infrastructure.sync.journal import LedgerJournal
from pos_app.infrastructure.sync.membership import Membership, join
from pos_app.runtime.lanes import LaneName, Lanes
from pos_app.runtime.office_link import OfficeLink
from pos_app.runtime.sync_driver import SyncParts
from pos_app.runtime.syncing import SyncService
from sync.client.state import Cursor, Rules
from sync.client.transport import Endpoint
from sync.client.transport import Line as Wire
from sync.protocol.errors import Refusal
from sync.protocol.messages import ChunkName, FeedPage, FeedRow, Manifest
from sync.protocol.signing import KeyId

GOODS = some_products()


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass
class Pages:
    """Stands where the replica takes the feed over."""

    at: Cursor | None = field(default_factory=lambda: Cursor("e1", 0))
    taken: list[FeedRow] = field(default_factory=list)
    full: bool = False

    def cursor(self) -> Cursor | None:
        return self.at

    def take_over(self, page: FeedPage) -> None:
        if self.full:
            raise KnownError("replica.not_saved")
        self.taken += page.rows
        self.at = Cursor(page.epoch, page.through)

    def begin(self, manifest: Manifest) -> Sequence[ChunkName]:
        raise NotImplementedError

    def take_chunk(self, name: ChunkName, rows: Sequence[FeedRow]) -> None:
        raise NotImplementedError

    def swap(self, manifest: Manifest) -> None:
        raise NotImplementedError


class World:
    """A till, its sync, and a head office."""

    def __init__(self, till: RealTill, lanes: Lanes, office: SmallOffice, address: str, ca_pem: str) -> None:
        self.till, self.lanes, self.office = till, lanes, office
        self.pages = Pages()
        self.bugs: list[BaseException] = []
        self.lines: list[bool] = []
        self.seen: list[SyncStatus] = []
        self.asked: list[str] = []
        self.offset_ms = 0
        signer = till.keys.signer()
        endpoint = Endpoint(address, ca_pem, office.public_key, KeyId(TILL.till_id, till.ledger.incarnation), "0")
        journal = LedgerJournal(till.ledger, till.replica.reader.member)

        def wall() -> int:
            return wall_ms() + self.offset_ms

        def connect(offset_ms: Callable[[], int]) -> Wire:
            return Wire(endpoint, sign=signer.sign, wall_ms=wall, offset_ms=offset_ms)

        rules = Rules(first_retry_ms=50, last_retry_ms=200, debounce_ms=20, settle_ms=10)
        self.parts = SyncParts(
            TILL.till_id,
            till.ledger.incarnation,
            "0",
            connect,
            journal,
            journal.keep,
            self.lines.append,
            self.pages,
            self.pages,
            self.bugs.append,
            wall,
            rules,
        )
        self.journal = journal
        self.link = OfficeLink(own_figures(till.ledger), lambda: frozenset({"points"}))
        self.service = SyncService(self.link, lanes)
        self.service.status_changed.connect(self.seen.append)
        self.service.asked.connect(self.asked.append)
        till.ledger.heard = self.service.records_written

    def start(self) -> None:
        self.service.start(lambda: self.parts, self.bugs.append)

    def sell(self, count: int = 1) -> None:
        for _ in range(count):
            self.lanes.submit(LaneName.LEDGER, lambda: self.till.sell(GOODS[0])).result()

    def head(self) -> int:
        return self.journal.head_seq()

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window's thread hear what it is told, until something is so."""
        end = time.monotonic() + 20
        while not ready():
            assert time.monotonic() < end, (self.link.status(), self.bugs)
            QCoreApplication.processEvents()
            time.sleep(0.005)
        assert self.bugs == []


@pytest.fixture
def world(tmp_path: Path, qapp: object) -> Iterator[World]:
    gc.disable()  # as the program does: a collection in another thread may delete what is Qt's
    try:
        with opened(tmp_path) as found:
            yield found
    finally:
        gc.collect()
        gc.enable()


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    lanes = Lanes()
    till = lanes.submit(LaneName.LEDGER, lambda: open_test_till(folder)).result()
    office = SmallOffice(till.keys.signer().public_key, wall_ms)
    with loopback(office) as server:
        member = Membership(server.address, server.ca_pem, office.public_key, TILL.till_id, 1, 1, "S001", "店")
        lanes.submit(LaneName.LEDGER, lambda: join(till.ledger, member)).result()
        world = World(till, lanes, office, server.address, server.ca_pem)
        try:
            yield world
        finally:
            world.service.stop(patience_s=30)  # so that nothing of it is left over, on whatever machine
            lanes.submit(LaneName.LEDGER, till.close).result()
            lanes.shutdown()


def test_sales_go_up_by_themselves_and_are_known_to_be_there(world: World) -> None:
    world.sell(3)
    world.start()
    world.until(lambda: world.link.status().line is Line.CURRENT)
    world.sell(2)
    world.until(lambda: len(world.office.payloads) == world.head())
    world.until(lambda: world.journal.kept().accepted.seq == world.head())
    assert world.office.head() == world.journal.kept().accepted
    with world.till.ledger.read() as reader:
        assert reader.unsynced() == 0
    world.until(lambda: world.seen[-1].waiting == 0)
    assert world.seen[-1].line is Line.CURRENT


def test_a_page_comes_down_while_a_question_is_held_open(world: World) -> None:
    world.start()
    world.until(lambda: world.link.status().line is Line.CURRENT)
    world.office.tell(FeedRow("person", "1"), FeedRow("person", "2"))
    world.until(lambda: len(world.pages.taken) == 2)
    assert world.pages.at == Cursor("e1", 2)


def test_it_ends_within_a_moment_while_a_question_is_held_open(world: World) -> None:
    world.start()
    world.until(lambda: world.office.asked.count("GET /v1/feed") >= 2)
    begun = time.monotonic()
    world.service.stop()
    assert time.monotonic() - begun < 3
    assert world.link.status().line is Line.OFFLINE
    world.sell()  # and the counter goes on


def test_a_day_without_a_line_catches_up(world: World) -> None:
    world.office.is_shut = True
    world.start()
    world.sell(5)
    world.until(lambda: world.link.status().reason == Refusal.BUSY)
    world.sell(5)
    with world.till.ledger.read() as reader:
        assert reader.unsynced() == world.head()
    world.office.is_shut = False
    world.until(lambda: world.link.status().line is Line.CURRENT)
    assert len(world.office.payloads) == world.head()


def test_head_office_restored_from_a_backup_is_refilled(world: World) -> None:
    world.start()
    world.sell(5)
    world.until(lambda: world.journal.kept().accepted.seq == world.head())
    with world.office.changed:
        del world.office.payloads[4:]
        world.office.epoch = "e2"
    world.sell()
    world.until(lambda: len(world.office.payloads) == world.head())
    world.until(lambda: world.journal.kept().epoch == "e2" and world.journal.kept().accepted.seq == world.head())


def test_a_till_whose_clock_is_wrong_signs_by_head_offices(world: World) -> None:
    world.offset_ms = -86_400_000
    world.start()
    world.sell()
    world.until(lambda: world.link.status().line is Line.CURRENT)
    assert len(world.office.payloads) == world.head()


def test_everything_now_says_when_it_is_done(world: World) -> None:
    world.service.sync_now()
    assert world.asked == ["sync.alone"]
    world.start()
    world.sell(2)
    world.until(lambda: world.link.status().line is Line.CURRENT)
    world.service.sync_now()
    world.until(lambda: len(world.asked) == 2)
    assert world.asked[-1] == ""
    world.office.is_shut = True
    world.service.sync_now()
    world.until(lambda: len(world.asked) == 3)
    assert world.asked[-1] == "sync.busy"


def test_what_cannot_be_kept_here_is_fetched_again(world: World) -> None:
    world.pages.full = True
    world.office.tell(FeedRow("person", "1"))
    world.start()
    world.until(lambda: world.link.status().reason == "replica.not_saved")
    world.pages.full = False
    world.until(lambda: len(world.pages.taken) == 1)


def test_a_day_is_compared_and_a_spend_is_asked_for(world: World) -> None:
    with pytest.raises(KnownError, match=r"sync\.alone"):
        world.link.day(1, 2)
    assert world.link.may_spend_offline(SpendAsset.STORED_VALUE)  # alone, there are no other books
    world.start()
    world.sell(3)
    assert world.link.may_spend_offline(SpendAsset.POINTS)
    assert not world.link.may_spend_offline(SpendAsset.STORED_VALUE)
    world.until(lambda: world.link.status().acknowledged == world.head())
    day = world.lanes.submit(LaneName.NETWORK, lambda: world.link.day(1, world.head())).result()
    assert day.agrees
    assert day.here.sales == 3
    more = world.lanes.submit(LaneName.NETWORK, lambda: world.link.day(1, world.head() + 5)).result()
    assert not more.is_decided
    spends = (Spend(MemberId(uuid.uuid4()), Asset.POINTS, LotId(uuid.uuid4()), 60),)
    question = SpendQuestion(uuid.uuid4(), spends, world.head())
    ask = lambda each: world.lanes.submit(LaneName.NETWORK, lambda: world.link.authorise(each, lambda: True)).result()  # noqa: E731
    assert ask(question).verdict is Verdict.GRANTED
    too_much = msgspec.structs.replace(question, spends=spends * 2)
    assert ask(too_much).verdict is Verdict.DECLINED
    world.office.busy_times = 2
    assert ask(question).verdict is Verdict.GRANTED, "it was still at the till's last records, and is asked again"
    world.office.is_shut = True
    assert ask(question).verdict is Verdict.NO_ANSWER
    unwanted = world.link.authorise(question, lambda: False)
    assert unwanted.verdict is Verdict.NO_ANSWER
