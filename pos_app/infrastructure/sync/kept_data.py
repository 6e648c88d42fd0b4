"""What the till keeps of members itself, as the sinks of head office's word ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from pos_app.application.ports import MasterKind
from pos_app.domain.ids import MemberId, StaffId
from pos_app.infrastructure.ledger.store import SqlLedger

#: Runs something on the lane that owns the ledger; it need not wait.
OnLedgerLane = Callable[[Callable[[], None]], object]


class KeptData:
    """The ledger's own data of members, asked from any thread.

    Args:
        ledger: The books.
        on_ledger_lane: Where they are written.
    """

    def __init__(self, ledger: SqlLedger, on_ledger_lane: OnLedgerLane) -> None:
        self._ledger: Final = ledger
        self._on_ledger_lane: Final = on_ledger_lane

    def seq(self, member_id: MemberId) -> int:
        """The record that data of a member was kept with; 0 where there is none."""
        with self._ledger.read() as reader:
            return reader.master_seq(MasterKind.MEMBER, member_id.hex)

    def forget(self, member_ids: Sequence[MemberId], through_seq: int) -> None:
        """Drop what is kept of members who are no more, unless it is newer than a record."""

        def drop() -> None:
            with self._ledger.write(StaffId("")) as tx:
                for each in member_ids:
                    tx.drop_master(MasterKind.MEMBER, each.hex, through_seq=through_seq)

        self._on_ledger_lane(drop)
