"""Accept: a till's records, stored as they came, in one commit; then the answer says how far they are safe.

All of one till's batches go one after the other, whoever sends them.
"""

from __future__ import annotations

import struct
from typing import Final

from sync.head_office.accepting import Accepted, Known, Life, Refused, judge
from sync.head_office.database import Connection, Database
from sync.head_office.epochs import begin_epoch, epoch_of, is_lost
from sync.head_office.gate import admit
from sync.head_office.identity import Identity, is_signed
from sync.head_office.notices import raise_notice
from sync.protocol.batch import Acknowledged, Batch, BatchHeader, unpack
from sync.protocol.chain import GENESIS, Head, receipt_statement
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import Attention, JournalAnswer, Pace, SetAside
from sync.protocol.signing import Signed

#: Of what is set aside and what the manager has not seen, so much travels with each answer.
MOST_SET_ASIDE: Final = 200
MOST_NOTICES: Final = 50

_LIVES: Final = """
SELECT t.state, l.incarnation, l.public_key, l.base_seq, l.base_hash, l.accepted_seq, l.accepted_hash, l.fenced
FROM till AS t JOIN life AS l USING (till) WHERE t.till = %s ORDER BY l.incarnation
"""
_PLACES: Final = "SELECT incarnation, seq, hash FROM journal WHERE till = %s AND seq BETWEEN %s AND %s"
_BEGIN: Final = """
INSERT INTO life (till, incarnation, public_key, base_seq, base_hash, accepted_seq, accepted_hash, applied_seq)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_GO_ON: Final = """
UPDATE life SET accepted_seq = %(seq)s, accepted_hash = %(hash)s, signature = coalesce(%(signature)s, signature),
base_seq = %(base)s, base_hash = %(base_hash)s, applied_seq = greatest(applied_seq, %(base)s),
seen_ms = %(now)s, clock_off_ms = %(off)s, waiting = %(waiting)s, software = %(software)s
WHERE till = %(till)s AND incarnation = %(incarnation)s
"""
_SIGNED: Final = "INSERT INTO signed_head VALUES (%s, %s, %s, %s)"
_JOURNAL: Final = "COPY journal (till, incarnation, seq, payload, hash, accepted_ms) FROM STDIN (FORMAT BINARY)"
#: PostgreSQL's binary COPY: a row is the number of its columns, then each with its length before it.
_COPY_BEGIN: Final = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_COPY_END: Final = b"\xff\xff"
_ROW_BEGIN: Final = struct.Struct(">hi")
_LENGTH: Final = struct.Struct(">i")
_INT4: Final = struct.Struct(">ii")
_INT8: Final = struct.Struct(">iq")
_SEQ: Final = struct.Struct(">iqi")
_APPLIED: Final = """
SELECT coalesce(min(applied_seq) FILTER (WHERE incarnation = %(incarnation)s OR applied_seq < accepted_seq), 0)
FROM life WHERE till = %(till)s AND incarnation <= %(incarnation)s
"""
_SET_ASIDE: Final = """
SELECT seq, kind, state, reason, params, receipt_no, decided_ms FROM set_aside WHERE till = %s
AND state <> 'dismissed' ORDER BY seq, incarnation LIMIT %s
"""
_NOTICES: Final = """
SELECT attention_id, code, params, member, seq, raised_ms FROM attention WHERE till = %s AND seen_ms IS NULL
ORDER BY raised_ms DESC LIMIT %s
"""


def lock_till(connection: Connection, till: str) -> None:
    """Nobody else changes this till's journal or lives until the end of the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('till/' || %s, 0))", (till,))


def lives_of(connection: Connection, till: str) -> tuple[str, tuple[Life, ...]]:
    """A till's state and lives; empty for a till that is not known."""
    rows = connection.execute(_LIVES, (till,), binary=True).fetchall()
    lives = tuple(
        Life(incarnation, bytes(key), Head(base, bytes(base_hash)), Head(seq, bytes(digest)), fenced or "")
        for _, incarnation, key, base, base_hash, seq, digest, fenced in rows
    )
    return (rows[0][0] if rows else ""), lives


class Journal:
    """Takes batches.

    Args:
        database: Where they are stored.
        identity: Signs for what is stored.
        pace: How fast tills may be.
    """

    def __init__(self, database: Database, identity: Identity, pace: Pace | None = None) -> None:
        self._database: Final = database
        self._identity: Final = identity
        self._pace: Final = pace or Pace()

    def take(self, batch: Batch, now_ms: int, *, by_hand: bool = False) -> JournalAnswer:
        """Take a batch; when this returns, it is on the disk.

        Args:
            batch: What came, of a till whose request was signed.
            now_ms: Head office's clock.
            by_hand: A person brings it in a file; see ``judge``.

        Raises:
            RefusedError: ``sync.fork``, ``sync.fenced``, ``sync.gap``, ``sync.revoked``, ``sync.signature``,
                ``sync.busy``.
        """
        with self._database.transaction() as connection:
            outcome = self._take(connection, batch, now_ms, by_hand=by_hand)
        if isinstance(outcome, RefusedError):
            raise outcome
        return outcome

    def take_sent(self, signed: Signed, body: bytes, now_ms: int) -> JournalAnswer:
        """Let a request in and take its batch, in one transaction: both, or neither, is on the disk.

        A request that is refused has used up its number all the same, whatever it is refused for.

        Args:
            signed: The request, verified.
            body: Of the request.
            now_ms: Head office's clock.

        Raises:
            RefusedError: As :meth:`take` and ``Gate.check``; ``sync.bad_request``, ``sync.too_large``.
        """
        batch = _read(signed, body)
        with self._database.transaction() as connection:
            caller = admit(connection, signed, now_ms)
            outcome: JournalAnswer | RefusedError
            if isinstance(caller, RefusedError):
                outcome = caller
            elif isinstance(batch, RefusedError):
                outcome = batch
            else:
                outcome = self._take(connection, batch, now_ms, by_hand=False)
        if isinstance(outcome, RefusedError):
            raise outcome
        return outcome

    def _take(
        self, connection: Connection, batch: Batch, now_ms: int, *, by_hand: bool
    ) -> JournalAnswer | RefusedError:
        header = batch.header
        with connection.pipeline():
            lock_till(connection, header.till)
            state, lives = lives_of(connection, header.till)
        if not lives:
            return RefusedError(Refusal.SIGNATURE, "this till is not known here")
        epoch, said = epoch_of(connection), header.acknowledged
        if said is not None and self._went_back(connection, header, lives, said, epoch):
            begin_epoch(connection, after=epoch, lost=said.epoch)
        known = Known(state, lives, _places(connection, header, lives))
        outcome = judge(known, batch, is_signed, by_hand=by_hand)
        if isinstance(outcome, Refused):
            return self._refuse(connection, header, outcome, now_ms)
        if outcome.records:
            _copy(connection, header, outcome, now_ms)
        with connection.pipeline():
            _store(connection, header, outcome, now_ms)
            return self._answer(connection, header, outcome, now_ms)

    def _went_back(
        self, connection: Connection, header: BatchHeader, lives: tuple[Life, ...], said: Acknowledged, epoch: str
    ) -> bool:
        """Whether the till shows our own signature over something that is not here any more."""
        if said.head == lives[-1].accepted and said.epoch == epoch:
            return False
        own = self._identity.public_key
        signed = any(
            is_signed(own, said.cosignature, receipt_statement(said.epoch, header.till, life, said.head))
            for life in {header.incarnation, *(each.incarnation for each in lives)}
        )
        if not signed:
            return False
        has_record = said.head == GENESIS or any(said.head in (life.base, life.accepted) for life in lives)
        if not has_record:
            asked = connection.execute(
                "SELECT 1 FROM journal WHERE till = %s AND seq = %s AND hash = %s LIMIT 1",
                (header.till, said.head.seq, said.head.hash),
            )
            has_record = asked.fetchone() is not None
        return is_lost(connection, said.epoch, epoch, has_record=has_record)

    def _refuse(self, connection: Connection, header: BatchHeader, outcome: Refused, now_ms: int) -> RefusedError:
        for incarnation in outcome.fences:
            connection.execute(
                "UPDATE life SET fenced = 'fork' WHERE till = %s AND incarnation = %s", (header.till, incarnation)
            )
        if outcome.notice:
            raise_notice(connection, outcome.notice, now_ms, till=header.till)
        problem = outcome.error.problem
        return RefusedError(
            outcome.error.code,
            problem.detail,
            accepted=problem.accepted,
            accepted_hash=problem.accepted_hash,
            epoch=epoch_of(connection),
            server_ms=now_ms,
        )

    def _answer(self, connection: Connection, header: BatchHeader, outcome: Accepted, now_ms: int) -> JournalAnswer:
        head, which = outcome.life.accepted, {"till": header.till, "incarnation": header.incarnation}
        # All asked before the first answer is looked at: they come together.
        asked = connection.execute(_APPLIED, which)
        set_aside = connection.execute(_SET_ASIDE, (header.till, MOST_SET_ASIDE))
        notices = connection.execute(_NOTICES, (header.till, MOST_NOTICES))
        epoch, applied = epoch_of(connection), asked.fetchone()
        return JournalAnswer(
            epoch=epoch,
            accepted=head,
            applied=0 if applied is None else min(int(applied[0]), head.seq),
            cosignature=self._identity.sign(receipt_statement(epoch, header.till, header.incarnation, head)),
            set_aside=tuple(SetAside(*row) for row in set_aside),
            attention=tuple(Attention(*row) for row in notices),
            pace=self._pace,
            server_ms=now_ms,
        )


def _places(connection: Connection, header: BatchHeader, lives: tuple[Life, ...]) -> dict[tuple[int, int], bytes]:
    """Hashes of what is here in the places of the batch; most batches go on where the last one ended."""
    before, latest = header.before, lives[-1]
    has_own = len(lives) == 1 or latest.accepted != latest.base
    if header.incarnation == latest.incarnation and before.seq >= latest.accepted.seq and has_own:
        return {}
    rows = connection.execute(_PLACES, (header.till, before.seq, before.seq + header.count), binary=True)
    return {(incarnation, seq): bytes(digest) for incarnation, seq, digest in rows}


def _store(connection: Connection, header: BatchHeader, taken: Accepted, now_ms: int) -> None:
    life = taken.life
    if taken.begins:
        connection.execute("UPDATE life SET fenced = 'succeeded' WHERE till = %s AND fenced IS NULL", (header.till,))
        base = life.base
        values = (base.seq, base.hash, base.seq, base.hash, base.seq)
        connection.execute(_BEGIN, (header.till, life.incarnation, life.public_key, *values))
    if not taken.records:
        # Nothing that must survive a power cut: who asks where we stand does not wait for the disk.
        connection.execute("SET LOCAL synchronous_commit = off")
    else:
        connection.execute(_SIGNED, (header.till, header.incarnation, life.accepted.seq, header.signature))
    connection.execute(
        _GO_ON,
        {
            "seq": life.accepted.seq,
            "hash": life.accepted.hash,
            "base": life.base.seq,
            "base_hash": life.base.hash,
            "signature": header.signature if taken.records else None,
            "now": now_ms,
            "off": header.sent_ms - now_ms if header.sent_ms else 0,
            "waiting": min(max(header.waiting, 0), 2**31 - 1),
            "software": header.software[:64],
            "till": header.till,
            "incarnation": header.incarnation,
        },
    )


def _copy(connection: Connection, header: BatchHeader, taken: Accepted, now_ms: int) -> None:
    """Put the records into the journal.

    The bytes of COPY are put together here: the driver would look at every column of every row, and hand them over in
    many small pieces, each of which waits for its turn among the threads.
    """
    till = header.till.encode()
    begin = _ROW_BEGIN.pack(6, len(till)) + till + _INT4.pack(4, header.incarnation)
    end = _INT8.pack(8, now_ms)
    parts = [_COPY_BEGIN]
    for record in taken.records:
        payload, hashed = record.payload, record.hash
        parts += (begin, _SEQ.pack(8, record.seq, len(payload)), payload, _LENGTH.pack(len(hashed)), hashed, end)
    parts.append(_COPY_END)
    with connection.cursor() as cursor:
        with cursor.copy(_JOURNAL) as copy:
            copy.write(b"".join(parts))
        if taken.people:
            with cursor.copy("COPY person_sent (till, incarnation, seq, body) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(("text", "int4", "int8", "bytea"))
                for row in taken.people:
                    copy.write_row((header.till, header.incarnation, row.seq, bytes(row.person)))


def _read(signed: Signed, body: bytes) -> Batch | RefusedError:
    """The batch of a request; or why it is none of this till's."""
    try:
        batch = unpack(body)
    except RefusedError as error:
        return error
    if (batch.header.till, batch.header.incarnation) != (signed.key_id.till, signed.key_id.incarnation):
        return RefusedError(Refusal.SIGNATURE, "the batch is of another till than the one that sent it")
    return batch
