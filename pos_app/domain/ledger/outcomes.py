"""What became of a record that head office looked at: in its books, or set aside, and why."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from pos_app.domain.ids import MemberId, SaleId
from pos_app.domain.ledger.body_types import NotUnderstoodError, read_entry
from pos_app.domain.ledger.journal import Payload
from pos_app.domain.ledger.postings import Posting, check_balanced
from pos_app.domain.ledger.sold import SoldSale
from pos_app.domain.member import Member, Usage
from pos_app.errors import BugError


class Notice(msgspec.Struct, frozen=True):
    """Something that a manager should know of a record that is in the books all the same.

    Attributes:
        code: What; words are elsewhere.
        params: For the words; no personal data.
        member_id: Whom it is about.
    """

    code: str
    params: dict[str, str] = {}
    member_id: MemberId | None = None


class Merged(msgspec.Struct, frozen=True):
    """Two entries of one person: everything of the loser's is the winner's from now on."""

    loser: MemberId
    winner: MemberId


class UnitSold(msgspec.Struct, frozen=True):
    """An item with a code of its own was sold.

    Attributes:
        code_hash: Of its code.
        sale_id: In which sale.
        line_no: On which line.
    """

    code_hash: bytes
    sale_id: SaleId
    line_no: int


class Applied(msgspec.Struct, frozen=True):
    """The record is in the books: what has to be written beside it and the drafts that it changed.

    Attributes:
        accounts: Whose drafts it changed, by the ids they have now.
        adjusting: Postings of head office's own: what was spent twice is owed. They balance.
        sold: The sale that it is.
        refunded: The sale of which it gives something back.
        units_sold: Items sold by a code of their own.
        units_back: Hashes of the codes of items that came back.
        people: Persons as they are now.
        merged: Entries that turned out to be one person, in this order.
        settled: Authorisations that were used: nothing is held for them any more.
        released: Authorisations that were given up.
        given: What rules gave, by day: caps of the whole shop count it.
        notices: For the manager.
    """

    accounts: tuple[MemberId, ...] = ()
    adjusting: tuple[Posting, ...] = ()
    sold: SoldSale | None = None
    refunded: SaleId | None = None
    units_sold: tuple[UnitSold, ...] = ()
    units_back: tuple[bytes, ...] = ()
    people: tuple[Member, ...] = ()
    merged: tuple[Merged, ...] = ()
    settled: tuple[UUID, ...] = ()
    released: tuple[UUID, ...] = ()
    given: tuple[Usage, ...] = ()
    notices: tuple[Notice, ...] = ()


class AlreadyThere(msgspec.Struct, frozen=True):
    """The very same record is in the books: nothing is to be done."""


class Quarantined(msgspec.Struct, frozen=True):
    """The record cannot be in the books as it is.

    Attributes:
        code: Why.
        params: For the words; no personal data.
    """

    code: str
    params: dict[str, str] = {}


class Held(msgspec.Struct, frozen=True):
    """The record builds on others that are not in the books.

    Attributes:
        on: Ids of those: of records, sales, or lots.
    """

    on: tuple[UUID, ...]


class Waiting(msgspec.Struct, frozen=True):
    """The record came after this program: it waits for an update."""

    kind: str
    version: int


Outcome = Applied | AlreadyThere | Quarantined | Held | Waiting

ALREADY_THERE: Final = AlreadyThere()


class Incoming(msgspec.Struct, frozen=True):
    """An accepted record, read.

    Attributes:
        payload: What it says.
        hash: Of the record, in its till's chain.
        people: Personal data that came beside it.
        body: Its body; None where it cannot be in the books, whatever they say.
        refused: Why; None where it has a body.
    """

    payload: Payload
    hash: bytes
    people: tuple[Member, ...] = ()
    body: msgspec.Struct | None = None
    refused: Quarantined | Waiting | None = None


def read_incoming(payload: Payload, hashed: bytes, people: tuple[Member, ...] = ()) -> Incoming:
    """Read a record's body, and look whether its postings balance."""
    try:
        _, body = read_entry(payload)
        check_balanced(payload.postings)
    except NotUnderstoodError as error:
        return Incoming(payload, hashed, people, refused=Waiting(error.kind, error.version))
    except msgspec.ValidationError:
        return Incoming(payload, hashed, people, refused=Quarantined("record.unreadable"))
    except BugError:
        return Incoming(payload, hashed, people, refused=Quarantined("record.unbalanced"))
    return Incoming(payload, hashed, people, body)
