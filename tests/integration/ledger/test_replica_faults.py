"""Losing the replica loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pos_testkit.damage import flip
from pos_testkit.till import SECRET, open_test_ledger, open_test_till, real_till, some_members, some_products

from pos_app.errors import KnownError
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.replica.store import open_replica

KEYS = Keys(SECRET)
GOODS, MEMBERS = some_products(), some_members()


class TestTheReplica:
    def test_lost_or_damaged_it_is_made_again_from_the_ledger(self, folder: Path) -> None:
        with real_till(folder) as till:
            count = till.replica.reader.member_count()
        for harm in (
            lambda path: path.unlink(),
            lambda path: path.write_bytes(b"not a database" * 1000),
            lambda path: flip(path, 40),
            lambda path: path.write_bytes(b""),
        ):
            harm(folder / "replica.db")
            with real_till(folder) as till:
                assert till.replica.was_made
                assert till.replica.reader.member_count() == count
                assert till.replica.reader.member_by_phone(MEMBERS[3].phone) == MEMBERS[3]
                assert len(till.replica.reader.staff()) == 3

    def test_catching_up_is_incremental_repeatable_and_says_how_far(self, folder: Path) -> None:
        with real_till(folder) as till, till.ledger.read() as reader:
            assert till.replica.catch_up(reader) == 0
            assert till.replica.behind(reader) == 0
        with real_till(folder) as till:
            till.sell((GOODS[19], 100), member=MEMBERS[0])  # a new tier: kept in the ledger, put into the replica
            with till.ledger.read() as reader:
                assert till.replica.behind(reader) == 1
                told: list[tuple[int, int]] = []
                assert till.replica.catch_up(reader, lambda done, whole: told.append((done, whole))) == 1
                assert told == [(1, 1)]

    def test_that_follows_another_ledger_is_refused(self, folder: Path, tmp_path: Path) -> None:
        open_test_till(folder).close()
        other = tmp_path / "other"
        other.mkdir()
        shutil.copy(folder / "replica.db", other)
        ledger = open_test_ledger(other)
        replica = open_replica(other, key=KEYS.replica)
        with ledger.read() as reader:
            assert not replica.is_of(reader), "ahead of a ledger that has no master data"
            with pytest.raises(KnownError) as caught:
                replica.catch_up(reader)
            assert caught.value.code == "replica.foreign"
        replica.close()
        replica = open_replica(other, key=KEYS.replica, remake=True)
        assert replica.was_made
        replica.close()
        ledger.close()
