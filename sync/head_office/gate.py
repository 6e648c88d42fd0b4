"""Who asks: every signed request passes here once.

One that was changed on its way, is too old, was answered before or comes from a till that is not in service gets no
further.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

import msgspec

from sync.head_office.accepting import ACTIVE, REVOKED_NOTICE
from sync.head_office.database import Connection, Database
from sync.head_office.notices import raise_notice
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.signing import WINDOW_MS, KeyId, Signed, verify_request

_MOST_KEYS: Final = 50_000
_LONGEST_NONCE: Final = 128

# A life that begins is known by the key of the one before it until its first record is here.
_KEY: Final = """
SELECT public_key FROM life WHERE till = %s AND incarnation <= %s ORDER BY incarnation DESC LIMIT 1
"""
_USE: Final = """
INSERT INTO nonce (key_id, nonce, used_ms) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
_TILL: Final = """
SELECT t.store, t.state, coalesce((SELECT l.fenced FROM life AS l WHERE l.till = t.till AND l.incarnation <= %s
ORDER BY l.incarnation DESC LIMIT 1), '') FROM till AS t WHERE t.till = %s
"""


class Caller(msgspec.Struct, frozen=True):
    """A till that is in service, and asked itself.

    Attributes:
        till: Its id.
        incarnation: Which life of it.
        store: Its store.
        fenced: Why nothing more is taken of that life; empty for one that goes on.
    """

    till: str
    incarnation: int
    store: str
    fenced: str = ""


class Gate:
    """Checks requests.

    Args:
        database: Where keys and used numbers are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self._keys: Final[dict[KeyId, bytes]] = {}  # a life's key never changes
        self._guard: Final = threading.Lock()

    def check(self, method: str, target: str, headers: Mapping[str, str], body: bytes, now_ms: int) -> Caller:
        """Let a request through.

        Args:
            method: In capitals.
            target: Path and query as they came.
            headers: Header fields.
            body: As it came.
            now_ms: Head office's clock.

        Raises:
            RefusedError: ``sync.signature``, ``sync.clock``, ``sync.replayed``, ``sync.revoked``, ``sync.busy``.
        """
        signed = self.verify(method, target, headers, body, now_ms)
        with self._database.transaction() as connection:
            connection.execute("SET LOCAL synchronous_commit = off")
            outcome = admit(connection, signed, now_ms)
        if isinstance(outcome, RefusedError):
            raise outcome
        return outcome

    def verify(self, method: str, target: str, headers: Mapping[str, str], body: bytes, now_ms: int) -> Signed:
        """The half of :meth:`check` that needs no transaction; what it returns is let through by :func:`admit`.

        Raises:
            RefusedError: ``sync.signature``, ``sync.clock``, ``sync.busy``.
        """
        signed = verify_request(method, target, headers, body, find_key=self._find_key, now_ms=now_ms)
        if len(signed.nonce) > _LONGEST_NONCE or "\x00" in signed.nonce:
            raise RefusedError(Refusal.SIGNATURE, "the nonce is too long")
        return signed

    def sender(self, method: str, target: str, headers: Mapping[str, str]) -> KeyId | None:
        """Who sends a request whose body has not come yet; None where no till that is known signed it.

        It is not let through by this: :meth:`check` has the last word, also on its time.
        """
        try:
            signed = verify_request(method, target, headers, None, find_key=self._find_key, now_ms=None)
        except RefusedError as error:
            if error.code is Refusal.SIGNATURE:
                return None
            raise
        return signed.key_id

    def _find_key(self, key_id: KeyId) -> bytes | None:
        with self._guard:
            known = self._keys.get(key_id)
        if known is not None:
            return known
        if "\x00" in key_id.till or key_id.incarnation >= 2**31:
            return None
        with self._database.transaction() as connection:
            row = connection.execute(_KEY, (key_id.till, key_id.incarnation)).fetchone()
            known_life = connection.execute(
                "SELECT 1 FROM life WHERE till = %s AND incarnation = %s", (key_id.till, key_id.incarnation)
            ).fetchone()
        if row is None:
            return None
        if known_life is not None:
            with self._guard:
                if len(self._keys) >= _MOST_KEYS:
                    self._keys.clear()
                self._keys[key_id] = bytes(row[0])
        return bytes(row[0])

    def forget(self, now_ms: int) -> int:
        """Forget numbers that no request could be repeated with any more.

        Returns:
            How many.
        """
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM nonce WHERE used_ms < %s", (now_ms - 3 * WINDOW_MS,)).rowcount


def admit(connection: Connection, signed: Signed, now_ms: int) -> Caller | RefusedError:
    """Let a verified request through, once: its number is used up by the transaction in which it is answered.

    Args:
        connection: Within a transaction, which must be committed whatever comes of the request.
        signed: What was verified.
        now_ms: Head office's clock.

    Returns:
        Who asks; or ``sync.replayed``, ``sync.signature``, ``sync.revoked``.
    """
    key_id = signed.key_id
    with connection.pipeline():
        used = connection.execute(_USE, (str(key_id), signed.nonce, now_ms))
        found = connection.execute(_TILL, (key_id.incarnation, key_id.till))
    if used.rowcount == 0:
        return RefusedError(Refusal.REPLAYED, "this request was answered before")
    row = found.fetchone()
    if row is None:
        return RefusedError(Refusal.SIGNATURE, "this till is not known here")
    store, state, fenced = row
    if state != ACTIVE:
        raise_notice(connection, REVOKED_NOTICE, now_ms, till=key_id.till)
        return RefusedError(Refusal.REVOKED, "this till was taken out of service")
    return Caller(key_id.till, key_id.incarnation, store, fenced)
