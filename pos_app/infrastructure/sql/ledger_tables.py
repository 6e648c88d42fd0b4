"""Tables of ``ledger.db`` as SQLAlchemy Core sees them.

The migrations make them (with their CHECKs and triggers); a test compares both, so that neither drifts.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()


def _table(table_name: str, /, **columns: type[sa.types.TypeEngine[Any]]) -> sa.Table:
    return sa.Table(table_name, METADATA, *(sa.Column(column, kind) for column, kind in columns.items()))


_INT: Final = sa.Integer
_TEXT: Final = sa.Text
_BLOB: Final = sa.LargeBinary

meta: Final = _table("meta", key=_TEXT, value=_TEXT)
counter: Final = _table("counter", name=_TEXT, value=_INT)
journal: Final = _table(
    "journal",
    seq=_INT,
    record_id=_BLOB,
    kind=_TEXT,
    business_date=_INT,
    wall_ms=_INT,
    operator=_TEXT,
    member=_BLOB,
    payload=_BLOB,
    prev_hash=_BLOB,
    hash=_BLOB,
    signature=_BLOB,
)
posting: Final = _table("posting", seq=_INT, n=_INT, asset=_TEXT, account=_TEXT, amount=_INT, member=_BLOB, lot=_BLOB)
closing: Final = _table(
    "closing",
    z_number=_INT,
    seq=_INT,
    business_date=_INT,
    perpetual_gross=_INT,
    perpetual_refunded=_INT,
    perpetual_sales=_INT,
)
account_total: Final = _table("account_total", account=_TEXT, asset=_TEXT, seq=_INT, amount=_INT)
document: Final = _table(
    "document",
    seq=_INT,
    receipt_key=_TEXT,
    kind=_TEXT,
    business_date=_INT,
    wall_ms=_INT,
    operator=_TEXT,
    amount_minor=_INT,
    member=_BLOB,
    original_receipt=_TEXT,
    counts_on=_INT,
    kept_milli=_INT,
    spend_minor=_INT,
)
document_line: Final = _table(
    "document_line", seq=_INT, line_no=_INT, product_id=_TEXT, name=_TEXT, milli=_INT, amount_minor=_INT
)
lot: Final = _table(
    "lot",
    lot_id=_BLOB,
    member=_BLOB,
    seq=_INT,
    earned_on=_INT,
    expires_on=_INT,
    made_here=_INT,
    available=_INT,
    pending=_INT,
    expired=_INT,
    asset=_TEXT,
    source=_TEXT,
    code=_TEXT,
)
usage: Final = _table("usage", member=_BLOB, day=_INT, what=_TEXT, seq=_INT, amount=_INT)
shift: Final = _table(
    "shift",
    number=_INT,
    shift_id=_BLOB,
    cashier=_TEXT,
    opening_float=_INT,
    business_date=_INT,
    opened_ms=_INT,
    opened_seq=_INT,
    closed_seq=_INT,
)
print_job: Final = _table(
    "print_job",
    id=_INT,
    job_id=_BLOB,
    kind=_TEXT,
    seq=_INT,
    copy=_INT,
    opens_drawer=_INT,
    state=_TEXT,
    reason=_TEXT,
    created_ms=_INT,
    training=_INT,
    target=_TEXT,
    lines=_TEXT,
)
held_sale: Final = _table("held_sale", hold_id=_BLOB, basket=_BLOB, created_ms=_INT, operator=_TEXT, label=_TEXT)
draft: Final = _table("draft", id=_INT, basket=_BLOB)
unit_code: Final = _table("unit_code", code_hash=_BLOB, till=_TEXT, seq=_INT, line_no=_INT)
pin_state: Final = _table("pin_state", staff_id=_TEXT, failures=_INT, locked_until_ms=_INT)
master: Final = _table("master", kind=_TEXT, key=_TEXT, change=_INT, body=_BLOB, seq=_INT)
sync_state: Final = _table("sync_state", id=_INT, enrolment=_BLOB, accepted_seq=_INT, kept=_BLOB)
