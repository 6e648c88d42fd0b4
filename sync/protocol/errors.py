"""What head office refuses, as codes; each is the ``code`` of a problem document (RFC 9457)."""

from __future__ import annotations

import enum

import msgspec


class Refusal(enum.StrEnum):
    """Why a request was not taken. What a till does then stands in ``PROTOCOL.md``."""

    BAD_REQUEST = "sync.bad_request"  # 400: it cannot be read; sending it again does not help
    SIGNATURE = "sync.signature"  # 401: not signed by a key that head office knows
    CLOCK = "sync.clock"  # 401: signed too far from head office's time; `server_ms` says what that is
    REPLAYED = "sync.replayed"  # 401: this very request was answered before
    REVOKED = "sync.revoked"  # 403: the till was taken out of service
    FENCED = "sync.fenced"  # 403: this life of the till is over; another one goes on
    CODE = "sync.code"  # 403: the enrolment code is wrong, used up or too old
    NOT_FOUND = "sync.not_found"  # 404
    METHOD = "sync.method"  # 405
    NUMBER = "sync.number"  # 409: enrolment: another till has this number on its receipts, or the code names another
    GAP = "sync.gap"  # 409: records before these are missing; `accepted` says from where to send
    FORK = "sync.fork"  # 409: other records are known in this place: two machines have been the same till
    EPOCH = "sync.epoch"  # 409: head office was restored from a backup; begin the feed anew
    TOO_OLD = "sync.too_old"  # 410: the cursor is older than what is kept; take a snapshot
    TOO_LARGE = "sync.too_large"  # 413
    TOO_NEW = "sync.too_new"  # 426: this till's wire is newer than head office understands
    BUSY = "sync.busy"  # 429 and 503: `Retry-After` says when
    BROKEN = "sync.broken"  # 500: a fault of head office


STATUS: dict[Refusal, int] = {
    Refusal.BAD_REQUEST: 400,
    Refusal.SIGNATURE: 401,
    Refusal.CLOCK: 401,
    Refusal.REPLAYED: 401,
    Refusal.REVOKED: 403,
    Refusal.FENCED: 403,
    Refusal.CODE: 403,
    Refusal.NOT_FOUND: 404,
    Refusal.METHOD: 405,
    Refusal.NUMBER: 409,
    Refusal.GAP: 409,
    Refusal.FORK: 409,
    Refusal.EPOCH: 409,
    Refusal.TOO_OLD: 410,
    Refusal.TOO_LARGE: 413,
    Refusal.TOO_NEW: 426,
    Refusal.BUSY: 503,
    Refusal.BROKEN: 500,
}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal as it travels.

    Attributes:
        code: A :class:`Refusal`; a till takes one it does not know as ``sync.broken``.
        detail: In English, for whoever looks into a log; never personal data.
        accepted: With ``sync.gap`` and ``sync.fork``: the last record that head office has of this life.
        accepted_hash: Its hash.
        server_ms: Head office's clock.
        retry_after_ms: When to try again; 0 for the till's own back-off.
        epoch: With ``sync.epoch``: the one in force.
    """

    code: str
    detail: str = ""
    accepted: int = 0
    accepted_hash: bytes = b""
    server_ms: int = 0
    retry_after_ms: int = 0
    epoch: str = ""


class RefusedError(Exception):
    """A request that is not taken; turned into a problem document by the server and back by the client."""

    def __init__(self, code: Refusal, detail: str = "", **more: object) -> None:
        super().__init__(f"{code.value}: {detail}")
        self.code = code
        self.problem = Problem(code.value, detail, **more)  # type: ignore[arg-type]  # fields of Problem, by name

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.code]
