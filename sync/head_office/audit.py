"""Head office's books, made again from the journals by other code than that which made them, and compared.

Nothing of the rules is used here but what is written of them: a record's postings sum to nothing; an account is the sum
of its postings and of head office's own; what is set aside is in no books. It reads JSON as it is and adds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import msgspec

from sync.head_office.database import Connection

#: An account's part: the member, the asset, the lot (none for points that are owed), and what it is.
Part = tuple[UUID, str, UUID | None, str]
_HELD: Final = "held"
_OWED: Final = "owed"
_MOST: Final = 100

_APPLIED: Final = """
SELECT j.till, j.incarnation, j.seq, j.payload
FROM journal AS j
JOIN life AS l ON l.till = j.till AND l.incarnation = j.incarnation AND j.seq <= l.applied_seq
WHERE NOT EXISTS (
    SELECT FROM set_aside AS s WHERE s.till = j.till AND s.incarnation = j.incarnation AND s.seq = j.seq
)
ORDER BY j.till, j.incarnation, j.seq
"""

_OTHERS: Final = f"""
WITH applied AS ({_APPLIED}), said AS (
    SELECT a.till, a.incarnation, a.seq, p ->> 'asset' AS asset, p ->> 'account' AS account,
           (p ->> 'amount')::bigint AS amount, (p ->> 'member_id')::uuid AS member, (p ->> 'lot_id')::uuid AS lot
    FROM applied AS a, jsonb_array_elements(convert_from(a.payload, 'UTF8')::jsonb -> 'postings') AS p
), there AS (
    SELECT till, incarnation, seq, asset, account, amount, member, lot FROM posting WHERE NOT adjusting
)
(SELECT till, seq FROM (SELECT * FROM said EXCEPT ALL SELECT * FROM there) AS lacking LIMIT %(most)s)
UNION ALL
(SELECT till, seq FROM (SELECT * FROM there EXCEPT ALL SELECT * FROM said) AS surplus LIMIT %(most)s)
"""  # noqa: S608 - of two texts that stand here


class Wrong(msgspec.Struct, frozen=True):
    """Something that is not as the journals say.

    Attributes:
        what: In English.
        till: Where it shows, as far as that can be said.
        seq: In which record.
    """

    what: str
    till: str = ""
    seq: int = 0


class Audit(msgspec.Struct, frozen=True):
    """What an audit found.

    Attributes:
        records: How many are in the books.
        accounts: How many accounts there are.
        wrong: What is wrong, the first hundred.
    """

    records: int
    accounts: int
    wrong: tuple[Wrong, ...]


class _Books:
    """Sums by account."""

    def __init__(self, winners: dict[UUID, UUID]) -> None:
        self.parts: defaultdict[Part, int] = defaultdict(int)
        self.advances = 0
        self._winners: Final = winners

    def add(self, asset: str, account: str, amount: int, member: UUID | None, lot: UUID | None) -> None:
        """Add a posting."""
        if asset == "fen" and account == "company:advances":
            self.advances += amount
        if member is None:
            return
        who = self._winners.get(member, member)
        if account != "member:receivable":
            self.parts[who, asset, lot, _HELD] += amount
            self.advances += amount if asset == "principal" else 0
        elif asset == "points":
            self.parts[who, asset, None, _OWED] -= amount
        else:
            self.parts[who, asset, lot, _OWED] -= amount
            self.advances += amount if asset == "principal" else 0


def audit(connection: Connection) -> Audit:
    """Compare what is in the books with what the journals say; reads one moment and writes nothing.

    Args:
        connection: At the beginning of a transaction.
    """
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    winners: dict[UUID, UUID] = dict(connection.execute("SELECT loser, winner FROM merged").fetchall())
    books = _Books(winners)
    wrong: list[Wrong] = []
    records = 0
    for till, incarnation, seq, payload in _rows(connection, _APPLIED):
        records += 1
        said = json.loads(payload)
        sums: defaultdict[str, int] = defaultdict(int)
        for each in said["postings"]:
            sums[each["asset"]] += each["amount"]
            member, lot = each.get("member_id"), each.get("lot_id")
            books.add(
                each["asset"],
                each["account"],
                each["amount"],
                None if member is None else UUID(member),
                None if lot is None else UUID(lot),
            )
        if any(sums.values()):
            wrong.append(Wrong("a record in the books does not balance", till, seq))
        if (said["till"], said["incarnation"], said["seq"]) != (till, incarnation, seq):
            wrong.append(Wrong("a record says it stands elsewhere", till, seq))
    wrong += _compare_postings(connection)
    own = "SELECT asset, account, amount, member, lot FROM posting WHERE adjusting"
    for asset, account, amount, member, lot in _rows(connection, own):
        books.add(asset, account, amount, member, lot)
    if books.advances:
        wrong.append(Wrong("what is owed for stored value is not what members hold of it"))
    accounts, of_accounts = _compare_accounts(connection, books, winners)
    return Audit(records, accounts, tuple((*wrong, *of_accounts)[:_MOST]))


def _rows(connection: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor(name="audit") as cursor:
        cursor.itersize = 2_000
        cursor.execute(query)
        yield from cursor


def _compare_postings(connection: Connection) -> list[Wrong]:
    """The table of postings holds those of the records in the books, and of head office's own such that balance."""
    wrong: list[Wrong] = []
    unbalanced = connection.execute(
        "SELECT till, seq FROM posting GROUP BY till, incarnation, seq, asset HAVING sum(amount) <> 0 LIMIT %s",
        (_MOST,),
    )
    wrong += [Wrong("the postings of a record do not balance", till, seq) for till, seq in unbalanced]
    missing = connection.execute(_OTHERS, {"most": _MOST})
    wrong += [Wrong("the postings of a record are others than it says", till, seq) for till, seq in missing]
    return wrong


def _compare_accounts(connection: Connection, books: _Books, winners: dict[UUID, UUID]) -> tuple[int, list[Wrong]]:
    wrong: list[Wrong] = []
    accounts = 0
    expected: defaultdict[UUID, dict[Part, int]] = defaultdict(dict)
    for part, amount in books.parts.items():
        if amount:
            expected[part[0]][part] = amount
        if amount < 0:
            wrong.append(Wrong(f"account {part[0]} is below zero in {part[1]} ({part[3]})"))
    for member, body in _rows(connection, "SELECT member, body FROM account ORDER BY member"):
        accounts += 1
        if member in winners:
            wrong.append(Wrong(f"account {member} goes on though it was merged"))
        if _parts(member, json.loads(body)) != expected.pop(member, {}):
            wrong.append(Wrong(f"account {member} is not the sum of its postings"))
    wrong += [Wrong(f"account {member} is missing") for member, parts in expected.items() if parts]
    return accounts, wrong


def _parts(member: UUID, body: dict[str, Any]) -> dict[Part, int]:
    """What an account says it holds and owes; what is nothing is left out."""
    parts: dict[Part, int] = {}
    for row in body.get("lots", ()):  # lot, available, earned on, expires on, pending
        parts[member, "points", UUID(row[0]), _HELD] = row[1] + sum(row[4:5])
    for name, what in (("wallet", _HELD), ("owed", _OWED)):
        for row in body.get(name, ()):  # asset, lot, amount, source, made on, expires on, code, pending
            parts[member, row[0], UUID(row[1]), what] = row[2] + sum(row[7:8])
    if body.get("receivable"):
        parts[member, "points", None, _OWED] = body["receivable"]
    return {part: amount for part, amount in parts.items() if amount}
