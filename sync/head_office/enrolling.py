"""How a machine becomes a till of a store, by a code that a manager reads out; and how tills leave."""

from __future__ import annotations

import json
import secrets
from typing import Final

import msgspec

from pos_app.domain.coupon_codes import KEY_ID_BYTES, key_id
from pos_app.errors import KnownError
from sync.head_office.accepting import ACTIVE, Life
from sync.head_office.authorising import free_held
from sync.head_office.database import Connection, Database
from sync.head_office.epochs import epoch_of
from sync.head_office.identity import Identity
from sync.head_office.journal import lives_of, lock_till
from sync.head_office.notices import raise_notice
from sync.head_office.publishing import put_rows, till_key_end_row
from sync.protocol.chain import GENESIS, Head
from sync.protocol.enrolment import (
    LIFETIME_MS,
    MAX_TRIES,
    SALT_BYTES,
    is_proof,
    make_code,
    offer_proof,
    parse_code,
    request_proof,
    stretch,
)
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import Enrolled, EnrolmentOffer, EnrolmentRequest

_KEY_BYTES: Final = 32
_MOST_NUMBER: Final = 9999
#: Codes are forgotten a while after they ended; until then a till whose answer was lost may ask again.
_FORGET_MS: Final = 24 * 3_600_000
_LONGEST_ID: Final = 64
#: The machine before a successor had records that never came.
NOT_SENT: Final = "till.not_sent"


class Store(msgspec.Struct, frozen=True):
    """A shop.

    Attributes:
        code: As receipts and reports name it.
        name: On receipts.
        facts: What else receipts say of it (address, phone, tax_id, thanks).
        time_zone: IANA name.
        day_starts_hour: Before this hour it is still yesterday's business.
    """

    code: str
    name: str
    facts: dict[str, str] = {}
    time_zone: str = "Asia/Shanghai"
    day_starts_hour: int = 4


class _Code(msgspec.Struct, frozen=True):
    code_id: str
    stretched: bytes
    salt: bytes
    store: str
    number: int | None
    successor_of: str | None
    expires_ms: int
    tries: int
    used_ms: int | None


def put_store(connection: Connection, store: Store) -> None:
    """Add a store, or change what is known of it."""
    connection.execute(
        "INSERT INTO store VALUES (%s, %s, %s, %s, %s) ON CONFLICT (store) DO UPDATE SET name = excluded.name,"
        " facts = excluded.facts, time_zone = excluded.time_zone, day_starts_hour = excluded.day_starts_hour",
        (store.code, store.name, json.dumps(store.facts), store.time_zone, store.day_starts_hour),
    )


def stores(connection: Connection) -> list[Store]:
    """All stores, by code."""
    rows = connection.execute("SELECT store, name, facts, time_zone, day_starts_hour FROM store ORDER BY store")
    return [Store(*row) for row in rows]


def new_code(
    connection: Connection, store: str, now_ms: int, *, number: int | None = None, successor_of: str | None = None
) -> str:
    """A code for one machine, good for ten minutes.

    Args:
        connection: Within a transaction.
        store: The till's store.
        now_ms: Head office's clock.
        number: The number the till is to have on receipts; None for the next free one.
        successor_of: The till (id or number) whose books the machine goes on with.

    Raises:
        KnownError: ``office.no_store``, ``office.no_till``, ``office.number_taken``.
    """
    if connection.execute("SELECT 1 FROM store WHERE store = %s", (store,)).fetchone() is None:
        raise KnownError("office.no_store", store=store)
    if successor_of is not None:
        successor_of = find_till(connection, successor_of)
    elif number is not None and connection.execute("SELECT 1 FROM till WHERE number = %s", (number,)).fetchone():
        raise KnownError("office.number_taken", number=number)
    connection.execute("DELETE FROM enrolment_code WHERE expires_ms < %s", (now_ms - _FORGET_MS,))
    while True:
        code = make_code(secrets.token_bytes(16))
        parsed = parse_code(code)
        assert parsed is not None
        code_id, secret = parsed
        salt = secrets.token_bytes(SALT_BYTES)
        made = connection.execute(
            "INSERT INTO enrolment_code (code_id, stretched, salt, store, number, successor_of, expires_ms)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (code_id, stretch(secret, salt), salt, store, number, successor_of, now_ms + LIFETIME_MS),
        )
        if made.rowcount:
            return code


def find_till(connection: Connection, named: str) -> str:
    """A till's id from its id or its number.

    Raises:
        KnownError: ``office.no_till``.
    """
    row = connection.execute("SELECT till FROM till WHERE till = %s OR number::text = %s", (named, named)).fetchone()
    if row is None:
        raise KnownError("office.no_till", till=named)
    return str(row[0])


def set_state(connection: Connection, till: str, state: str, now_ms: int) -> None:
    """Take a till out of service: ``revoked`` when it is known where it is, ``lost`` when not.

    Nothing more is taken of it until a machine becomes its successor. What was held for a lost till is free again; for
    one that is only revoked it stays held until its records come.
    """
    lock_till(connection, till)
    connection.execute("UPDATE till SET state = %s WHERE till = %s", (state, till))
    put_rows(
        connection, dict(till_key_end_row(each.public_key, now_ms) for each in lives_of(connection, till)[1]), now_ms
    )
    if state == "lost":
        free_held(connection, till)


class Enrolment:
    """Takes machines in.

    Args:
        database: Where tills are kept.
        identity: Head office's keys.
        ca_pem: The authority that tills are to trust.
    """

    def __init__(self, database: Database, identity: Identity, ca_pem: str) -> None:
        self._database: Final = database
        self._identity: Final = identity
        self._ca_pem: Final = ca_pem

    def offer(self, code_id: str, now_ms: int) -> EnrolmentOffer:
        """The authority, with a proof for whoever knows the rest of the code.

        Raises:
            RefusedError: ``sync.code``.
        """
        with self._database.transaction() as connection:
            code = _code(connection, code_id, now_ms)
        return EnrolmentOffer(self._ca_pem, offer_proof(code.stretched, self._ca_pem), code.salt)

    def enrol(self, request: EnrolmentRequest, now_ms: int) -> Enrolled:
        """Take a machine in; the same request again gets the same answer.

        Raises:
            RefusedError: ``sync.code``, ``sync.number``, ``sync.bad_request``.
        """
        if len(request.public_key) != _KEY_BYTES or len(request.till) > _LONGEST_ID or "\x00" in request.till:
            raise RefusedError(Refusal.BAD_REQUEST, "the key or the till's id has the wrong length")
        if not (1 <= request.incarnation < 2**31 and 0 <= request.number <= _MOST_NUMBER):
            raise RefusedError(Refusal.BAD_REQUEST, "no such number or life")
        with self._database.transaction() as connection:
            outcome = self._enrol(connection, request, now_ms)
        if isinstance(outcome, RefusedError):
            raise outcome  # after COMMIT: a wrong try counts
        return outcome

    def _enrol(self, connection: Connection, request: EnrolmentRequest, now_ms: int) -> Enrolled | RefusedError:
        code = _code(connection, request.code_id, now_ms)
        if not is_proof(request_proof(code.stretched, request.public_key, request.till), request.proof):
            connection.execute("UPDATE enrolment_code SET tries = tries + 1 WHERE code_id = %s", (code.code_id,))
            return RefusedError(Refusal.CODE, "the code is wrong")
        if code.used_ms is not None:
            return self._again(connection, request, code)
        if code.successor_of is not None:
            if request.till not in ("", code.successor_of):
                # It has books of its own, which those of the till before it cannot follow.
                return RefusedError(Refusal.NUMBER, "the code is for the successor of another till")
            till = self._succeed(connection, request, code.successor_of, now_ms)
        else:
            till = self._join(connection, request, code, now_ms)
        connection.execute("UPDATE enrolment_code SET used_ms = %s WHERE code_id = %s", (now_ms, code.code_id))
        return self._answer(connection, till)

    def _again(self, connection: Connection, request: EnrolmentRequest, code: _Code) -> Enrolled | RefusedError:
        """The answer was lost on its way: whoever has the code and the key is the one who was taken in."""
        row = connection.execute(
            "SELECT till FROM life JOIN till USING (till) WHERE public_key = %s AND store = %s"
            " ORDER BY enrolled_ms DESC LIMIT 1",
            (request.public_key, code.store),
        ).fetchone()
        if row is None:
            return RefusedError(Refusal.CODE, "the code was used")
        return self._answer(connection, str(row[0]))

    def _join(self, connection: Connection, request: EnrolmentRequest, code: _Code, now_ms: int) -> str:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('guitai-numbers'))")
        number = code.number or request.number or _free_number(connection)
        if request.number not in (0, number):
            raise RefusedError(Refusal.NUMBER, "the code is for another number than the till has")
        if connection.execute("SELECT 1 FROM till WHERE number = %s", (number,)).fetchone():
            raise RefusedError(Refusal.NUMBER, "another till has this number")
        _check_key_id(connection, request.public_key)
        till = request.till or f"till-{secrets.token_hex(6)}"
        if lives_of(connection, till)[1]:
            raise RefusedError(Refusal.BAD_REQUEST, "this till is known; it takes a code for its successor")
        connection.execute(
            "INSERT INTO till (till, number, store, enrolled_ms) VALUES (%s, %s, %s, %s)",
            (till, number, code.store, now_ms),
        )
        # Nothing of a till that worked alone is here yet: it sends its journal from the beginning.
        _add_life(connection, till, Life(request.incarnation, request.public_key, GENESIS, GENESIS))
        return till

    def _succeed(self, connection: Connection, request: EnrolmentRequest, till: str, now_ms: int) -> str:
        lock_till(connection, till)
        _, lives = lives_of(connection, till)
        last = lives[-1]
        incarnation = max(last.incarnation, request.incarnation if request.till == till else 0) + 1
        connection.execute("UPDATE life SET fenced = 'succeeded' WHERE till = %s", (till,))
        connection.execute("UPDATE till SET state = %s WHERE till = %s", (ACTIVE, till))
        free_held(connection, till)  # what the machine before had not sent will not come
        _check_key_id(connection, request.public_key)
        put_rows(connection, dict((till_key_end_row(request.public_key, None),)), now_ms)
        _add_life(connection, till, Life(incarnation, request.public_key, last.accepted, last.accepted))
        not_sent = _not_sent(connection, till, last.incarnation)
        if not_sent:
            raise_notice(connection, NOT_SENT, now_ms, till=till, params={"count": str(not_sent)})
        return till

    def _answer(self, connection: Connection, till: str) -> Enrolled:
        _, lives = lives_of(connection, till)
        life = lives[-1]
        row = connection.execute(
            "SELECT t.number, s.store, s.name, s.facts, s.time_zone, s.day_starts_hour"
            " FROM till AS t JOIN store AS s USING (store) WHERE t.till = %s",
            (till,),
        ).fetchone()
        assert row is not None
        number, store, name, facts, time_zone, hour = row
        return Enrolled(
            till=till,
            number=number,
            store=store,
            store_name=name,
            incarnation=life.incarnation,
            key=self._identity.public_key,
            epoch=epoch_of(connection),
            predecessor=life.base if len(lives) > 1 else None,
            not_sent=_not_sent(connection, till, lives[-2].incarnation) if len(lives) > 1 else 0,
            store_facts=facts,
            time_zone=time_zone,
            day_starts_hour=hour,
            card_key=self._identity.card_key,
            pin_key=self._identity.pin_key,
        )


def _check_key_id(connection: Connection, public_key: bytes) -> None:
    """Refuse a key that would be taken for another till's by the few bytes of it that coupons name.

    Raises:
        RefusedError: ``sync.bad_request``.
    """
    there = connection.execute(
        "SELECT FROM life WHERE substr(sha256(public_key), 1, %s) = %s AND public_key <> %s LIMIT 1",
        (KEY_ID_BYTES, key_id(public_key), public_key),
    ).fetchone()
    if there is not None:
        raise RefusedError(Refusal.BAD_REQUEST, "another till's key has the same id; make a new one")


def _not_sent(connection: Connection, till: str, incarnation: int) -> int:
    """How many records a life of a till said last that it had not sent."""
    row = connection.execute(
        "SELECT waiting FROM life WHERE till = %s AND incarnation = %s", (till, incarnation)
    ).fetchone()
    return 0 if row is None else int(row[0])


def _code(connection: Connection, code_id: str, now_ms: int) -> _Code:
    """A code that is still good; it stays locked until the end of the transaction."""
    row = connection.execute(
        "SELECT code_id, stretched, salt, store, number, successor_of, expires_ms, tries, used_ms"
        " FROM enrolment_code WHERE code_id = %s FOR UPDATE",
        (code_id.replace("\x00", ""),),
    ).fetchone()
    code = None if row is None else _Code(*row)
    if code is None or code.expires_ms < now_ms or code.tries >= MAX_TRIES:
        raise RefusedError(Refusal.CODE, "the code is wrong, was used, or is too old")
    return code


def _free_number(connection: Connection) -> int:
    row = connection.execute(
        "SELECT n FROM generate_series(1, %s) AS n WHERE NOT EXISTS (SELECT 1 FROM till WHERE number = n)"
        " ORDER BY n LIMIT 1",
        (_MOST_NUMBER,),
    ).fetchone()
    if row is None:
        raise RefusedError(Refusal.NUMBER, "all numbers are taken")
    return int(row[0])


def _add_life(connection: Connection, till: str, life: Life) -> None:
    base: Head = life.base
    connection.execute(
        "INSERT INTO life (till, incarnation, public_key, base_seq, base_hash, accepted_seq, accepted_hash,"
        " applied_seq) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (till, life.incarnation, life.public_key, base.seq, base.hash, base.seq, base.hash, base.seq),
    )
