"""Notices: what a manager should know, told to the till it concerns until somebody has seen it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Final

from sync.head_office.database import Connection

#: What was seen is kept this long; what nobody saw is kept until somebody does.
KEEP_SEEN_MS: Final = 90 * 24 * 3_600_000


def forget_seen(connection: Connection, now_ms: int) -> int:
    """Forget notices that were seen long ago.

    Returns:
        How many.
    """
    return connection.execute("DELETE FROM attention WHERE seen_ms < %s", (now_ms - KEEP_SEEN_MS,)).rowcount


def raise_notice(
    connection: Connection,
    code: str,
    now_ms: int,
    *,
    till: str,
    seq: int = 0,
    params: Mapping[str, str] | None = None,
    member: uuid.UUID | None = None,
) -> None:
    """Tell the manager, once: what nobody has seen yet is not told again.

    Args:
        connection: Within a transaction.
        code: With words at the till.
        now_ms: Head office's clock.
        till: Which till it is about.
        seq: Which of its records; 0 for none.
        params: For the words; never personal data.
        member: Whom it is about.
    """
    connection.execute(
        "INSERT INTO attention (attention_id, code, params, till, store, member, seq, raised_ms)"
        " SELECT %(id)s, %(code)s, %(params)s, till, store, %(member)s, %(seq)s, %(now)s FROM till"
        " WHERE till = %(till)s AND NOT EXISTS (SELECT 1 FROM attention AS a WHERE a.till = %(till)s"
        " AND a.code = %(code)s AND a.seq = %(seq)s AND a.seen_ms IS NULL)",
        {
            "id": uuid.uuid4(),
            "code": code,
            "params": json.dumps(dict(params or {})),
            "till": till,
            "member": member,
            "seq": seq,
            "now": now_ms,
        },
    )
