"""The replica is lost while there is no line: what head office sent of goods, staff and rules is there all the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from pos_testkit import builders, told
from pos_testkit.snapshots import Snapshot, load
from pos_testkit.till import MANAGER, RealTill, real_till, some_members, some_products, some_staff

from pos_app.application.members import NewMember
from pos_app.domain.unit_codes import code_hash
from pos_app.infrastructure.replica.basics import BASICS_FILE
from pos_app.infrastructure.replica.store import REPLICA_FILE
from sync.protocol.messages import FeedRow, Policy, RowKind, UnitSold

ANNA = some_members()[0]
CROWD = [builders.member(1000 + n, phone=f"137{n:08d}", cards=(f"K{n:06d}",)) for n in range(10)]
#: Only head office has these: nothing of them is in the ledger.
OUR_TEA = builders.product(901, 1_250, name="总部龙井")
OLD_TEA = builders.product(902, 990, name="去年龙井")
CODE = "BM-000777"


def rows(till: RealTill) -> list[FeedRow]:
    boss = msgspec.structs.replace(some_staff(till.keys)[0], staff_id="H1", name="总部店长")
    return [
        told.master(RowKind.CATEGORY, "tea", builders.category("tea", "茶")),
        told.master(RowKind.PRODUCT, OUR_TEA.product_id, OUR_TEA),
        told.master(RowKind.PRODUCT, OLD_TEA.product_id, OLD_TEA),
        told.master(RowKind.STAFF, "H1", boss),
        told.master(RowKind.PROGRAMME, "1", builders.programme()),
        told.plain(RowKind.TILL_KEY, "ab" * 8, bytes(32)),
        told.plain(RowKind.POLICY, "policy", Policy(offline_spending=("points",))),
        told.plain(RowKind.UNIT_CODE, code_hash(CODE).hex(), UnitSold("till-2", "0201")),
        told.plain(RowKind.SHOP_GIVEN, "gift:2026-01", 7),
    ]


def delete(file: Path) -> None:
    file.unlink()


def overwrite(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 64)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5_000])


def check_goods(till: RealTill) -> None:
    replica = till.replica.reader
    assert replica.product_by_code(OUR_TEA.product_id) == OUR_TEA
    assert replica.product_by_code(OLD_TEA.product_id) is None
    assert replica.product_by_code(some_products()[0].product_id) is None, "head office's goods count alone"
    assert [each.staff_id for each in replica.staff()] == ["H1"]
    assert replica.till_key("ab" * 8) == bytes(32)
    assert replica.offline_spending() == {"points"}
    sold = replica.unit_sold(CODE)
    assert sold is not None
    assert sold.receipt_no == "0201"
    assert replica.shop_given("gift", dt.date(2026, 1, 1)).amount == 7


@pytest.mark.parametrize("harm", [delete, overwrite, cut])
def test_a_till_that_lost_its_replica_without_a_line_logs_in_and_sells(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "data"
    with real_till(folder) as till:
        told.say(till, *rows(till), told.person(CROWD[1]))
        told.say(till, told.master(RowKind.PRODUCT, OLD_TEA.product_id, None))
        check_goods(till)
        assert till.replica.reader.member_by_phone(CROWD[1].phone) is not None
    harm(folder / REPLICA_FILE)
    with real_till(folder) as till:
        assert till.replica.was_made
        check_goods(till)
        assert till.replica.reader.member_by_phone(ANNA.phone) == ANNA, "own members are in the ledger"
        assert till.replica.reader.member_by_phone(CROWD[1].phone) is None
        assert told.feed_sink(till).cursor() is None, "head office is asked for everything when there is a line"
        till.open_shift()
        new = till.app.members.capture(MANAGER, NewMember(phone="13900002222", name="刚办的"))
        till.sell(OUR_TEA, member=new)
        # The line is back.
        snapshot = Snapshot(
            [each for each in rows(till) if each.key != OLD_TEA.product_id],
            [told.person(each) for each in CROWD],
            contains=told.head(till),
        )
        load(till, snapshot).swap(snapshot.manifest)
        check_goods(till)
        assert till.replica.reader.member_by_phone("13900002222") is not None
        assert till.replica.reader.member_by_phone(CROWD[5].phone) == CROWD[5]
        assert told.feed_sink(till).cursor() is not None


def test_goods_that_a_later_snapshot_does_not_have_do_not_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with real_till(folder) as till:
        told.say(till, *rows(till))
        whole = [each for each in rows(till) if each.key != OLD_TEA.product_id]
        snapshot = Snapshot(whole, [told.person(each) for each in CROWD], contains=told.head(till))
        load(till, snapshot).swap(snapshot.manifest)
    (folder / REPLICA_FILE).unlink()
    with real_till(folder) as till:
        check_goods(till)


@pytest.mark.parametrize("harm", [delete, overwrite, cut])
def test_what_is_kept_beside_the_replica_is_asked_for_anew_where_it_is_lost(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "data"
    with real_till(folder) as till:
        told.say(till, *rows(till))
    harm(folder / BASICS_FILE)
    with real_till(folder) as till:
        assert till.replica.reader.product_by_code(OUR_TEA.product_id) == OUR_TEA
        assert told.feed_sink(till).cursor() is None
        told.say(till, *rows(till))
        assert told.feed_sink(till).cursor() is not None
    with real_till(folder) as till:
        assert told.feed_sink(till).cursor() is not None


def test_a_till_that_lost_both_still_opens(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with real_till(folder) as till:
        told.say(till, *rows(till))
    for name in (REPLICA_FILE, BASICS_FILE):
        overwrite(folder / name)
    with real_till(folder) as till:
        assert till.replica.reader.product_by_code(OUR_TEA.product_id) is None
        assert till.replica.reader.product_by_code(some_products()[0].product_id) is not None


def test_no_member_is_kept_beside_the_replica(tmp_path: Path) -> None:
    with real_till(tmp_path / "data") as till:
        told.say(till, *rows(till), told.person(CROWD[1]), told.points(CROWD[1].member_id, 5))
        kinds = {row.kind for row in till.replica.basics.rows()}
        assert kinds.isdisjoint({RowKind.PERSON, RowKind.ACCOUNT, RowKind.MERGE})
        assert RowKind.STAFF in kinds
