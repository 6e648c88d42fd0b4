"""May these records be taken? The decision alone, from what is known of the till and what came; nothing is stored here.

A batch is only ever refused for its place in the chain or for who sent it, never for what its records say: those who
read them later set aside what they cannot read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from sync.protocol.batch import Batch, PersonRow
from sync.protocol.chain import GENESIS, Head, hashes
from sync.protocol.errors import Refusal, RefusedError

ACTIVE: Final = "active"
#: Why a life is fenced.
FORKED: Final = "fork"
SUCCEEDED: Final = "succeeded"
#: Codes of notices for the manager.
FORK_NOTICE: Final = "sync.fork"
FENCED_NOTICE: Final = "sync.fenced_sends"
REVOKED_NOTICE: Final = "sync.revoked_sends"

#: Whether a public key made this signature of these bytes.
IsSigned = Callable[[bytes, bytes, bytes], bool]


class Life(msgspec.Struct, frozen=True):
    """A life of a till as head office knows it.

    Attributes:
        incarnation: Which.
        public_key: With which its records are signed.
        base: The record of an earlier life that it builds on.
        accepted: The last record that is here.
        fenced: Why nothing more is taken of it; empty while it goes on.
    """

    incarnation: int
    public_key: bytes
    base: Head
    accepted: Head
    fenced: str = ""


class Known(msgspec.Struct, frozen=True):
    """What is known of a till.

    Attributes:
        state: ``active``, ``revoked`` or ``lost``.
        lives: In order; at least one.
        hashes: Of records here, by incarnation and place: all of those that the batch speaks of.
    """

    state: str
    lives: tuple[Life, ...]
    hashes: Mapping[tuple[int, int], bytes]


class NewRecord(msgspec.Struct, frozen=True):
    """A record to be stored."""

    seq: int
    payload: bytes
    hash: bytes


class Accepted(msgspec.Struct, frozen=True):
    """The batch is taken.

    Attributes:
        life: As it is from now on.
        begins: Whether that life begins with it; all before it are fenced then.
        records: What is new; nothing when all of it was here.
        people: Personal data that belongs to what is new.
    """

    life: Life
    begins: bool
    records: tuple[NewRecord, ...]
    people: tuple[PersonRow, ...]


class Refused(msgspec.Struct, frozen=True):
    """The batch is not taken.

    Attributes:
        error: What the till is told.
        fences: Lives of which nothing more is taken from now on.
        notice: Code of what the manager should know; empty for nothing.
    """

    error: RefusedError
    fences: tuple[int, ...] = ()
    notice: str = ""


def judge(known: Known, batch: Batch, is_signed: IsSigned, *, by_hand: bool = False) -> Accepted | Refused:
    """Whether a batch is taken, and what of it is new.

    Args:
        known: What is known of the till.
        batch: What came.
        is_signed: Checks a signature.
        by_hand: A person brings it in a file: what a former life, or a till that was given up, had not sent. It must
            be signed with that life's key, and what a fork fenced stays out.
    """
    header = batch.header
    latest = known.lives[-1]
    if by_hand:
        return _judge_late(known, batch, is_signed)
    if known.state != ACTIVE:
        error = RefusedError(Refusal.REVOKED, "this till was taken out of service")
        return Refused(error, notice=REVOKED_NOTICE)
    if latest.fenced == FORKED and header.incarnation >= latest.incarnation:
        return Refused(_refusal(Refusal.FORK, "two machines have been this till", latest.accepted))
    if header.incarnation < latest.incarnation or latest.fenced:
        error = _refusal(Refusal.FENCED, "a later life of this till goes on", latest.accepted)
        return Refused(error, notice=FENCED_NOTICE)
    run = hashes(header.before.hash, batch.payloads)
    if run and not is_signed(latest.public_key, header.signature, run[-1]):
        return Refused(RefusedError(Refusal.SIGNATURE, "the last record is not signed by this till"))
    if header.incarnation > latest.incarnation:
        return _begin(known, batch, run)
    return _go_on(known, latest, batch, run)


def _judge_late(known: Known, batch: Batch, is_signed: IsSigned) -> Accepted | Refused:
    header = batch.header
    life = next((each for each in known.lives if each.incarnation == header.incarnation), None)
    if life is None:
        return Refused(_refusal(Refusal.NOT_FOUND, "this life of the till is not known here", known.lives[-1].accepted))
    if life.fenced == FORKED:
        return Refused(_refusal(Refusal.FORK, "two machines have been this till", life.accepted))
    run = hashes(header.before.hash, batch.payloads)
    if run and not is_signed(life.public_key, header.signature, run[-1]):
        return Refused(RefusedError(Refusal.SIGNATURE, "the last record is not signed by this till"))
    outcome = _go_on(known, life, batch, run)
    # Whatever a file holds, it ends no life that goes on.
    return msgspec.structs.replace(outcome, fences=()) if isinstance(outcome, Refused) else outcome


def _begin(known: Known, batch: Batch, run: Sequence[bytes]) -> Accepted | Refused:
    """The first of a new life: it must build on a record that is here."""
    header, latest = batch.header, known.lives[-1]
    before = header.before
    if not any(_has(known, life, before) for life in known.lives):
        if before.seq > max(life.accepted.seq for life in known.lives):
            return Refused(_refusal(Refusal.GAP, "records of the earlier life are missing", latest.accepted))
        # A life in between was lost here with a backup. What is common nobody can tell from here: from the beginning.
        return Refused(_refusal(Refusal.GAP, "records of a life in between are missing", GENESIS))
    life = Life(header.incarnation, latest.public_key, before, before)
    if not run:
        return Accepted(life, False, (), ())
    return _taken(_behind_common(known, life, run), batch, run, begins=True)


def _behind_common(known: Known, life: Life, run: Sequence[bytes]) -> Life:
    """A life without records of its own, its base moved behind what of a batch its former lives have already.

    So each record is here once, and it is known of each life which records of the former ones are its own, too.
    """
    base = life.base
    for seq, digest in enumerate(run, start=base.seq + 1):
        if all(known.hashes.get((each.incarnation, seq)) != digest for each in known.lives):
            break
        base = Head(seq, digest)
    return msgspec.structs.replace(life, base=base, accepted=base)


def _go_on(known: Known, life: Life, batch: Batch, run: Sequence[bytes]) -> Accepted | Refused:
    before = batch.header.before
    if before.seq > life.accepted.seq and not run:
        return Accepted(life, False, (), ())  # it only asks
    if not life.base.seq <= before.seq <= life.accepted.seq:
        return Refused(_refusal(Refusal.GAP, "records before these are missing", life.accepted))
    if not _has(known, life, before):
        return _fork(known, life)
    known_run = zip(range(before.seq + 1, life.accepted.seq + 1), run, strict=False)
    if any(known.hashes.get((life.incarnation, seq)) != digest for seq, digest in known_run):
        return _fork(known, life)
    if before == life.base == life.accepted:
        life = _behind_common(known, life, run)
    return _taken(life, batch, run, begins=False)


def _taken(life: Life, batch: Batch, run: Sequence[bytes], *, begins: bool) -> Accepted:
    first = batch.header.before.seq + 1
    records = tuple(
        NewRecord(seq, payload, digest)
        for seq, payload, digest in zip(range(first, first + len(run)), batch.payloads, run, strict=True)
        if seq > life.accepted.seq
    )
    if not records:
        return Accepted(life, begins, (), ())
    people = tuple(row for row in batch.header.people if row.seq > life.accepted.seq)
    head = Head(records[-1].seq, records[-1].hash)
    return Accepted(msgspec.structs.replace(life, accepted=head), begins, records, people)


def _has(known: Known, life: Life, head: Head) -> bool:
    """Whether a record is one of a life's, or what it builds on."""
    return head in (life.base, life.accepted) or known.hashes.get((life.incarnation, head.seq)) == head.hash


def _fork(known: Known, life: Life) -> Refused:
    """Two machines have been the same till: nobody knows which one is right, so neither goes on."""
    error = _refusal(Refusal.FORK, "other records are known in this place", life.accepted)
    return Refused(error, tuple(each.incarnation for each in known.lives if not each.fenced), FORK_NOTICE)


def _refusal(code: Refusal, detail: str, accepted: Head) -> RefusedError:
    return RefusedError(code, detail, accepted=accepted.seq, accepted_hash=accepted.hash)
