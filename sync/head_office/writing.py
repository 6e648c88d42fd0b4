"""What a chunk of records did, written to the tables: rows as COPY takes them, positions of the feed last."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.applying import ids_made
from pos_app.domain.ledger.bodies import Refund
from pos_app.domain.ledger.bodies_sync import BeganAgain
from pos_app.domain.ledger.journal import Payload
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.outcomes import Applied, Held, Merged, Notice, Quarantined, Waiting
from pos_app.domain.ledger.postings import Posting
from pos_app.domain.member import GIVEN, Member
from sync.head_office.authorising import free_former_lives, settle
from sync.head_office.database import Connection
from sync.head_office.positions import take_positions
from sync.head_office.publishing import put_rows
from sync.head_office.records import Place, Taken, bucket_of, is_plain
from sync.protocol.messages import RowKind, UnitSold

#: Tables of the connection, through which accounts and persons are put in one go.
STAGES: Final = """
CREATE TEMP TABLE IF NOT EXISTS new_account (n int, member uuid, bucket smallint, body bytea, ends_on date)
    ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS new_person (n int, member uuid, phone text, body bytea, joined_on date)
    ON COMMIT DELETE ROWS
"""
_NULL: Final = "\\N"
_POSTING: Final = (
    "COPY posting (bucket, till, incarnation, seq, n, asset, account, amount, member, lot, adjusting) FROM STDIN"
)
_ACCOUNTS: Final = """
INSERT INTO account (member, bucket, body, position, ends_on)
SELECT member, bucket, body, %s + n, ends_on FROM new_account ORDER BY member
ON CONFLICT (member) DO UPDATE SET body = excluded.body, position = excluded.position,
    ends_on = excluded.ends_on
"""
_PERSONS: Final = """
INSERT INTO person (member, phone, body, joined_on, position)
SELECT member, phone, body, joined_on, %s + n FROM new_person ORDER BY member
ON CONFLICT (member) DO UPDATE SET phone = excluded.phone, body = excluded.body, joined_on = excluded.joined_on,
    position = excluded.position
"""
_SET_ASIDE: Final = """
INSERT INTO set_aside (till, incarnation, seq, record_id, kind, state, reason, params, depends_on, makes, receipt_no,
    decided_ms)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s)
ON CONFLICT (till, incarnation, seq) DO UPDATE SET state = excluded.state, reason = excluded.reason,
    params = excluded.params, depends_on = excluded.depends_on, makes = excluded.makes,
    decided_ms = excluded.decided_ms, is_ready = false
"""


class Outcomes:
    """Rows that a chunk comes to, collected record by record."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms: Final = now_ms
        self._postings: list[str] = []
        self._known: list[str] = []
        self._documents: list[str] = []
        self._refunded: list[tuple[object, ...]] = []
        self._aside: list[tuple[object, ...]] = []
        self._applied: list[Place] = []
        self._attention: list[tuple[object, ...]] = []
        self._people: dict[MemberId, Member] = {}
        self._of_record: list[tuple[object, ...]] = []
        self._merged: list[Merged] = []
        self._settled: list[tuple[str, int, UUID]] = []
        self._released: list[tuple[str, int, UUID]] = []
        self._began: list[tuple[str, int, int]] = []
        self._units: dict[tuple[RowKind, str], bytes | None] = {}
        self._given: dict[str, int] = {}
        self._made: list[Payload] = []
        self._touched: set[MemberId] = set()

    # What became of each record

    def applied(self, taken: Taken, outcome: Applied) -> None:
        """A record is in the books."""
        place, record = taken
        if record is None:
            return
        till, incarnation, seq = place
        payload, body = record.payload, record.body
        self._applied.append(place)
        self._made.append(payload)
        self._known.append(f"{payload.id.hex}\t{till}\t{incarnation}\t{seq}\t\\\\x{record.hash.hex()}\n")
        if payload.postings or outcome.adjusting:
            self._post(place, payload.postings, outcome.adjusting)
        if outcome.sold is not None:
            sale = outcome.sold.sale
            self._documents.append(f"{sale.sale_id.hex}\t{_plain(sale.receipt_no)}\t{till}\t{incarnation}\t{seq}\n")
            for unit in outcome.units_sold:
                sold = UnitSold(till, sale.receipt_no, sale.sale_id)
                self._units[RowKind.UNIT_CODE, unit.code_hash.hex()] = msgspec.json.encode(sold)
        for hashed in outcome.units_back:
            self._units[RowKind.UNIT_CODE, hashed.hex()] = None
        if outcome.refunded is not None:
            self._refunded.append((outcome.refunded, *place))
        for person in outcome.people:
            self._people[person.member_id] = person
        self._of_record += [(*place, person.member_id) for person in record.people]
        for merged in outcome.merged:
            self._merged.append(merged)
            self._people.pop(merged.loser, None)
        self._settled += [(till, seq, each) for each in outcome.settled]
        self._released += [(till, seq, each) for each in outcome.released]
        if isinstance(body, BeganAgain):
            self._began.append((till, seq, body.incarnation))
        for n, notice in enumerate(outcome.notices):
            self._note(place, n, notice)
        day = body.sold_on or payload.business_date if isinstance(body, Refund) else payload.business_date
        for counted in getattr(body, "counted_for", ()):
            if counted.what.startswith(GIVEN):
                self._give(counted.what, day, counted.amount)

    def set_aside(self, taken: Taken, outcome: Quarantined | Held | Waiting, makes: Sequence[UUID]) -> None:
        """A record is not in the books. Its members are told again, so that its till shows them without it."""
        place, record = taken
        state, reason, params, depends_on = _words(outcome)
        payload = None if record is None else record.payload
        receipt_no = "" if record is None else _plain(str(getattr(record.body, "receipt_no", "")))
        self._aside.append(
            (
                *place,
                None if payload is None else payload.id,
                "" if payload is None else _plain(payload.kind),
                state,
                reason,
                msgspec.json.encode({name: _plain(value) for name, value in params.items()}).decode(),
                depends_on,
                list(makes),
                receipt_no,
                self._now_ms,
            )
        )
        if payload is not None:
            self._touched |= {each.member_id for each in payload.postings if each.member_id is not None}

    def again(self, taken: Taken) -> None:
        """The very same record is in the books already."""
        self._applied.append(taken.place)

    def touched(self) -> set[MemberId]:
        """Accounts to be told again though they are as they were."""
        return self._touched

    def _post(self, place: Place, postings: Sequence[Posting], adjusting: Sequence[Posting]) -> None:
        head = f"{place.till}\t{place.incarnation}\t{place.seq}\t"
        own = len(postings)
        for n, each in enumerate((*postings, *adjusting)):
            member, lot = each.member_id, each.lot_id
            bucket = 0 if member is None else bucket_of(member)
            self._postings.append(
                f"{bucket}\t{head}{n}\t{each.asset._value_}\t{each.account}\t{each.amount}"
                f"\t{_NULL if member is None else member.hex}\t{_NULL if lot is None else lot.hex}"
                f"\t{'f' if n < own else 't'}\n"
            )

    def _note(self, place: Place, n: int, notice: Notice) -> None:
        digest = hashlib.sha256(f"guitai/notice/1\x00{place}/{n}/{notice.code}".encode()).digest()
        params = {name: _plain(value) for name, value in notice.params.items()}
        row = (UUID(bytes=digest[:16]), notice.code, msgspec.json.encode(params).decode())
        self._attention.append((*row, place.till, notice.member_id, place.seq, self._now_ms))

    def _give(self, what: str, day: dt.date, amount: int) -> None:
        key = f"{_plain(what)}:{day:%Y-%m}"
        self._given[key] = self._given.get(key, 0) + amount

    # To the tables

    def write(self, connection: Connection, *, is_again: bool) -> None:
        """Write everything but how far each life is applied, and what goes down to the tills."""
        _copy(connection, _POSTING, self._postings)
        _copy(connection, "COPY known_record (record_id, till, incarnation, seq, hash) FROM STDIN", self._known)
        _copy(connection, "COPY document (sale_id, receipt_no, till, incarnation, seq) FROM STDIN", self._documents)
        with connection.cursor() as cursor:
            if self._refunded:
                cursor.executemany("INSERT INTO refunded VALUES (%s, %s, %s, %s)", self._refunded)
            if self._aside:
                cursor.executemany(_SET_ASIDE, self._aside)
            if self._attention:
                cursor.executemany(
                    "INSERT INTO attention (attention_id, code, params, till, store, member, seq, raised_ms)"
                    " SELECT %s, %s, %s::jsonb, t.till, t.store, %s, %s, %s FROM till AS t WHERE t.till = %s"
                    " ON CONFLICT DO NOTHING",
                    [(*row[:3], *row[4:], row[3]) for row in self._attention],
                )
            if self._of_record:
                cursor.executemany(
                    "INSERT INTO person_of_record VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", self._of_record
                )
                cursor.executemany(
                    "DELETE FROM person_sent WHERE till = %s AND incarnation = %s AND seq = %s",
                    {row[:3] for row in self._of_record},
                )
            if is_again and self._applied:
                cursor.executemany(
                    "DELETE FROM set_aside WHERE till = %s AND incarnation = %s AND seq = %s", self._applied
                )
        self._wake_held(connection)
        self._settle(connection)

    def _wake_held(self, connection: Connection) -> None:
        """Records that were held because of these are tried again, in a transaction of their own."""
        held = "SELECT FROM set_aside WHERE state = 'held' LIMIT 1"
        if self._made and connection.execute(held).fetchone() is not None:
            made = [each for payload in self._made for each in ids_made(payload)]
            connection.execute(
                "UPDATE set_aside SET is_ready = true WHERE state = 'held' AND depends_on && %s", (made,)
            )

    def _settle(self, connection: Connection) -> None:
        """Nothing is held any more for what was sold or given up."""
        settle(connection, "settled", self._settled, self._now_ms)
        settle(connection, "released", self._released, self._now_ms)
        free_former_lives(connection, self._began)

    def send_down(self, connection: Connection, accounts: Mapping[MemberId, Base]) -> None:
        """What goes down to the tills: positions are taken last, and nothing waits behind them but COMMIT."""
        accounts_in = [
            f"{n}\t{who.hex}\t{bucket_of(who)}\t\\\\x{codec.encode(base).hex()}\t{_end_of(base)}\n"
            for n, (who, base) in enumerate(accounts.items())
        ]
        _copy(connection, "COPY new_account FROM STDIN", accounts_in)
        people = list(self._people.values())
        if people:
            rows = [
                (n, each.member_id, each.phone, codec.encode(each), each.joined_on) for n, each in enumerate(people)
            ]
            _copy_rows(connection, "COPY new_person FROM STDIN", rows)
        if self._units or self._given:
            put_rows(connection, {**self._units, **self._shop_given(connection)}, self._now_ms)
        merged = self._leading(connection)
        # A till must not learn of a merge before it has the account with both: one that changes again takes its merges
        # along, behind it.
        again = _merged_into(connection, accounts, merged)
        erased = _erased_of(connection, {*accounts, *(row[-1] for row in self._of_record)})
        count = len(accounts) + len(people) + len(merged) + len(again) + len(erased)
        if not count:
            return
        first = take_positions(connection, count)
        if accounts:
            connection.execute(_ACCOUNTS, (first,))
        if people:
            connection.execute(_PERSONS, (first + len(accounts),))
        for n, (loser, winner) in enumerate(merged.items(), first + len(accounts) + len(people)):
            self._merge(connection, loser, winner, n)
        for n, loser in enumerate(again, first + count - len(again) - len(erased)):
            connection.execute("UPDATE merged SET position = %s WHERE loser = %s", (n, loser))
        for n, member in enumerate(erased, first + count - len(erased)):
            connection.execute("UPDATE person SET position = %s WHERE member = %s", (n, member))

    def _leading(self, connection: Connection) -> dict[UUID, UUID]:
        """Every entry that was merged by these records, or leads to one that was: to whom it leads now, in one step."""
        if not self._merged:
            return {}
        leads: dict[UUID, UUID] = {each.loser: each.winner for each in self._merged}
        rows = connection.execute("SELECT loser, winner FROM merged WHERE winner = ANY(%s)", (list(leads),))
        found: dict[UUID, UUID] = {}
        for loser, winner in [*leads.items(), *rows]:
            end = winner
            while end in leads:
                end = leads[end]
            found[loser] = end
        return found

    def _merge(self, connection: Connection, loser: UUID, winner: UUID, position: int) -> None:
        connection.execute(
            "INSERT INTO merged (loser, winner, position, merged_ms) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (loser) DO UPDATE SET winner = excluded.winner, position = excluded.position",
            (loser, winner, position, self._now_ms),
        )
        connection.execute("DELETE FROM account WHERE member = %s", (loser,))
        connection.execute("DELETE FROM person WHERE member = %s", (loser,))
        connection.execute("UPDATE hold SET account = %s WHERE account = %s", (winner, loser))

    def _shop_given(self, connection: Connection) -> dict[tuple[RowKind, str], bytes | None]:
        """What rules gave in a month in the whole shop, with what these records add."""
        keys = list(self._given)
        rows = connection.execute(
            "SELECT key, body FROM master WHERE kind = %s AND key = ANY(%s) AND body IS NOT NULL",
            (RowKind.SHOP_GIVEN.value, keys),
        )
        before: dict[str, int] = {key: int(msgspec.json.decode(body)) for key, body in rows}
        return {
            (RowKind.SHOP_GIVEN, key): msgspec.json.encode(before.get(key, 0) + more)
            for key, more in self._given.items()
        }


def _end_of(base: Base) -> str:
    """The first last day of what an account holds, as COPY takes it."""
    days = [each.expires_on for each in base.lots if each.expires_on is not None and each.available > 0]
    days += [each.expires_on for each in base.wallet if each.expires_on is not None and each.amount > 0]
    return min(days).isoformat() if days else _NULL


def _words(outcome: Quarantined | Held | Waiting) -> tuple[str, str, dict[str, str], list[UUID]]:
    if isinstance(outcome, Quarantined):
        return "quarantined", outcome.code, outcome.params, []
    if isinstance(outcome, Held):
        return "held", "record.held", {}, list(outcome.on)
    return "waiting", "record.too_new", {"kind": outcome.kind, "version": str(outcome.version)}, []


def _plain(text: str) -> str:
    """A text of a record as it may stand in a table."""
    return text if is_plain(text) else "".join(each for each in text if each.isprintable() and each != "\\")[:100]


def _copy(connection: Connection, statement: str, lines: Sequence[str]) -> None:
    if lines:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("".join(lines))


def _copy_rows(connection: Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _erased_of(connection: Connection, members: set[object]) -> list[UUID]:
    """Of these the persons who were erased: a till that kept data of its own with its record drops that now."""
    if not members:
        return []
    rows = connection.execute(
        "SELECT member FROM person WHERE body IS NULL AND member = ANY(%s) ORDER BY member", (list(members),)
    )
    return [member for (member,) in rows]


def _merged_into(connection: Connection, accounts: Mapping[MemberId, Base], but: Mapping[UUID, UUID]) -> list[UUID]:
    """Everybody who was merged into one of these accounts earlier."""
    if not accounts:
        return []
    rows = connection.execute("SELECT loser FROM merged WHERE winner = ANY(%s) ORDER BY loser", (list(accounts),))
    return [loser for (loser,) in rows if loser not in but]
