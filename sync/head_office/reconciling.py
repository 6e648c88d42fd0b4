"""Head office's figures of a run of records, for a till to compare with its own at the end of the day."""

from __future__ import annotations

from typing import Final

import msgspec

from pos_app.domain.ledger.run_figures import RunFigures, figures_of
from sync.head_office.database import Connection
from sync.head_office.feed import begin_snapshot
from sync.head_office.journals import chain_parts, lives_of, records_of
from sync.protocol.chain import GENESIS_HASH
from sync.protocol.errors import Refusal, RefusedError
from sync.protocol.messages import DayFigures, DayStatement, SetAside

#: Records that are looked at for one answer; for more, the till asks again behind them and adds up.
MAX_RECORDS: Final = 20_000


def as_wire(figures: RunFigures) -> DayFigures:
    """Figures as they travel."""
    return msgspec.convert(msgspec.to_builtins(figures), DayFigures)


def state_day(connection: Connection, till: str, incarnation: int, first: int, last: int) -> DayStatement:
    """What head office has of a run of a till's records.

    Args:
        connection: At the beginning of a transaction.
        till: Whose.
        incarnation: As which of its lives sees its journal.
        first: From this record on.
        last: To this one; head office looks at :data:`MAX_RECORDS` at most.

    Raises:
        RefusedError: ``sync.bad_request``: there can be no such run.
    """
    if not 1 <= first <= last:
        raise RefusedError(Refusal.BAD_REQUEST, "a run begins with a record and does not end before it")
    begin_snapshot(connection)
    last = min(last, first + MAX_RECORDS - 1)
    lives = lives_of(connection, till)
    parts = chain_parts(lives, incarnation, first, last)
    applied_of = {life.incarnation: life.applied_seq for life in lives}
    aside = {part.incarnation: _set_aside(connection, till, *part) for part in parts}
    accepted = applied = RunFigures()
    end, digest = first - 1, GENESIS_HASH
    for life, seq, payload, hashed in records_of(connection, till, parts):
        figures = figures_of(payload)
        accepted += figures
        if seq not in aside[life] and seq <= applied_of[life]:
            applied += figures
        end, digest = seq, hashed
    return DayStatement(
        first=first,
        last=end,
        hash=bytes(digest),
        accepted=as_wire(accepted),
        applied=as_wire(applied),
        set_aside=tuple(each for rows in aside.values() for each in rows.values()),
        decided=all(applied_of[part.incarnation] >= part.last for part in parts),
    )


def _set_aside(connection: Connection, till: str, incarnation: int, first: int, last: int) -> dict[int, SetAside]:
    rows = connection.execute(
        "SELECT seq, kind, state, reason, params, receipt_no, decided_ms FROM set_aside"
        " WHERE till = %s AND incarnation = %s AND seq BETWEEN %s AND %s ORDER BY seq",
        (till, incarnation, first, last),
    )
    return {row[0]: SetAside(*row) for row in rows}
