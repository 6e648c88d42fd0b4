"""The statements that write the ledger."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.infrastructure.sql.compiling import Compiled, insert_all, prepare, put
from pos_app.infrastructure.sql.ledger_tables import (
    account_total,
    closing,
    counter,
    document,
    document_line,
    draft,
    held_sale,
    journal,
    lot,
    master,
    meta,
    pin_state,
    posting,
    print_job,
    shift,
    sync_state,
    unit_code,
    usage,
)

INSERT_POSTING: Final = insert_all(posting)
INSERT_DOCUMENT: Final = insert_all(document)
INSERT_LINE: Final = insert_all(document_line)
INSERT_LOT: Final = insert_all(lot)
REMEMBER_LOT: Final = prepare(
    upsert(lot).on_conflict_do_nothing(index_elements=["lot_id"]), *(column.name for column in lot.columns)
)
INSERT_USAGE: Final = insert_all(usage)
INSERT_UNIT: Final = insert_all(unit_code)
RELEASE_UNIT: Final = prepare(sa.delete(unit_code).where(unit_code.c.code_hash == bindparam("which")), "which")
INSERT_CLOSING: Final = insert_all(closing)
DAY_OF_SALE: Final = prepare(
    select(document.c.business_date).where(document.c.receipt_key == bindparam("receipt_key")), "receipt_key"
)
CAME_BACK: Final = prepare(
    sa.update(document)
    .where(document.c.receipt_key == bindparam("receipt_key_of_sale"))
    .values(kept_milli=document.c.kept_milli - bindparam("milli")),
    "milli",
    "receipt_key_of_sale",
)


def _move(column: sa.Column[Any]) -> Compiled:
    return prepare(
        sa.update(lot).where(lot.c.lot_id == bindparam("which")).values({column: column + bindparam("by")}),
        "by",
        "which",
    )


MOVE_AVAILABLE: Final = _move(lot.c.available)
MOVE_PENDING: Final = _move(lot.c.pending)
MOVE_EXPIRED: Final = _move(lot.c.expired)
_previous_total = sa.select(func.max(account_total.c.seq)).scalar_subquery()
#: Totals at a closing: those of the last one, and the postings since.
_earlier = select(account_total.c.account, account_total.c.asset, account_total.c.amount).where(
    account_total.c.seq == _previous_total
)
_since = select(posting.c.account, posting.c.asset, posting.c.amount).where(
    posting.c.seq > func.coalesce(_previous_total, literal_column("0")),
    sa.not_(posting.c.account.startswith(literal_column("'member:'"))),
)
_both = sa.union_all(_earlier, _since).subquery()
INSERT_TOTALS: Final = prepare(
    sa.insert(account_total).from_select(
        ["account", "asset", "seq", "amount"],
        select(_both.c.account, _both.c.asset, bindparam("seq", type_=sa.Integer), func.sum(_both.c.amount)).group_by(
            _both.c.account, _both.c.asset
        ),
    ),
    "seq",
)
INSERT_RECORD: Final = insert_all(journal)
INSERT_JOB: Final = prepare(
    sa.insert(print_job).values({c.name: bindparam(c.name) for c in print_job.columns if c.name != "id"}),
    *(column.name for column in print_job.columns if column.name != "id"),
)
SET_JOB: Final = prepare(
    sa.update(print_job)
    .where(print_job.c.job_id == bindparam("which"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason")),
    "new_state",
    "new_reason",
    "which",
)
PUT_SHIFT: Final = put(shift, ["number"])
CLOSE_SHIFT: Final = prepare(
    sa.update(shift).where(shift.c.number == bindparam("which")).values(closed_seq=bindparam("closed_by")),
    "closed_by",
    "which",
)
PUT_META: Final = put(meta, ["key"])
PUT_PIN_STATE: Final = put(pin_state, ["staff_id"])
PUT_DRAFT: Final = put(draft, ["id"])
PUT_MASTER: Final = put(master, ["kind", "key"])
JOIN: Final = put(sync_state, ["id"])
KEEP_SYNC: Final = prepare(
    sa.update(sync_state).values(accepted_seq=bindparam("through"), kept=bindparam("what")), "through", "what"
)
#: A record that is written after the data it speaks of, in one transaction.
RAISE_MASTER: Final = prepare(
    sa.update(master).where(master.c.change >= bindparam("first_change")).values(seq=bindparam("new_seq")),
    "new_seq",
    "first_change",
)
DROP_MASTER: Final = prepare(
    sa.delete(master).where(
        master.c.kind == bindparam("which_kind"),
        master.c.key == bindparam("which_key"),
        master.c.seq <= bindparam("through"),
    ),
    "which_kind",
    "which_key",
    "through",
)
CLEAR_DRAFT: Final = prepare(sa.delete(draft))
HOLD: Final = insert_all(held_sale)
TAKE_HELD: Final = prepare(
    sa.delete(held_sale)
    .where(held_sale.c.hold_id == bindparam("which"))
    .returning(held_sale.c.basket, held_sale.c.created_ms, held_sale.c.operator, held_sale.c.label),
    "which",
)
_raise = upsert(counter).values(name=bindparam("name"), value=bindparam("least"))
#: A counter that has reached at least this.
RAISE_COUNTER: Final = prepare(
    _raise.on_conflict_do_update(
        index_elements=["name"], set_={"value": func.max(counter.c.value, _raise.excluded.value)}
    ),
    "name",
    "least",
)
_add = upsert(counter).values(name=bindparam("name"), value=bindparam("by"))
#: Add to a counter that need not exist yet, and say what it then is.
COUNT: Final = prepare(
    _add.on_conflict_do_update(
        index_elements=["name"], set_={"value": counter.c.value + literal_column("excluded.value")}
    ).returning(counter.c.value),
    "name",
    "by",
)
