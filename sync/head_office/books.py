"""What a chunk of records asks the books for, fetched in a handful of questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec

from pos_app.domain.codec import decode_hook
from pos_app.domain.ids import MemberId, RecordId, SaleId
from pos_app.domain.ledger.bodies import Refund, Sale
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.office_books import Needs, OfficeBooks
from pos_app.domain.ledger.outcomes import Incoming, Merged
from pos_app.domain.ledger.sold import SoldSale
from sync.head_office.database import Connection
from sync.head_office.records import Chunk, person_of, read
from sync.protocol.messages import RowKind, UnitSold

_BASE: Final = msgspec.json.Decoder(Base, dec_hook=decode_hook)
_UNIT: Final = msgspec.json.Decoder(UnitSold)

_SALES: Final = """
SELECT d.sale_id, j.payload, j.hash
FROM document AS d JOIN journal AS j USING (till, incarnation, seq) WHERE d.sale_id = ANY(%s)
"""
_REFUNDS: Final = """
SELECT r.sale_id, j.payload, j.hash
FROM refunded AS r JOIN journal AS j USING (till, incarnation, seq) WHERE r.sale_id = ANY(%s)
ORDER BY j.accepted_ms, r.till, r.incarnation, r.seq
"""
_ASIDE: Final = """
SELECT record_id, makes FROM set_aside
WHERE makes && %(ids)s AND record_id IS NOT NULL AND NOT record_id = ANY(%(trying)s)
"""


def base_of(body: bytes) -> Base:
    """An account as it is kept."""
    return _BASE.decode(body)


def load_books(connection: Connection, chunk: Chunk) -> OfficeBooks:
    """The books as far as the records of a chunk can ask for them."""
    needs = Needs()
    trying: list[UUID] = []
    for _, record in chunk.taken:
        if record is not None:
            needs.add(record)
            trying.append(record.payload.id)
    books = OfficeBooks()
    if needs.records:
        for record_id, hashed in _ask(
            connection, "SELECT record_id, hash FROM known_record WHERE record_id = ANY(%s)", needs.records
        ):
            books.put_known(RecordId(record_id), hashed)
    if needs.aside and connection.execute("SELECT FROM set_aside LIMIT 1").fetchone() is not None:
        found = connection.execute(_ASIDE, {"ids": list(needs.aside), "trying": trying if chunk.is_again else []})
        for record_id, makes in found:
            books.put_aside(RecordId(record_id), makes)
    _load_people(connection, books, needs)
    if needs.sales:
        _load_sales(connection, books, needs.sales)
    if needs.units:
        _load_units(connection, books, needs.units)
    return books


def _ask(connection: Connection, query: str, ids: Iterable[UUID]) -> list[tuple[Any, ...]]:
    return connection.execute(query, (list(ids),), binary=True).fetchall()


def _load_people(connection: Connection, books: OfficeBooks, needs: Needs) -> None:
    """Accounts and persons, by the ids that they have now."""
    wanted: set[UUID] = set(needs.accounts) | needs.people
    people: set[UUID] = set(needs.people)
    if needs.phones:
        rows = connection.execute(
            "SELECT member, body FROM person WHERE phone = ANY(%s) AND body IS NOT NULL", (list(needs.phones),)
        ).fetchall()
        for member, body in rows:
            wanted.add(member)
            people.discard(member)
            books.put_person(person_of(body))
    if not wanted:
        return
    for loser, winner in load_winners(connection, wanted):
        books.put_winner(Merged(MemberId(loser), MemberId(winner)))
        wanted.discard(loser)
        wanted.add(winner)
        if loser in people:
            people.discard(loser)
            people.add(winner)
    for member, body in _ask(connection, "SELECT member, body FROM account WHERE member = ANY(%s)", wanted):
        books.put_account(MemberId(member), _BASE.decode(body))
    if people:
        for member, body in _ask(connection, "SELECT member, body FROM person WHERE member = ANY(%s)", people):
            if body is None:
                books.put_erased(MemberId(member))
            else:
                books.put_person(person_of(body))


def load_winners(connection: Connection, members: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Of some members, those that were merged into others: who, and into whom, at the end of the chain."""
    if connection.execute("SELECT FROM merged LIMIT 1").fetchone() is None:
        return []
    rows = _ask(connection, "SELECT loser, winner FROM merged WHERE loser = ANY(%s)", members)
    return [(loser, winner) for loser, winner in rows]


def _load_sales(connection: Connection, books: OfficeBooks, sales: Iterable[SaleId]) -> None:
    refunds: dict[UUID, list[Refund]] = {}
    wanted = list(sales)
    for sale_id, payload, hashed in _ask(connection, _REFUNDS, wanted):
        body = _body(payload, hashed)
        if isinstance(body, Refund):
            refunds.setdefault(sale_id, []).append(body)
    for sale_id, payload, hashed in _ask(connection, _SALES, wanted):
        record = read(payload, hashed, ())
        if record is not None and isinstance(record.body, Sale):
            books.put_sale(SoldSale(record.body, record.payload.business_date, refunds.get(sale_id, ())))


def _body(payload: bytes, hashed: bytes) -> msgspec.Struct | None:
    record: Incoming | None = read(payload, hashed, ())
    return None if record is None else record.body


def _load_units(connection: Connection, books: OfficeBooks, units: Iterable[bytes]) -> None:
    rows = connection.execute(
        "SELECT key, body FROM master WHERE kind = %s AND key = ANY(%s) AND body IS NOT NULL",
        (RowKind.UNIT_CODE.value, [each.hex() for each in units]),
    )
    for key, body in rows:
        sold = _UNIT.decode(body)
        if sold.sale_id is not None:
            books.put_unit(bytes.fromhex(key), SaleId(sold.sale_id))
