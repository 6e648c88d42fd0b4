"""To which head office a till belongs: kept in the ledger, so that no lost settings file can lose it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from pos_app.domain.ids import StaffId
from pos_app.domain.ledger.journal import Head
from pos_app.infrastructure.atomic_files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.infrastructure.ledger.reader import SqlLedgerReader
    from pos_app.infrastructure.ledger.store import SqlLedger

#: What head office answered, until it stands in the ledger: the code is used up by then.
JOINING_FILE: Final = "joining.json"
_NOBODY: Final = StaffId("")


class Membership(msgspec.Struct, frozen=True):
    """To whom a till belongs.

    Attributes:
        address: Of head office, ``https://host:port``.
        ca_pem: The only authority that is trusted.
        office_key: With which head office signs heads and snapshots.
        till: The till's id there.
        number: On receipts.
        incarnation: Which life of the till was taken in.
        store: The store's code.
        store_name: As receipts name it.
        store_facts: What else receipts say of it.
        time_zone: IANA name.
        day_starts_hour: Before this hour it is still yesterday's business.
        card_key: From which all tills make the same accounts of gift cards.
        pin_key: Pepper of the PINs of the staff that head office publishes.
        predecessor: Where the journal of the till stands that this one stands in for; None for no successor.
        not_sent: How many more records that till said last that it had not sent.
    """

    address: str
    ca_pem: str
    office_key: bytes
    till: str
    number: int
    incarnation: int
    store: str
    store_name: str
    store_facts: dict[str, str] = {}
    time_zone: str = "Asia/Shanghai"
    day_starts_hour: int = 4
    card_key: bytes = b""
    pin_key: bytes = b""
    predecessor: Head | None = None
    not_sent: int = 0


def membership_of(reader: SqlLedgerReader) -> Membership | None:
    """To whom a till belongs; None where it is alone."""
    row = reader.sync_state()
    return None if row is None else msgspec.json.decode(row.enrolment, type=Membership)


def join(ledger: SqlLedger, membership: Membership) -> None:
    """Belong to a head office from now on; on the ledger's lane. What an earlier one said is forgotten."""
    with ledger.write(_NOBODY) as tx:
        tx.join(msgspec.json.encode(membership), accepted_seq=0, kept=b"{}")


def note_joining(folder: Path, membership: Membership) -> None:
    """Write down what head office answered before there is a ledger for it.

    Raises:
        OSError: It could not be written.
    """
    write_atomically(folder / JOINING_FILE, msgspec.json.encode(membership), private=True)


def joining_of(folder: Path) -> Membership | None:
    """What head office answered and no ledger has yet; None for nothing."""
    try:
        return msgspec.json.decode((folder / JOINING_FILE).read_bytes(), type=Membership)
    except (OSError, msgspec.DecodeError):
        return None


def finish_joining(folder: Path, ledger: SqlLedger) -> Membership | None:
    """Take what was noted over into the ledger; on its lane. Returns to whom the till belongs, if to anybody."""
    noted = joining_of(folder)
    with ledger.read() as reader:
        known = membership_of(reader)
    if noted is not None:
        if noted != known:
            join(ledger, noted)
        (folder / JOINING_FILE).unlink(missing_ok=True)
        return noted
    return known
