"""What goes down: every change once, in an order that nobody can be behind of."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import msgspec
import psycopg
import pytest
from pos_testkit import builders

from sync.head_office.database import Database
from sync.head_office.feed import Cursor, FeedWatch, forget_removed, read_page
from sync.head_office.publishing import publish_catalogue, put_rows
from sync.head_office.snapshots import Snapshots
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import FeedPage, FeedRow, Manifest, RowKind
from sync.protocol.pages import unpack_chunk

NOW = 1_750_000_000_000
YEAR = 400 * 24 * 3_600_000


@pytest.fixture
def office(database: Database) -> Database:
    with database.transaction() as connection:
        connection.execute("INSERT INTO fact VALUES ('epoch', 'e1') ON CONFLICT (key) DO UPDATE SET value = 'e1'")
        enrol(connection)
    return database


def enrol(connection: psycopg.Connection, incarnation: int = 1, *, applied: int = 0) -> None:
    connection.execute("INSERT INTO store VALUES ('s', 's') ON CONFLICT DO NOTHING")
    connection.execute("INSERT INTO till VALUES ('t', 1, 's', 'active', 0) ON CONFLICT DO NOTHING")
    connection.execute(
        "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash, applied_seq)"
        " VALUES ('t', %s, %s, %s, %s, %s, %s)",
        (incarnation, bytes(32), bytes(32), applied, bytes(32), applied),
    )


def page(office: Database, after: int = 0, *, limit: int = 100, epoch: str = "e1") -> FeedPage:
    with office.transaction() as connection:
        return read_page(connection, Cursor(epoch, after), till="t", incarnation=1, limit=limit, now_ms=NOW)


def put(office: Database, *keys: str, body: bytes | None = b"1") -> int:
    with office.transaction() as connection:
        return put_rows(connection, {(RowKind.POLICY, key): body for key in keys}, NOW)


def test_only_what_changed_is_told(office: Database) -> None:
    goods = [builders.product(n, 100 * n) for n in range(1, 6)]
    with office.transaction() as connection:
        assert publish_catalogue(connection, [builders.category("drinks", "酒水")], goods, NOW) == 6
    first = page(office)
    assert len(first.rows) == 6
    dearer = [msgspec.structs.replace(goods[0], name="新"), *goods[1:4]]
    with office.transaction() as connection:
        assert publish_catalogue(connection, [], dearer, NOW) == 1
        assert publish_catalogue(connection, [], dearer, NOW, whole=True) == 2  # a category and one of the goods
    second = page(office, first.through)
    assert [(row.key, row.is_gone) for row in second.rows if row.kind == "product"] == [
        (goods[0].product_id, False),
        (goods[4].product_id, True),
    ]
    assert page(office, second.through).rows == ()


def test_pages_lead_through_all_changes_once(office: Database) -> None:
    put(office, *(f"k{n:02d}" for n in range(25)))
    put(office, "k03", body=b"2")
    seen: list[FeedRow] = []
    after, behind = 0, []
    while rows := (got := page(office, after, limit=7)).rows:
        seen += rows
        after = got.through
        behind.append(got.behind)
    assert len(seen) == 25
    assert (seen[-1].key, bytes(seen[-1].body)) == ("k03", b"2")
    assert behind[-1] == 0 < behind[0]


def test_who_commits_late_is_not_passed(office: Database) -> None:
    """With positions of a plain sequence the reader would be at the second's position before the first is there."""
    taken, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with office.transaction() as connection:
            put_rows(connection, {(RowKind.POLICY, "slow"): b"1"}, NOW)
            taken.set()
            may_commit.wait(10)

    def quick() -> None:
        put(office, "quick")

    first = threading.Thread(target=slow)
    first.start()
    taken.wait(10)
    second = threading.Thread(target=quick)
    second.start()
    second.join(0.5)
    between = page(office)
    may_commit.set()
    first.join()
    second.join()
    later = page(office, between.through)
    assert {row.key for row in (*between.rows, *later.rows)} == {"slow", "quick"}


def test_cursors_that_cannot_be_served_are_refused(office: Database) -> None:
    put(office, "a", "b")
    through = page(office).through
    for cursor in ((through + 1, "e1"), (0, "e0"), (-1, "e1")):
        with pytest.raises(RefusedError) as caught:
            page(office, cursor[0], epoch=cursor[1])
        assert caught.value.code is Refusal.EPOCH


def test_what_was_removed_is_told_for_400_days(office: Database) -> None:
    put(office, "a")
    early = page(office).through
    put(office, "a", body=None)
    with office.transaction() as connection:
        assert forget_removed(connection, NOW + YEAR) == 0
    assert page(office, early).rows[0].is_gone
    put(office, "b")
    with office.transaction() as connection:
        assert forget_removed(connection, NOW + YEAR + 1) == 1
    with pytest.raises(RefusedError) as caught:
        page(office, early)
    assert caught.value.code is Refusal.TOO_OLD
    assert [row.key for row in page(office).rows] == ["b"]


def test_who_waits_is_woken_by_a_change(office: Database, office_dsn: str) -> None:
    put(office, "a")
    after = page(office).through

    async def story() -> tuple[bool, bool]:
        watch = FeedWatch(office_dsn)
        listening = asyncio.create_task(watch.run())
        await watch.wait_beyond(after, 2_000)  # woken once it listens
        waiting = asyncio.create_task(watch.wait_beyond(after, 30_000))
        await asyncio.sleep(0.3)
        early = waiting.done()
        await asyncio.to_thread(put, office, "b")
        await asyncio.wait_for(waiting, 10)
        # What is there already is not waited for.
        await asyncio.wait_for(watch.wait_beyond(after, 30_000), 1)
        listening.cancel()
        return early, True

    assert asyncio.run(story()) == (False, True)


def test_a_snapshot_holds_what_there_is_and_the_feed_goes_on_from_it(office: Database, tmp_path: Path) -> None:
    goods = [builders.product(n, 100 * n) for n in range(1, 40)]
    with office.transaction() as connection:
        publish_catalogue(connection, [], goods, NOW)
        put_rows(connection, {(RowKind.UNIT_CODE, "u"): b'{"till":"t"}', (RowKind.PRODUCT, "gone"): b"{}"}, NOW)
        put_rows(connection, {(RowKind.PRODUCT, "gone"): None}, NOW)
        _some_members(connection, 30)
    snapshots = Snapshots(tmp_path, lambda data: b"signed" + data[:10])
    with office.transaction() as connection:
        assert snapshots.is_due(connection, NOW)
        assert snapshots.latest(connection) is None
    with office.transaction() as connection:
        manifest = snapshots.build(connection, NOW)
    with office.transaction() as connection:
        signed = snapshots.note(connection, manifest)
        assert snapshots.latest(connection) == signed
        assert not snapshots.is_due(connection, NOW)
    assert msgspec.json.decode(signed.manifest, type=Manifest) == manifest

    def rows_of(names) -> list[FeedRow]:
        return [row for name in names for row in unpack_chunk(name, snapshots.chunk(name.sha256).read_bytes())]

    assert {row.key for row in rows_of(manifest.first)} == {each.product_id for each in goods}
    members = rows_of(manifest.members)
    assert {row.kind for row in members} == {"person", "account", "unit_code"}
    assert len(members) == 61
    assert page(office, manifest.position).rows == ()
    put(office, "later")
    assert [row.key for row in page(office, manifest.position).rows] == ["later"]


def test_chunks_nobody_needs_any_more_go(office: Database, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path, lambda _: b"s")
    for n in range(2):
        put(office, "a", body=b"%d" % n)
        with office.transaction() as connection:
            manifest = snapshots.build(connection, NOW + n * YEAR)
        with office.transaction() as connection:
            snapshots.note(connection, manifest)
    with office.transaction() as connection:
        assert snapshots.forget(connection, NOW + YEAR) == 0  # just written: a till may be loading them
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    with office.transaction() as connection:
        assert snapshots.forget(connection, NOW + YEAR) == 1
    assert snapshots.chunk(manifest.first[0].sha256) is not None
    assert snapshots.chunk("../" + manifest.first[0].sha256) is None


def _some_members(connection: psycopg.Connection, count: int) -> None:
    connection.execute(
        "INSERT INTO person (member, phone, body, position)"
        " SELECT gen_random_uuid(), '1380000' || n, '{}', nextval('feed_position') FROM generate_series(1, %s) AS n",
        (count,),
    )
    connection.execute(
        "INSERT INTO account (member, bucket, body, position)"
        " SELECT member, 0, '{}', nextval('feed_position') FROM person"
    )


def test_a_life_that_has_not_begun_here_waits(office: Database) -> None:
    """Nobody knows yet which records of the former life are its own: it would count some twice, or not at all."""
    put(office, "a")
    with office.transaction() as connection, pytest.raises(RefusedError) as caught:
        read_page(connection, Cursor("e1", 0), till="t", incarnation=2, limit=9, now_ms=NOW)
    assert caught.value.code is Refusal.BUSY
    with office.transaction() as connection:
        enrol(connection, 2, applied=7)
    with office.transaction() as connection:
        assert read_page(connection, Cursor("e1", 0), till="t", incarnation=2, limit=9, now_ms=NOW).contains_seq == 7


def test_a_snapshot_says_whose_records_it_holds(office: Database, tmp_path: Path) -> None:
    with office.transaction() as connection:
        enrol(connection, 2, applied=9)
    with office.transaction() as connection:
        made = Snapshots(tmp_path, lambda data: b"").build(connection, NOW)
    assert made.contains_of("t", 2, 5) == 9
    assert made.contains_of("t", 3, 7) == 7  # of what life 2 did behind it, a life that began later has nothing
    assert made.contains_of("u", 1, 0) == 0
