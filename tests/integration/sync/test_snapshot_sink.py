"""A whole snapshot takes over at once or not at all, whatever is cut, and nothing of the till's own is lost with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders, told
from pos_testkit.snapshots import Snapshot, load, sink_of
from pos_testkit.till import MANAGER, TILL, RealTill, open_test_till, real_till, some_members, some_products

from pos_app.application.members import NewMember
from pos_app.domain.member import Member
from pos_app.errors import KnownError
from pos_app.infrastructure.replica import loading
from pos_app.infrastructure.replica import store as replica_store
from pos_app.infrastructure.replica.loading import NEW_FILE
from pos_app.infrastructure.replica.store import NEXT_FILE, OLD_FILE, REPLICA_FILE, open_replica
from pos_app.infrastructure.sync.snapshot_sink import SnapshotSink
from sync.protocol.messages import FeedRow, RowKind

ANNA, BERT, CARA, *_ = some_members()
TEA = builders.product(900, 700, name="总部的茶")
CROWD = [builders.member(1000 + n, phone=f"137{n:08d}", cards=(f"K{n:06d}",), name="人山人海") for n in range(700)]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[RealTill]:
    with real_till(tmp_path / "data") as opened:
        yield opened


def some_snapshot(till: RealTill, *more: FeedRow, contains: int | None = None) -> Snapshot:
    people = [msgspec.structs.replace(each, name="总部") for each in (ANNA, CARA)] + CROWD
    return Snapshot(
        [told.master(RowKind.PRODUCT, TEA.product_id, TEA)],
        [told.merge(BERT.member_id, ANNA.member_id), *(told.person(each) for each in people)],
        [*(told.points(each.member_id, 100) for each in people), *more],
        contains=told.head(till) if contains is None else contains,
    )


def member(till: RealTill, who: Member) -> Member:
    with till.ledger.read() as reader:
        return till.context.member(reader, who.member_id)


def balance(till: RealTill, who: Member) -> int:
    return told.shown(till, who.member_id).balance(till.context.today()).count


def check_whole(till: RealTill) -> None:
    """The snapshot of :func:`some_snapshot` is what the counter asks."""
    replica = till.replica.reader
    assert member(till, BERT).member_id == ANNA.member_id
    assert replica.member_by_phone(CROWD[5].phone) == CROWD[5] == replica.member_by_card("K000005")
    assert replica.product_by_code(TEA.product_id) == TEA
    assert balance(till, CROWD[5]) == 100
    assert told.feed_sink(till).cursor() == replica_cursor(9)
    assert not (till.folder / NEW_FILE).exists()
    assert not (till.folder / NEXT_FILE).exists()
    assert not (till.folder / OLD_FILE).exists()


def replica_cursor(position: int) -> object:
    from sync.client.state import Cursor

    return Cursor(told.EPOCH, position)


def test_goods_count_with_the_first_chunk_and_members_with_the_exchange(till: RealTill) -> None:
    snapshot = some_snapshot(till)
    sink = sink_of(till)
    first, *rest = sink.begin(snapshot.manifest)
    sink.take_chunk(first, snapshot.rows(first))
    assert till.replica.reader.product_by_code(TEA.product_id) == TEA
    for name in rest:
        sink.take_chunk(name, snapshot.rows(name))
        assert till.replica.reader.member_by_phone(CROWD[5].phone) is None
        assert member(till, CARA) == CARA
    assert told.feed_sink(till).cursor() is None
    sink.swap(snapshot.manifest)
    check_whole(till)
    assert member(till, CARA).name == "总部"


def test_every_thread_that_asks_meets_the_one_or_the_other(till: RealTill) -> None:
    sink = load(till, snapshot := some_snapshot(till))
    stop, seen, wrong = threading.Event(), set(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                found = till.replica.reader.member(CARA.member_id)
                seen.add(None if found is None else found.name)
            except Exception as error:
                wrong.append(error)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for each in askers:
        each.start()
    sink.swap(snapshot.manifest)
    while "总部" not in seen and not wrong:
        pass
    stop.set()
    for each in askers:
        each.join()
    assert not wrong
    assert seen <= {CARA.name, "总部"}


def test_what_the_till_wrote_meanwhile_is_there_afterwards(till: RealTill) -> None:
    before = told.head(till)
    changed = msgspec.structs.replace(CARA, name="我改的")
    snapshot = some_snapshot(till, contains=before)
    sink = sink_of(till)
    names = sink.begin(snapshot.manifest)
    till.app.members.update(MANAGER, None, changed, ("name",))
    for name in names:
        sink.take_chunk(name, snapshot.rows(name))
    late = till.app.members.capture(MANAGER, NewMember(phone="13900002222", name="刚办的"))
    done = till.sell((some_products()[19], 2), member=late)
    sink.swap(snapshot.manifest)
    check_whole(till)
    assert member(till, late) == late == till.replica.reader.member_by_phone("13900002222")
    assert done.sale.member is not None
    assert balance(till, late) == sum(each.points.count for each in done.sale.member.earned)
    assert member(till, CARA) == changed
    # Head office's own word of her was kept beside it, and counts once it has the change.
    told.say(till, contains=told.head(till))
    assert member(till, CARA).name == "总部"


@pytest.mark.parametrize("cut", range(4))
def test_a_load_that_was_cut_goes_on(tmp_path: Path, cut: int) -> None:
    till = open_test_till(tmp_path)
    snapshot = some_snapshot(till)
    sink = sink_of(till)
    names = sink.begin(snapshot.manifest)
    for name in names[:cut]:
        sink.take_chunk(name, snapshot.rows(name))
    sink.close()
    till.close()
    till = open_test_till(tmp_path)
    try:
        again = sink_of(till)
        assert again.begin(snapshot.manifest) == list(names[cut:])
        for name in names[cut:]:
            again.take_chunk(name, snapshot.rows(name))
        again.swap(snapshot.manifest)
        check_whole(till)
    finally:
        till.close()


def test_a_load_cut_within_its_end_is_finished(till: RealTill, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = some_snapshot(till)
    sink = sink_of(till)
    *names, last = sink.begin(snapshot.manifest)
    for name in names:
        sink.take_chunk(name, snapshot.rows(name))
    with monkeypatch.context() as patched:
        patched.setattr(SnapshotSink, "_finish", lambda self: (_ for _ in ()).throw(OSError("cut")))
        with pytest.raises(OSError, match="cut"):
            sink.take_chunk(last, snapshot.rows(last))
    sink.close()
    again = sink_of(till)
    assert again.begin(snapshot.manifest) == []
    again.swap(snapshot.manifest)
    check_whole(till)


def test_another_snapshot_or_a_torn_file_is_begun_anew(till: RealTill) -> None:
    old = some_snapshot(till)
    sink = sink_of(till)
    for name in sink.begin(old.manifest)[:2]:
        sink.take_chunk(name, old.rows(name))
    sink.close()
    new = some_snapshot(till, told.points(BERT.member_id, 7))
    assert list(sink_of(till).begin(new.manifest)) == [*new.manifest.first, *new.manifest.members]
    (till.folder / NEW_FILE).write_bytes(b"torn" * 5000)
    load(till, new).swap(new.manifest)
    check_whole(till)


@pytest.mark.parametrize("step", ["before", "wal_gone", "old_away", "done"])
def test_an_exchange_cut_anywhere_is_finished_by_the_next_start(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = open_test_till(tmp_path)
    sink = load(till, snapshot := some_snapshot(till))
    moves: list[str] = []
    real = replica_store.move

    def cut(file: Path, to: Path) -> None:
        moves.append(to.name)
        if (step, to.name) in {("wal_gone", OLD_FILE), ("old_away", REPLICA_FILE)}:
            raise SystemExit
        real(file, to)
        if step == "before" and to.name == NEXT_FILE:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(replica_store, "move", cut)
        if step == "done":
            sink.swap(snapshot.manifest)
        else:
            with pytest.raises(SystemExit):
                sink.swap(snapshot.manifest)
    assert moves
    till.close()
    till = open_test_till(tmp_path)
    try:
        check_whole(till)
    finally:
        till.close()


def test_where_the_file_cannot_be_moved_the_old_one_goes_on(till: RealTill, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = load(till, snapshot := some_snapshot(till))
    monkeypatch.setattr(replica_store, "_TRIES", 2)
    real = Path.replace

    def held(self: Path, to: Path) -> Path:
        if Path(to).name == REPLICA_FILE and self.name == NEXT_FILE:
            raise PermissionError("somebody looks into it")
        return real(self, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", held)
        with pytest.raises(KnownError, match=r"replica\.not_exchanged"):
            sink.swap(snapshot.manifest)
    assert member(till, CARA) == CARA
    late = till.app.members.capture(MANAGER, NewMember(phone="13900002222", name="刚办的"))
    assert till.replica.reader.member_by_phone("13900002222") == late
    sink.swap(snapshot.manifest)
    check_whole(till)
    assert till.replica.reader.member_by_phone("13900002222") == late


def test_nothing_of_a_snapshot_can_be_read_without_the_key(till: RealTill) -> None:
    sink = sink_of(till)
    snapshot = some_snapshot(till)
    for name in sink.begin(snapshot.manifest)[:-1]:
        sink.take_chunk(name, snapshot.rows(name))
    files = [path for path in till.folder.rglob("*") if path.is_file()]
    assert any(path.name.startswith(NEW_FILE) for path in files)
    for path in files:
        assert CROWD[5].phone.encode() not in path.read_bytes(), path.name


def test_a_replica_lost_after_all_is_made_anew_with_what_the_till_keeps(tmp_path: Path) -> None:
    till = open_test_till(tmp_path)
    load(till, snapshot := some_snapshot(till)).swap(snapshot.manifest)
    late = till.app.members.capture(MANAGER, NewMember(phone="13900002222", name="刚办的"))
    till.close()
    open_replica(tmp_path, key=till.keys.replica, remake=True).close()
    till = open_test_till(tmp_path)
    try:
        assert told.feed_sink(till).cursor() is None
        assert member(till, late) == late
        load(till, snapshot).swap(snapshot.manifest)
        check_whole(till)
        assert member(till, late) == late
    finally:
        till.close()


def test_a_snapshot_of_a_former_life_holds_no_more_of_this_one_than_its_base(till: RealTill) -> None:
    done = till.sell((some_products()[19], 2), member=CARA)
    assert done.sale.member is not None
    earned = sum(each.points.count for each in done.sale.member.earned)
    with till.ledger.write(MANAGER.staff_id) as tx:
        tx.set_meta("incarnation", "2")
        tx.set_meta("base_seq", "1")
    snapshot = some_snapshot(till)
    manifest = msgspec.structs.replace(snapshot.manifest, lives={TILL.till_id: 1})
    snapshot.manifest = manifest
    load(till, snapshot).swap(manifest)
    assert balance(till, CARA) == 100 + earned


@pytest.mark.parametrize(("boot", "is_kept"), [("one", True), ("another", False)])
def test_a_load_goes_on_after_a_crash_and_begins_anew_after_a_power_cut(
    till: RealTill, monkeypatch: pytest.MonkeyPatch, boot: str, is_kept: bool
) -> None:
    snapshot = some_snapshot(till)
    monkeypatch.setattr(loading, "boot_id", lambda: "one")
    sink = sink_of(till)
    first, *missing = sink.begin(snapshot.manifest)
    sink.take_chunk(first, snapshot.rows(first))
    sink.close()
    monkeypatch.setattr(loading, "boot_id", lambda: boot)
    again = sink_of(till)
    assert list(again.begin(snapshot.manifest)) == ([*missing] if is_kept else [first, *missing])
    again.close()
