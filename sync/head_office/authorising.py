"""May a member spend this? What head office says yes to is held until the till's own record settles or releases it.

The rule is the domain's (``pos_app.domain.ledger.holds``); here it is asked of tables, one question at a time for each
account. Nothing is freed by time. What a till held that was declared lost is free for the member at once; should the
lost till's sale turn up after all, the shop pays for it, not the member.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from pos_app.domain.clock import business_date
from pos_app.domain.ids import LotId, MemberId
from pos_app.domain.ledger.holds import GIVEN_UP, Declined, Granted, authorise
from pos_app.domain.ledger.lots import Base
from pos_app.domain.ledger.postings import Asset
from pos_app.domain.ledger.spends import Spend
from sync.head_office.books import base_of, load_winners
from sync.head_office.database import Connection
from sync.head_office.feed import contains_seq
from sync.head_office.records import LARGEST, bucket_of
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import SpendAnswer, SpendItem, SpendRequest

#: Items in a question at most.
MAX_ITEMS: Final = 200
#: Records that were sent are applied within this time, as a rule.
_AGAIN_MS: Final = 200
_WRONG: Final = "spend.wrong"
_OVER: Final = """
INSERT INTO authorisation (authorisation_id, till, incarnation, items, granted, answer, state, asked_ms, settled_seq)
SELECT id, till, 0, '', false, convert_to(
    json_build_object('authorisation_id', id, 'granted', false, 'reason', 'spend.wrong')::text, 'UTF8'
), %s, %s, seq FROM unnest(%s::text[], %s::bigint[], %s::uuid[]) AS d(till, seq, id)
ON CONFLICT DO NOTHING
"""
# Only the till that asked can use what was granted to it, or give it up.
_DONE: Final = """
WITH done AS (SELECT * FROM unnest(%s::text[], %s::bigint[], %s::uuid[]) AS d(till, seq, id)),
changed AS (
    UPDATE authorisation AS a SET state = %s, settled_seq = d.seq FROM done AS d
    WHERE a.authorisation_id = d.id AND a.till = d.till AND a.state IN ('held', 'advanced')
    RETURNING a.authorisation_id
)
DELETE FROM hold USING changed WHERE hold.authorisation_id = changed.authorisation_id
"""
# What a record that is set aside spends stays held for it: it may be in the books yet.
_BEGAN: Final = """
WITH began AS (SELECT * FROM unnest(%s::text[], %s::bigint[], %s::int[]) AS b(till, seq, incarnation)),
changed AS (
    UPDATE authorisation AS a SET state = 'released', settled_seq = b.seq FROM began AS b
    WHERE a.till = b.till AND a.incarnation < b.incarnation AND a.state = 'held' AND NOT EXISTS (
        SELECT FROM set_aside AS s JOIN journal AS j USING (till, incarnation, seq)
        WHERE s.till = a.till AND s.state <> 'dismissed'
          AND position(convert_to(a.authorisation_id::text, 'UTF8') IN j.payload) > 0
    ) RETURNING a.authorisation_id
)
DELETE FROM hold USING changed WHERE hold.authorisation_id = changed.authorisation_id
"""
# Records that are here and in no books yet keep what they spend.
_LOST: Final = """
WITH to_come AS MATERIALIZED (
    SELECT j.payload FROM set_aside AS s JOIN journal AS j USING (till, incarnation, seq)
    WHERE s.till = %(till)s AND s.state <> 'dismissed'
    UNION ALL
    SELECT j.payload FROM life AS l JOIN journal AS j
    ON j.till = l.till AND j.incarnation = l.incarnation AND j.seq > l.applied_seq AND j.seq <= l.accepted_seq
    WHERE l.till = %(till)s
),
changed AS (
    UPDATE authorisation AS a SET state = 'advanced' WHERE a.till = %(till)s AND a.state = 'held' AND NOT EXISTS (
        SELECT FROM to_come AS c WHERE position(convert_to(a.authorisation_id::text, 'UTF8') IN c.payload) > 0
    ) RETURNING a.authorisation_id
),
gone AS (DELETE FROM hold USING changed WHERE hold.authorisation_id = changed.authorisation_id)
SELECT count(*) FROM changed
"""
_DISMISSED: Final = """
WITH changed AS (
    UPDATE authorisation AS a SET state = 'released' FROM journal AS j
    WHERE j.till = %s AND j.incarnation = %s AND j.seq = %s AND a.till = j.till AND a.state = 'held'
      AND position(convert_to(a.authorisation_id::text, 'UTF8') IN j.payload) > 0
    RETURNING a.authorisation_id
)
DELETE FROM hold USING changed WHERE hold.authorisation_id = changed.authorisation_id
"""


def answer_spend(
    connection: Connection, till: str, incarnation: int, request: SpendRequest, now_ms: int
) -> SpendAnswer:
    """Answer a question; the same one gets the same answer, and a no for ever once the till gave it up.

    Args:
        connection: Within a transaction.
        till: Who asks.
        incarnation: In which life.
        request: What.
        now_ms: Head office's clock.

    Raises:
        RefusedError: ``sync.bad_request``; ``sync.busy`` while the till's records are not applied that must be.
    """
    if len(request.items) > MAX_ITEMS or any(abs(each.amount) > LARGEST for each in request.items):
        raise RefusedError(Refusal.BAD_REQUEST, "no sale spends that much")
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", (request.authorisation_id.hex,))
    asked = msgspec.json.encode((request.items,))
    before = connection.execute(
        "SELECT till, items, answer, state FROM authorisation WHERE authorisation_id = %s", (request.authorisation_id,)
    ).fetchone()
    if before is not None:
        if before[0] == till and before[3] == "released":
            return SpendAnswer(request.authorisation_id, granted=False, reason=GIVEN_UP.reason)
        is_same = (before[0], bytes(before[1])) == (till, asked)
        return (
            msgspec.json.decode(before[2], type=SpendAnswer)
            if is_same
            else SpendAnswer(request.authorisation_id, granted=False, reason=_WRONG)
        )
    if contains_seq(connection, till, incarnation) < request.journal_seq:
        raise RefusedError(Refusal.BUSY, "the till's records are not applied yet", retry_after_ms=_AGAIN_MS)
    found = _judge(connection, till, request.items, now_ms)
    granted = found if isinstance(found, Granted) else None
    answer = (
        SpendAnswer(request.authorisation_id, granted=True)
        if isinstance(found, Granted)
        else SpendAnswer(request.authorisation_id, granted=False, reason=found.reason, available=found.available)
    )
    noted = connection.execute(
        "INSERT INTO authorisation (authorisation_id, till, incarnation, items, granted, answer, state, asked_ms)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (
            *(request.authorisation_id, till, incarnation, asked, granted is not None),
            *(msgspec.json.encode(answer), "declined" if granted is None else "held", now_ms),
        ),
    )
    if noted.rowcount == 0:  # its record was applied at this very moment, before the question
        raise RefusedError(Refusal.BUSY, "the question is over", retry_after_ms=_AGAIN_MS)
    if granted is not None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO hold (authorisation_id, account, bucket, asset, lot, amount)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (request.authorisation_id, who, bucket_of(who), each.asset.value, each.lot_id, each.amount)
                    for each in granted.items
                    for who in (each.account_id,)
                ],
            )
    return answer


def _judge(connection: Connection, till: str, items: Sequence[SpendItem], now_ms: int) -> Granted | Declined:
    assets = {each.value for each in Asset}
    if any(each.asset not in assets for each in items):
        return Declined(_WRONG)
    named = {each.account for each in items}
    winners = dict(load_winners(connection, named))
    wanted = sorted({winners.get(each, each) for each in named})
    # Whoever else asks for one of these waits here, and so does the writing of what is applied to it.
    rows = connection.execute(
        "SELECT member, body FROM account WHERE member = ANY(%s) ORDER BY member FOR UPDATE", (wanted,)
    ).fetchall()
    accounts: dict[MemberId, Base] = {MemberId(member): base_of(body) for member, body in rows}
    held = {
        (MemberId(account), LotId(lot)): int(amount)
        for account, lot, amount in connection.execute(
            "SELECT account, lot, sum(amount) FROM hold WHERE account = ANY(%s) GROUP BY account, lot", (wanted,)
        )
    }
    spends = [
        Spend(MemberId(winners.get(each.account, each.account)), Asset(each.asset), LotId(each.lot), each.amount)
        for each in items
    ]
    return authorise(spends, accounts, held, _today(connection, till, now_ms))


def _today(connection: Connection, till: str, now_ms: int) -> dt.date:
    """The business date in a till's store."""
    row = connection.execute(
        "SELECT s.time_zone, s.day_starts_hour FROM till AS t JOIN store AS s USING (store) WHERE t.till = %s", (till,)
    ).fetchone()
    zone, hour = row if row is not None else ("Asia/Shanghai", 0)
    return business_date(dt.datetime.fromtimestamp(now_ms / 1000, tz=ZoneInfo(zone)), hour)


def settle(connection: Connection, state: str, done: Sequence[tuple[str, int, UUID]], now_ms: int) -> None:
    """Hold nothing any more for what was sold or given up.

    A question may come after its record: it was long under way, or the till did not wait. It must find that it is over,
    else it would hold something for ever.

    Args:
        connection: Within a transaction.
        state: ``settled`` or ``released``.
        done: Till, seq and authorisation of each.
        now_ms: Head office's clock.
    """
    if done:
        tills, places, ids = (list(each) for each in zip(*done, strict=True))
        connection.execute(_OVER, (state, now_ms, tills, places, ids))
        connection.execute(_DONE, (tills, places, ids, state))


def free_former_lives(connection: Connection, began: Sequence[tuple[str, int, int]]) -> None:
    """Hold nothing any more for a till's former lives: their records are all applied, and no more are taken of them.

    Args:
        connection: Within a transaction.
        began: Till, seq and incarnation of each life that has begun.
    """
    if began:
        connection.execute(_BEGAN, tuple(list(each) for each in zip(*began, strict=True)))


def free_held(connection: Connection, till: str) -> int:
    """Free what a lost till held, unless a record that is here already spends it.

    What it spent of the rest, should that turn up, is advanced by the shop.

    Returns:
        How many authorisations were open.
    """
    row = connection.execute(_LOST, {"till": till}).fetchone()
    return 0 if row is None else int(row[0])


def free_dismissed(connection: Connection, till: str, incarnation: int, seq: int) -> None:
    """Hold nothing any more for a record that will never be in the books."""
    connection.execute(_DISMISSED, (till, incarnation, seq))


def load_advanced(connection: Connection, named: Sequence[UUID]) -> dict[tuple[str, UUID], tuple[Spend, ...]]:
    """Of authorisations that sales name, what the shop advanced because their till was lost; by till, too."""
    rows = connection.execute(
        "SELECT till, authorisation_id, items FROM authorisation"
        " WHERE authorisation_id = ANY(%s) AND state = 'advanced'",
        (list(named),),
    )
    found: dict[tuple[str, UUID], tuple[Spend, ...]] = {}
    for till, authorisation_id, items in rows:
        (asked,) = msgspec.json.decode(items, type=tuple[tuple[SpendItem, ...]])
        found[till, authorisation_id] = tuple(
            Spend(MemberId(each.account), Asset(each.asset), LotId(each.lot), each.amount) for each in asked
        )
    return found
