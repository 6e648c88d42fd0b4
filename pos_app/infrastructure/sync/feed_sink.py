"""Pages of the feed, taken over into the replica: each in one transaction with its cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from pos_app.domain.ids import MemberId
from pos_app.errors import KnownError
from pos_app.infrastructure.replica.store import ReplicaStore
from pos_app.infrastructure.sync.told_rows import RowTaker
from sync.client.state import Cursor
from sync.protocol.messages import FeedPage

#: Meta: how far head office's feed is taken over, and what it said last.
CURSOR: Final = "feed.cursor"
AS_OF: Final = "feed.as_of_ms"
PASSED_OVER: Final = "feed.passed_over"


class FeedSink:
    """Takes pages over, on the lane that writes the replica (fulfils the ``FeedSink`` of the till's end of sync).

    Args:
        store: The replica.
        till: This till's id.
        kept_seq: The record that this till keeps of a member with data of its own; 0 where it keeps none.
        forget: Told which members' own data is to be dropped, and up to which record it is of no use: they were erased,
            or turned out to be somebody else.
    """

    def __init__(
        self,
        store: ReplicaStore,
        till: str,
        kept_seq: Callable[[MemberId], int],
        forget: Callable[[Sequence[MemberId], int], None],
    ) -> None:
        self._store: Final = store
        self._taker: Final = RowTaker(store.writer, till, kept_seq)
        self._forget: Final = forget

    def cursor(self) -> Cursor | None:
        """How far the feed is taken over; None before the first page or snapshot."""
        return read_cursor(self._store.writer.meta(CURSOR))

    def passed_over(self) -> int:
        """How many rows were of kinds that this version does not know."""
        return int(self._store.writer.meta(PASSED_OVER) or 0)

    def as_of_ms(self) -> int | None:
        """Head office's clock when it last said something."""
        noted = self._store.writer.meta(AS_OF)
        return int(noted) if noted else None

    def take_over(self, page: FeedPage) -> None:
        """Take a page over; one that does not go on from the cursor changes nothing.

        Raises:
            KnownError: ``sync.row_unreadable``, ``replica.not_saved``; nothing was taken over.
        """
        writer = self._store.writer
        with writer.transaction():
            before = self.cursor()
            if before is None:
                before = Cursor(page.epoch, 0)
            # Whoever stands at the beginning of one epoch stands at the beginning of every other.
            is_next = page.epoch == before.epoch or before.position == 0
            if not is_next or page.after != before.position:
                return
            told = self._taker.take(page.rows, page.contains_seq, page.server_ms)
            # Read, so fit to be kept; and durable there before the cursor moves on here.
            self._store.basics.keep(page.rows, page.contains_seq, page.server_ms)
            if not page.behind:
                self._taker.lay_open(page.contains_seq)
            after = Cursor(page.epoch, page.through)
            writer.set_meta(CURSOR, msgspec.json.encode(after).decode())
            writer.set_meta(AS_OF, str(page.server_ms))
            if told.passed_over:
                writer.set_meta(PASSED_OVER, str(self.passed_over() + told.passed_over))
        if told.gone:
            self._forget(told.gone, page.contains_seq)


def read_cursor(noted: str | None) -> Cursor | None:
    """A cursor as the replica keeps it; nothing or an empty text where head office is to be asked for everything."""
    try:
        return msgspec.json.decode(noted, type=Cursor) if noted else None
    except msgspec.DecodeError as error:
        raise KnownError("replica.damaged") from error
