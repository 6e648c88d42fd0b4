"""``guitai verify``: reads a ledger with code of its own and names the first record that is not right.

Nothing of the till's database code and nothing of its folds is used here, only the driver, JSON, SHA-256 and Ed25519:
what is checked is not checked with what wrote it. The shapes are those of ``pos_app/domain/ledger/bodies.py``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from pos_app.errors import KnownError
from pos_app.infrastructure.audit_books import Books
from pos_app.infrastructure.audit_wrong import Wrong

_TAG: Final = b"guitai/journal/1\x00"
_UNIT_TAG: Final = b"guitai/unit-code/1\x00"
_GENESIS: Final = bytes(32)
_NOTADB: Final = 26
#: Of records that came back from head office, to which only the last one's of each batch had travelled.
_NO_SIGNATURE: Final = bytes(64)
_LAST_LIFE: Final = "SELECT coalesce(max(seq), 1) FROM journal WHERE kind = 'till.began_again'"
_COLUMNS: Final = (
    "SELECT seq, record_id, kind, business_date, wall_ms, operator, member, payload, prev_hash, hash, signature "
    "FROM journal ORDER BY seq"
)


class AuditReport(msgspec.Struct, frozen=True):
    """What an audit found.

    Attributes:
        ok: Whether everything is right.
        records: How many records were found right, from the first.
        head_hash: Hash of the last of them, in hexadecimal.
        bad_seq: The first record that is not right; None where all are, or where the fault is in no record.
        reason: What is wrong with it, in English; empty where nothing is.
        till: The till's id.
        closings: How many Z reports there are.
        public_key: With which the signatures of the last life were checked, in hexadecimal.
    """

    ok: bool
    records: int
    head_hash: str
    bad_seq: int | None = None
    reason: str = ""
    till: str = ""
    closings: int = 0
    public_key: str = ""


def verify(path: Path, key: bytes, public_key: bytes | None = None, expected_head: str = "") -> AuditReport:
    """Check a ledger file from the first record to the last.

    Args:
        path: The file; it is not changed.
        key: 32 bytes.
        public_key: The till's, from a source outside the file; the one that its life states where none is given.
        expected_head: The head known from elsewhere (a receipt's short head will do); it must be in the chain.

    Raises:
        KnownError: ``ledger.missing``, ``ledger.wrong_key``, ``ledger.not_read``.
    """
    from sqlcipher3 import dbapi2

    if not path.is_file():
        raise KnownError("ledger.missing")
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA query_only = ON")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == _NOTADB:
                raise KnownError("ledger.wrong_key") from error
            raise KnownError("ledger.not_read", reason=str(error)) from error
        audit = _Audit(connection, public_key, expected_head)
        try:
            connection.execute("BEGIN")
            return audit.run()
        except dbapi2.DatabaseError as error:
            return audit.report(f"the file cannot be read: {error}", audit.records + 1)
    finally:
        connection.close()


class _Audit:
    """One pass over one file."""

    def __init__(self, connection: Any, public_key: bytes | None, expected_head: str) -> None:
        self._connection: Final = connection
        self._expected_head: Final = expected_head.lower()
        self._given_key: Final = public_key
        self._public_key: bytes | None = None
        self._last_life = 1
        self._incarnation = 0
        self._unsigned = 0
        self._verifier: Any = None
        self._hash = _GENESIS
        self._till = ""
        self._saw_head = not expected_head
        self._books: Final = Books(is_alone=_is_alone(connection))
        self.records = 0

    def run(self) -> AuditReport:
        """Check everything; stop at the first fault."""
        seq: int | None = None
        try:
            self._last_life = self._connection.execute(_LAST_LIFE).fetchone()[0]
            postings = _Grouped(self._connection.execute("SELECT * FROM posting ORDER BY seq, n"))
            for row in self._connection.execute(_COLUMNS):
                seq = row[0]
                if seq != self.records + 1:
                    raise Wrong(f"record {self.records + 1} is missing", self.records + 1)
                self._record(row, postings.take(seq))
                self.records += 1
                self._hash = row[9]
            seq = None
            if postings.rest is not None:
                seq = postings.rest
                raise Wrong("postings without a record")
            if not self.records:
                raise Wrong("there is no record")
            self._check_signed()
            if not self._saw_head:
                raise Wrong("the expected head is not in the chain")
            self._derived()
            # Last, so that damage inside a record is reported with the record.
            for (message,) in self._connection.execute("PRAGMA cipher_integrity_check"):
                raise Wrong(f"the file is damaged: {message}")
        except Wrong as wrong:
            return self.report(str(wrong), wrong.seq if wrong.seq is not None else seq)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return self.report(f"its content has another shape: {error!r}", seq)
        return self.report("", None)

    def report(self, reason: str, seq: int | None) -> AuditReport:
        """What was found so far."""
        return AuditReport(
            ok=not reason,
            records=self.records,
            head_hash=self._hash.hex(),
            bad_seq=seq if reason else None,
            reason=reason,
            till=self._till,
            closings=self._books.closings,
            public_key=(self._public_key or b"").hex(),
        )

    def _record(self, row: tuple[Any, ...], postings: list[tuple[Any, ...]]) -> None:
        seq, _, _, _, _, _, _, payload, prev_hash, digest, signature = row
        if prev_hash != self._hash:
            raise Wrong("does not follow the record before it")
        if hashlib.sha256(_TAG + prev_hash + payload).digest() != digest:
            raise Wrong("its content does not fit its hash")
        try:
            said = json.loads(payload)
        except ValueError:
            raise Wrong("its content cannot be read") from None
        if seq == 1:
            self._commission(said)
        elif said["kind"] == "till.began_again":
            self._begin_again(seq, said, prev_hash)
        elif said["incarnation"] != self._incarnation:
            raise Wrong("is of another life of the till than the one that was begun")
        if signature == _NO_SIGNATURE:
            self._unsigned = self._unsigned or seq
        else:
            self._check_signature(digest, signature)
            self._unsigned = 0  # whatever came before is in its hash
        _check_columns(row, said)
        if said["till"] != self._till:
            raise Wrong("was made by another till")
        if self._expected_head and digest.hex().startswith(self._expected_head):
            self._saw_head = True
        own = [
            (each["asset"], each["account"], each["amount"], _bytes(each.get("member_id")), _bytes(each.get("lot_id")))
            for each in said["postings"]
        ]
        if [row[2:] for row in postings] != own or [row[1] for row in postings] != list(range(len(own))):
            raise Wrong("its postings are not those that were signed")
        self._books.add(seq, said, own, self._hash)

    def _commission(self, said: dict[str, Any]) -> None:
        if said["kind"] != "till.commissioned":
            raise Wrong("the first record does not say which till this is")
        import base64

        self._till = said["till"]
        self._take_key(1, base64.b64decode(said["body"]["public_key"]))
        self._incarnation = said["incarnation"]

    def _begin_again(self, seq: int, said: dict[str, Any], prev_hash: bytes) -> None:
        """A later life: its records are signed with a key of its own; those before it are all vouched for."""
        import base64

        body = said["body"]
        self._check_signed()
        if said["incarnation"] <= self._incarnation or body["incarnation"] != said["incarnation"]:
            raise Wrong("begins a life that is not newer than the one before")
        if (body["base_seq"], base64.b64decode(body["base_hash"])) != (seq - 1, prev_hash):
            raise Wrong("builds on another record than the one before it")
        self._take_key(seq, base64.b64decode(body["public_key"]))
        self._incarnation = said["incarnation"]

    def _take_key(self, seq: int, stated: bytes) -> None:
        """The key that is in force from a record on; that of the last life must be the one given."""
        if seq == self._last_life and self._given_key not in (None, stated):
            raise Wrong("states another public key than the one given")
        self._public_key = stated
        self._verifier = None

    def _check_signed(self) -> None:
        if self._unsigned:
            raise Wrong("is vouched for by no signature after it", self._unsigned)

    def _check_signature(self, digest: bytes, signature: bytes) -> None:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        if self._verifier is None:
            try:
                self._verifier = Ed25519PublicKey.from_public_bytes(self._public_key or b"")
            except ValueError:
                raise Wrong("the public key is none") from None
        try:
            self._verifier.verify(signature, digest)
        except InvalidSignature:
            raise Wrong("its signature is not the till's") from None

    def _derived(self) -> None:
        """Rows that repeat what the journal says must say the same."""
        ask = self._connection.execute
        lots = ask("SELECT lot_id, seq, available, pending FROM lot WHERE made_here = 1 ORDER BY seq")
        for lot, seq, available, pending in lots:
            if self._books.lot(lot) != (available, pending):
                raise Wrong("the balance of a lot is not the sum of its postings", seq)
        closings = ask("SELECT z_number, seq, perpetual_gross, perpetual_refunded, perpetual_sales FROM closing")
        if sorted(closings.fetchall()) != self._books.closing_rows:
            raise Wrong("the table of closings is not what the journal says")
        documents = ask("SELECT seq, receipt_key, amount_minor FROM document ORDER BY seq").fetchall()
        if documents != self._books.documents:
            raise Wrong("the table of sales and refunds is not what the journal says")
        usage = ask("SELECT seq, what, member, day, amount FROM usage ORDER BY seq, what, member, day").fetchall()
        if usage != self._books.usage:
            raise Wrong("the table of usage is not what the journal says")
        units = ask("SELECT code_hash, seq, line_no FROM unit_code WHERE till = ?", (self._till,)).fetchall()
        sold = [(hashlib.sha256(_UNIT_TAG + code.encode()).digest(), *at) for code, at in self._books.units.items()]
        if sorted(units) != sorted(sold):
            raise Wrong("the table of items sold by code is not what the journal says")


class _Grouped:
    """Rows in the order of their first column, taken group by group."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows: Final = rows
        self._next: tuple[Any, ...] | None = next(rows, None)

    def take(self, seq: int) -> list[tuple[Any, ...]]:
        """All rows of one group; an earlier group that nobody took is a fault."""
        if self._next is not None and self._next[0] < seq:
            raise Wrong("postings without a record", self._next[0])
        taken: list[tuple[Any, ...]] = []
        while self._next is not None and self._next[0] == seq:
            taken.append(self._next)
            self._next = next(self._rows, None)
        return taken

    @property
    def rest(self) -> int | None:
        """The first group left."""
        return None if self._next is None else self._next[0]


def _is_alone(connection: Any) -> bool:
    """Whether the till belongs to no head office, as far as these books know."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sync_state'").fetchone():
        return True
    return not connection.execute("SELECT 1 FROM sync_state").fetchone()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else UUID(text).bytes


def _check_columns(row: tuple[Any, ...], said: dict[str, Any]) -> None:
    """What stands beside the payload must repeat it."""
    seq, record_id, kind, business_date, wall_ms, operator, member, *_ = row
    year, month, day = map(int, said["business_date"].split("-"))
    repeated = (
        said["seq"],
        _bytes(said["id"]),
        said["kind"],
        year * 10_000 + month * 100 + day,
        said["wall_ms"],
        said["operator"],
        _bytes(said["member"]),
    )
    if repeated != (seq, record_id, kind, business_date, wall_ms, operator, member):
        raise Wrong("its columns do not repeat what it says")
