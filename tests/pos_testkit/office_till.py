"""What real tills' journals become at head office, without a line between: records are put where accepted ones are."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from pos_testkit.till import RealTill

from pos_app.application.ports import MasterKind
from pos_app.domain import codec
from pos_app.domain.ids import MemberId
from pos_app.domain.ledger.accounts import fold_account
from pos_app.domain.ledger.journal import RecordKind, read_payload
from pos_app.domain.ledger.lots import NO_BASE, Base, OwnActivity
from pos_app.domain.member import Member, MemberAccount
from sync.head_office.applying import Applier
from sync.head_office.books import base_of
from sync.head_office.database import Connection, Database
from sync.protocol.chain import GENESIS_HASH, record_hash

_PEOPLE = (RecordKind.MEMBER_CAPTURED, RecordKind.MEMBER_CHANGED)


@dataclass
class Office:
    """A head office that tills' journals are handed to.

    Attributes:
        database: Its tables.
        now_ms: Its clock.
        sent: By till, how many records were handed over.
    """

    database: Database
    now_ms: int = 1_750_000_000_000
    sent: dict[str, int] = field(default_factory=dict)
    _heads: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.database.transaction() as connection:
            connection.execute("INSERT INTO fact VALUES ('epoch', 'e1') ON CONFLICT DO NOTHING")
            connection.execute("INSERT INTO store (store, name) VALUES ('S001', '店') ON CONFLICT DO NOTHING")

    def enrol(self, name: str, number: int, public_key: bytes = bytes(32)) -> None:
        """Take a till in."""
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT INTO till (till, number, store, enrolled_ms) VALUES (%s, %s, 'S001', 0)", (name, number)
            )
            connection.execute(
                "INSERT INTO life (till, incarnation, public_key, base_hash, accepted_seq, accepted_hash, applied_seq)"
                " VALUES (%s, 1, %s, %s, 0, %s, 0)",
                (name, public_key, GENESIS_HASH, GENESIS_HASH),
            )
        self.sent[name], self._heads[name] = 0, GENESIS_HASH

    def accept(self, name: str, payloads: Sequence[bytes], people: dict[int, list[bytes]] | None = None) -> None:
        """Put records where accepted ones are; people by place among them."""
        with self.database.transaction() as connection:
            for n, payload in enumerate(payloads):
                self.sent[name] += 1
                self._heads[name] = record_hash(self._heads[name], payload)
                connection.execute(
                    "INSERT INTO journal VALUES (%s, 1, %s, %s, %s, 0)",
                    (name, self.sent[name], payload, self._heads[name]),
                )
                for person in (people or {}).get(n, ()):
                    connection.execute(
                        "INSERT INTO person_sent VALUES (%s, 1, %s, %s)", (name, self.sent[name], person)
                    )
            connection.execute(
                "UPDATE life SET accepted_seq = %s, accepted_hash = %s WHERE till = %s",
                (self.sent[name], self._heads[name], name),
            )

    def push(self, till: RealTill) -> None:
        """Hand over what a till wrote since the last time."""
        name = till.till.till_id
        if name not in self.sent:
            self.enrol(name, till.till.number, till.keys.signer().public_key)
        payloads: list[bytes] = []
        people: dict[int, list[bytes]] = {}
        with till.ledger.read() as reader:
            for seq in range(self.sent[name] + 1, reader.head().seq + 1):
                record = reader.record(seq)
                assert record is not None
                said = read_payload(record)
                if said.kind in _PEOPLE and said.member is not None:
                    kept = reader.master(MasterKind.MEMBER, said.member.hex)
                    assert kept is not None
                    people[len(payloads)] = [kept]
                payloads.append(record.payload)
        self.accept(name, payloads, people)

    def apply(self, *, chunk: int = 1_000) -> int:
        """Apply all there is, on a connection of its own."""
        with psycopg.connect(self.database.dsn, autocommit=True) as connection:
            applier = Applier(connection, lambda: self.now_ms, chunk)
            while not applier.take_over():  # the one before is just letting go
                time.sleep(0.01)
            return applier.drain()

    def expire(self) -> int:
        """Book all that is due to expire, and apply it; says how many records that were."""
        with psycopg.connect(self.database.dsn, autocommit=True) as connection:
            applier = Applier(connection, lambda: self.now_ms)
            while not applier.take_over():
                time.sleep(0.01)
            applier.drain()
            records = 0
            while count := applier.expire():
                records += count
                assert applier.drain() == count
            return records

    def one(self, query: str, *values: object) -> tuple[object, ...]:
        """The only row of a question."""
        (row,) = self.all(query, *values)
        return row

    def all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of a question."""
        with self.database.transaction() as connection:
            return connection.execute(query, values).fetchall()

    def base(self, member_id: MemberId) -> Base:
        """A member's account."""
        with self.database.transaction() as connection:
            return read_base(connection, member_id)

    def aside(self) -> list[tuple[object, ...]]:
        """What is set aside: till, seq, state, reason."""
        return self.all("SELECT till, seq, state, reason FROM set_aside ORDER BY till, seq")

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """All that applying makes, to compare."""
        tables = {
            "account": "member, body",
            "posting": "till, incarnation, seq, n, asset, account, amount, member, lot, adjusting",
            "known_record": "record_id, till, seq",
            "set_aside": "till, seq, state, reason",
            "document": "*",
            "refunded": "*",
            "merged": "loser, winner",
            "person": "member, phone, body",
            "attention": "attention_id, code, till, seq",
            "master": "kind, key, body",
        }
        # Rows in an order of their own, whatever order they were written in.
        return {
            table: sorted(self.all(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in tables.items()
        }


def read_base(connection: Connection, member_id: MemberId) -> Base:
    """A member's account as the feed would say it."""
    row = connection.execute("SELECT body FROM account WHERE member = %s", (member_id,)).fetchone()
    return NO_BASE if row is None else base_of(row[0])


def till_account(till: RealTill, member: Member) -> MemberAccount:
    """What a till that works alone makes of its own records about a member."""
    with till.ledger.read() as reader:
        return till.context.account(reader, member.member_id, till.context.programme())


def office_account(base: Base, member: Member) -> MemberAccount:
    """What a till that has no records of its own is told."""
    return fold_account(member.member_id, base, OwnActivity())


def canonical(value: object) -> bytes:
    """Bytes to compare by."""
    return codec.encode(value)
