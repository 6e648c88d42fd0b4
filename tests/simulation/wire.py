"""Questions and answers as the simulated network carries them: bytes with a digest, so that damage is seen."""

from __future__ import annotations

import hashlib

import msgspec

from sync.protocol.errors import Problem


class Question(msgspec.Struct, frozen=True):
    """A request.

    Attributes:
        till: Whose key signs it.
        incarnation: Of that life.
        proof: Stands for the signature: only who has the key can make it.
        run: Of which run of the process: its line ends with it.
        number: Of the request, to find the answer's place.
        what: Which one.
        body: As the protocol has it.
        digest: Of the body.
    """

    till: str
    incarnation: int
    proof: bytes
    run: int
    number: int
    what: str
    body: bytes
    digest: bytes


class Reply(msgspec.Struct, frozen=True):
    """An answer: a body or a problem.

    Attributes:
        number: Of the request.
        run: Of which run of the process that asked.
        body: As the protocol has it.
        problem: Why not.
        truth: For pages and chunks, beside the wire: by account, which records really are in its row.
    """

    number: int
    run: int = 0
    body: bytes = b""
    problem: Problem | None = None
    truth: bytes = b""


_ASK = msgspec.msgpack.Decoder(Question)
_REPLY = msgspec.msgpack.Decoder(Reply)


def digest(body: bytes) -> bytes:
    """Of a body."""
    return hashlib.sha256(body).digest()


def pack(thing: Question | Reply) -> bytes:
    """As bytes."""
    data = msgspec.msgpack.encode(thing)
    return digest(data)[:8] + data


def unpack_question(data: bytes) -> Question | None:
    """Read a request; None for a damaged one, which no server takes for a whole one."""
    return _ASK.decode(data[8:]) if len(data) > 8 and digest(data[8:])[:8] == data[:8] else None


def unpack_reply(data: bytes) -> Reply | None:
    """Read an answer; None for a damaged one."""
    return _REPLY.decode(data[8:]) if len(data) > 8 and digest(data[8:])[:8] == data[:8] else None
