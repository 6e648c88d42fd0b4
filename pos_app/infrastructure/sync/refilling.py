"""A replica that was lost is filled again with what was kept of head office's word, without a line."""

from __future__ import annotations

from itertools import groupby

import msgspec

from pos_app.errors import KnownError
from pos_app.infrastructure.logs import logger
from pos_app.infrastructure.replica.basics import Basics
from pos_app.infrastructure.replica.writer import SqlReplicaWriter
from pos_app.infrastructure.sync.feed_sink import CURSOR
from pos_app.infrastructure.sync.told_rows import RowTaker
from sync.protocol.messages import GONE, FeedRow


def refill(writer: SqlReplicaWriter, basics: Basics, till: str) -> int:
    """Fill a replica that is new; returns with how many rows. It has no cursor: members come with the next load.

    Args:
        writer: Of the replica.
        basics: What was kept.
        till: This till's id.
    """
    taker = RowTaker(writer, till, lambda _: 0)
    try:
        kept = basics.rows()
        with writer.transaction():
            for (told, as_of_ms), rows in groupby(kept, lambda row: (row.told, row.as_of_ms)):
                said = [FeedRow(row.kind, row.key, msgspec.Raw(row.body) if row.body else GONE) for row in rows]
                taker.take(said, told, as_of_ms)
    except KnownError as error:
        # Both are lost: everything comes with the line.
        logger("replica").error("what was kept cannot be read", code=error.code)
        basics.make_anew()
        return 0
    if kept:
        logger("replica").warning("made again from what was kept", rows=len(kept))
    return len(kept)


def ask_anew(writer: SqlReplicaWriter) -> None:
    """What was kept beside the replica is lost: head office is asked for everything again when there is a line."""
    if writer.meta(CURSOR):
        writer.set_meta(CURSOR, "")
