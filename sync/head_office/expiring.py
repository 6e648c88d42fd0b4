"""Head office books what reached its last day, for all tills, in a journal of its own: see ``expiry_rules``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pos_app.domain.clock import business_date
from pos_app.domain.ids import LotId, MemberId
from sync.head_office.books import base_of
from sync.head_office.database import Connection
from sync.head_office.expiry_rules import Due, closed_through, due_of, payloads_of
from sync.head_office.openings import NO_KEY, own_till
from sync.head_office.positions import JOURNAL_CHANNEL
from sync.head_office.records import read
from sync.protocol.chain import GENESIS_HASH, record_hash

#: Lots of one transaction, about, and accounts that are read at once.
_MOST: Final = 5_000
_PAGE: Final = 1_000
#: The fact that names the till whose journal this is.
_TILL: Final = "expiry_till"

_TILLS: Final = """
SELECT l.seen_ms, l.clock_off_ms, l.waiting, s.time_zone, s.day_starts_hour, NOT EXISTS (
           SELECT FROM life AS o WHERE o.till = t.till AND o.applied_seq < o.accepted_seq
       ), (
           SELECT j.payload FROM journal AS j JOIN life AS o USING (till, incarnation)
           WHERE j.till = t.till AND j.seq = o.applied_seq ORDER BY j.incarnation DESC LIMIT 1
       )
FROM till AS t JOIN store AS s USING (store) JOIN life AS l USING (till)
WHERE t.state = 'active' AND l.incarnation = (SELECT max(incarnation) FROM life AS m WHERE m.till = t.till)
"""
_DUE: Final = """
SELECT member, body FROM account WHERE ends_on <= %(through)s AND (%(after)s::uuid IS NULL OR member > %(after)s)
ORDER BY member LIMIT %(most)s
"""


def book_expired(connection: Connection, now_ms: int) -> int:
    """Write what is due into the journal of expiry, to be applied as all others.

    Args:
        connection: Within a transaction of whoever applies, and nobody else.
        now_ms: Head office's clock.

    Returns:
        How many records; call again once they are applied, until there are none.
    """
    today = _today(connection, now_ms)
    if today is None:
        return 0
    till, seq, head, is_applied = _own_journal(connection)
    if not is_applied:
        return 0
    through = _through(connection, today)
    due: list[Due] = []
    count = 0
    for each in _due(connection, through):
        due.append(each)
        count += len(each.lots) + len(each.moves)
        if count >= _MOST:
            break
    if not due:
        return 0
    if not till:
        till = _begin(connection, now_ms)
    payloads = list(payloads_of(due, till, seq, today, now_ms))
    for number, payload in enumerate(payloads, seq + 1):
        head = record_hash(head, payload)
        connection.execute(
            "INSERT INTO journal (till, incarnation, seq, payload, hash, accepted_ms) VALUES (%s, 1, %s, %s, %s, %s)",
            (till, number, payload, head, now_ms),
        )
    connection.execute(
        "UPDATE life SET accepted_seq = %s, accepted_hash = %s WHERE till = %s", (seq + len(payloads), head, till)
    )
    connection.execute("SELECT pg_notify(%s, '')", (JOURNAL_CHANNEL,))
    return len(payloads)


def _today(connection: Connection, now_ms: int) -> dt.date | None:
    """The business date where the day is youngest; None without a store."""
    days = [
        _day(now_ms, zone, hour) for zone, hour in connection.execute("SELECT time_zone, day_starts_hour FROM store")
    ]
    return min(days, default=None)


def _day(at_ms: int, zone: str, hour: int) -> dt.date:
    return business_date(dt.datetime.fromtimestamp(at_ms / 1000, tz=ZoneInfo(zone)), hour)


def _through(connection: Connection, today: dt.date) -> dt.date:
    """What ended on this day or before it can be booked."""
    past: list[dt.date] = []
    for seen_ms, clock_off_ms, waiting, zone, hour, is_applied, payload in connection.execute(_TILLS):
        said = read(bytes(payload), b"", ()) if payload is not None else None
        day = said.payload.business_date if said is not None else dt.date.min
        if seen_ms and not waiting and is_applied:
            day = max(day, min(_day(seen_ms, zone, hour), _day(seen_ms + clock_off_ms, zone, hour)))
        past.append(day)
    return closed_through(today - dt.timedelta(days=1), past)


def _own_journal(connection: Connection) -> tuple[str, int, bytes, bool]:
    """Its till, the last place and hash, and whether all of it is applied."""
    row = connection.execute(
        "SELECT till, accepted_seq, accepted_hash, applied_seq = accepted_seq FROM life"
        " WHERE till = (SELECT value FROM fact WHERE key = %s)",
        (_TILL,),
    ).fetchone()
    return ("", 0, GENESIS_HASH, True) if row is None else (row[0], row[1], bytes(row[2]), row[3])


def _begin(connection: Connection, now_ms: int) -> str:
    (store,) = connection.execute("SELECT min(store) FROM store").fetchone() or ("",)
    till = own_till(connection, "expiry", store, now_ms)
    connection.execute(
        "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash, applied_seq)"
        " VALUES (%s, 1, %s, %s, 0, %s, 0)",
        (till, NO_KEY, GENESIS_HASH, GENESIS_HASH),
    )
    connection.execute("INSERT INTO fact VALUES (%s, %s)", (_TILL, till))
    return till


def _due(connection: Connection, through: dt.date) -> Iterator[Due]:
    after: UUID | None = None
    while True:
        rows = connection.execute(_DUE, {"through": through, "after": after, "most": _PAGE}).fetchall()
        if not rows:
            return
        members = [member for member, _ in rows]
        held = {
            LotId(lot): int(amount)
            for lot, amount in connection.execute(
                "SELECT lot, sum(amount) FROM hold WHERE account = ANY(%s) GROUP BY lot", (members,)
            )
        }
        for member, body in rows:
            found = due_of(MemberId(member), base_of(body), held, through)
            if found.lots or found.moves:
                yield found
        after = members[-1]
