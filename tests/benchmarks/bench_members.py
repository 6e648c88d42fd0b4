"""Members by phone, card, last four digits, name and pinyin initials, among one and ten millions."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.crowd import MILLION, SECRET, crowd
from benchmarks.figures import Figure, interleaved, median, percentile, samples

from pos_app.application.lookup import MAX_RESULTS
from pos_app.domain.member import Member
from pos_app.infrastructure.databases import DatabaseFile, Mode
from pos_app.infrastructure.keys import Keys
from pos_app.infrastructure.replica.members import from_columns
from pos_app.infrastructure.replica.pinyin import given_name, name_initials
from pos_app.infrastructure.replica.reader import READER_CACHE_KIB, SqlReplica
from pos_app.infrastructure.replica.store import REPLICA_FILE

LOOKUPS = 20_000
SEARCHES = 3_000
FIRST = 300
_COLUMNS = "m.member_id, m.phone, m.name, m.rest"
_BY_ROW = f"SELECT {_COLUMNS} FROM member m WHERE m.id = ?"
_BY_PHONE = f"SELECT {_COLUMNS} FROM member m WHERE m.phone = ? AND m.phone <> ''"
_BY_CARD = f"SELECT {_COLUMNS} FROM card c JOIN member m ON m.id = c.member WHERE c.number = ?"


def run(large: bool) -> list[Figure]:
    """Measure among 1,000,000 members, with ``large`` among 10,000,000 too."""
    return [figure for count in (MILLION, *([10 * MILLION] if large else [])) for figure in _among(count)]


def _among(count: int) -> list[Figure]:
    path = crowd(count) / REPLICA_FILE
    figures: list[Figure] = []
    for is_cold in (False, True):
        (_forget if is_cold else _read_through)(path)
        file = DatabaseFile(path, Keys(SECRET).replica, "replica", synchronous="NORMAL")
        try:
            among = _Crowd(file, count)
            figures += [among.first_touch()] if is_cold else among.figures()
        finally:
            file.close()
    return figures


def _read_through(path: Path) -> None:
    """Bring the file into the system's cache, as on a till that is in use; a sandbox may have thrown it out."""
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


def _forget(path: Path) -> None:
    """Have the system forget what it knows of the file, as after a start of the machine."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class _Crowd:
    """Questions about random members of an open file, no member more than by chance."""

    def __init__(self, file: DatabaseFile, count: int) -> None:
        self._file = file
        self._count = count
        self._words = f"{count // MILLION} M members"
        self._random = random.Random(count)
        self._replica = SqlReplica(file)
        # The very connection of the application's questions: same file, same cache, same thread.
        self._raw = file.reader(cache_kib=READER_CACHE_KIB).driver

    def figures(self) -> list[Figure]:
        replica = self._replica
        return [
            *self._exact("by phone", lambda member: member.phone, replica.member_by_phone, _BY_PHONE),
            *self._exact("by card", lambda member: member.cards[0], replica.member_by_card, _BY_CARD),
            self._search("last four digits", lambda member: member.phone[-4:], replica.members_by_last_four),
            self._search("surname", lambda member: member.name[:1], replica.members_by_name),
            self._search("name's first two", lambda member: member.name[:2], replica.members_by_name),
            self._search("given name", lambda member: given_name(member.name), replica.members_by_name),
            self._search("pinyin initials", lambda member: name_initials(member.name), replica.members_by_name),
            self._search("two initials", lambda member: name_initials(member.name)[:2], replica.members_by_name),
        ]

    def first_touch(self) -> Figure:
        """The same with everything still on the disk: what is measured is the disk, so there is no limit."""
        _, p99 = self._exact(
            "by phone, nothing cached", lambda member: member.phone, self._replica.member_by_phone, _BY_PHONE, FIRST
        )
        return replace(p99, limit=None)

    def _drawn(self, what: Callable[[Member], str], many: int) -> list[str]:
        """A property of random members, read on a connection of its own, so that no page is warmed for the question."""
        connection = self._file.connect(Mode.READ, cache_kib=1024)
        ids = [self._random.randint(1, self._count) for _ in range(many)]
        rows = [connection.driver.execute(_BY_ROW, (each,)).fetchone() for each in ids]
        self._file.discard(connection)
        return [what(from_columns(row)) for row in rows]

    def _exact(
        self,
        words: str,
        what: Callable[[Member], str],
        ask: Callable[[str], Member | None],
        sql: str,
        many: int = LOOKUPS,
    ) -> list[Figure]:
        ours, theirs = self._drawn(what, many), self._drawn(what, many)
        execute = self._raw.execute

        def app(number: int) -> None:
            if ask(ours[number]) is None:
                raise AssertionError("a member was not found")

        def floor(number: int) -> None:
            if execute(sql, (theirs[number],)).fetchone() is None:
                raise AssertionError("a member was not found")

        values, floors = interleaved(many, app, floor)
        name = f"{self._words}, {words}"
        return [
            Figure(f"{name}, p50", median(values), "µs", floor=median(floors), most=4, note="raw SQL, same connection"),
            Figure(f"{name}, p99", percentile(values, 99), "µs", limit=2_000, floor=percentile(floors, 99)),
        ]

    def _search(self, words: str, what: Callable[[Member], str], ask: Callable[[str, int], Sequence[Member]]) -> Figure:
        wanted = self._drawn(what, SEARCHES)

        def app(number: int) -> None:
            if not ask(wanted[number], MAX_RESULTS):
                raise AssertionError(f"nobody was found by {wanted[number]}")

        values = samples(SEARCHES, app, scale=1e3)
        return Figure(f"{self._words}, {words}, page of {MAX_RESULTS}, p99", percentile(values, 99), "ms", limit=10)
