"""Records that were set aside: what there is, and what people make of it. Nothing is changed in a record, ever."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sync.head_office.authorising import free_dismissed
from sync.head_office.database import Connection
from sync.head_office.positions import JOURNAL_CHANNEL
from sync.head_office.records import Place


class AsideRow(msgspec.Struct, frozen=True):
    """A record that is not in the books.

    Attributes:
        till: Whose.
        incarnation: In which life.
        seq: Where.
        kind: Of what.
        state: ``quarantined``, ``held``, ``waiting`` or ``dismissed``.
        reason: A code.
        params: For its words.
        receipt_no: Where it is a sale or a refund.
        decided_ms: When.
        holds: How many others are held because of it.
    """

    till: str
    incarnation: int
    seq: int
    kind: str
    state: str
    reason: str
    params: dict[str, str]
    receipt_no: str
    decided_ms: int
    holds: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.till, self.incarnation, self.seq)


_LIST = """
SELECT s.till, s.incarnation, s.seq, s.kind, s.state, s.reason, s.params, s.receipt_no, s.decided_ms,
       (SELECT count(*) FROM set_aside AS d WHERE d.state = 'held' AND d.depends_on && s.makes)
FROM set_aside AS s WHERE (%(till)s = '' OR s.till = %(till)s) AND (%(dismissed)s OR s.state <> 'dismissed')
ORDER BY s.decided_ms, s.till, s.incarnation, s.seq
"""


def list_aside(connection: Connection, till: str = "", *, with_dismissed: bool = False) -> Sequence[AsideRow]:
    """Records that are set aside, oldest first; of one till or of all."""
    rows = connection.execute(_LIST, {"till": till, "dismissed": with_dismissed})
    return [AsideRow(*row) for row in rows]


def try_again(connection: Connection, place: Place) -> bool:
    """Have a record tried again, its cause being gone; those that are held because of it follow by themselves.

    Returns:
        Whether there is such a record.
    """
    changed = connection.execute(
        "UPDATE set_aside SET is_ready = true WHERE till = %s AND incarnation = %s AND seq = %s", place
    )
    connection.execute("SELECT pg_notify(%s, '')", (JOURNAL_CHANNEL,))
    return changed.rowcount == 1


def dismiss(connection: Connection, place: Place, reason: str, by: str) -> bool:
    """Say that a record will never be in the books. It stays in the journal, and in what is listed as dismissed.

    What was held for it is free again.

    Args:
        connection: Within a transaction.
        place: Which record.
        reason: In the words of who decided it.
        by: Who that was.

    Returns:
        Whether there is such a record.
    """
    said = msgspec.json.encode({"why": reason[:200], "by": by[:50]}).decode()
    changed = connection.execute(
        "UPDATE set_aside SET state = 'dismissed', is_ready = false, params = params || %s::jsonb"
        " WHERE till = %s AND incarnation = %s AND seq = %s",
        (said, *place),
    )
    if changed.rowcount:
        free_dismissed(connection, *place)
    return changed.rowcount == 1
