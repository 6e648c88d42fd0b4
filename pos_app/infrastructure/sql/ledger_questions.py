"""The statements with which the ledger is asked."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import bindparam, func, literal_column, select

from pos_app.domain.ledger.journal import RecordKind
from pos_app.domain.member import ALL_POINTS, LIFE
from pos_app.infrastructure.sql.compiling import prepare
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


def _quoted(value: str) -> sa.ColumnElement[str]:
    """A constant in the text of a statement."""
    return literal_column(f"'{value}'")


_SALE: Final = _quoted(RecordKind.SALE)

META: Final = prepare(select(meta.c.value).where(meta.c.key == bindparam("key")), "key")
COUNTER: Final = prepare(select(counter.c.value).where(counter.c.name == bindparam("name")), "name")
HEAD: Final = prepare(select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(literal_column("1")))
RECORD: Final = prepare(
    select(journal.c.payload, journal.c.prev_hash, journal.c.hash, journal.c.signature).where(
        journal.c.seq == bindparam("seq")
    ),
    "seq",
)
RECORD_BY_ID: Final = prepare(
    select(journal.c.seq, journal.c.hash).where(journal.c.record_id == bindparam("record_id")), "record_id"
)
#: Without a choice of kinds.
PAYLOADS: Final = prepare(
    select(journal.c.seq, journal.c.payload)
    .where(journal.c.seq > bindparam("after"), journal.c.seq <= bindparam("through"))
    .order_by(journal.c.seq)
    .limit(bindparam("limit")),
    "after",
    "through",
    "limit",
)
#: What goes to head office of each record.
OUTGOING: Final = prepare(
    select(journal.c.seq, journal.c.payload, journal.c.hash, journal.c.signature, journal.c.kind, journal.c.member)
    .where(journal.c.seq > bindparam("after"), journal.c.seq <= bindparam("through"))
    .order_by(journal.c.seq),
    "after",
    "through",
)
_IMPORTED: Final = _quoted(RecordKind.MEMBERS_IMPORTED)
#: The records of an import follow one another: the last record before them, and the first one behind.
BEFORE_IMPORT: Final = prepare(
    select(func.max(journal.c.seq)).where(journal.c.seq < bindparam("seq"), journal.c.kind != _IMPORTED), "seq"
)
BEHIND_IMPORT: Final = prepare(
    select(func.min(journal.c.seq)).where(journal.c.seq > bindparam("seq"), journal.c.kind != _IMPORTED), "seq"
)
_WRITTEN_WITH: Final = (master.c.kind == bindparam("kind"), master.c.seq == bindparam("seq"))
MASTERS_WITH: Final = prepare(select(master.c.body).where(*_WRITTEN_WITH).order_by(master.c.change), "kind", "seq")
RECORD_HASH: Final = prepare(select(journal.c.hash).where(journal.c.seq == bindparam("seq")), "seq")
SYNC_STATE: Final = prepare(select(sync_state.c.enrolment, sync_state.c.accepted_seq, sync_state.c.kept))
ACCEPTED_SEQ: Final = prepare(select(sync_state.c.accepted_seq))
_SHIFT: Final = select(
    shift.c.shift_id,
    shift.c.number,
    shift.c.cashier,
    shift.c.opening_float,
    shift.c.business_date,
    shift.c.opened_ms,
    shift.c.opened_seq,
    shift.c.closed_seq,
)
CURRENT_SHIFT: Final = prepare(_SHIFT.where(shift.c.closed_seq.is_(None)))
LAST_SHIFT: Final = prepare(select(func.max(shift.c.number)))

_DOCUMENT: Final = select(
    document.c.receipt_key,
    document.c.kind,
    document.c.wall_ms,
    document.c.business_date,
    document.c.operator,
    document.c.amount_minor,
    document.c.member,
    document.c.original_receipt,
)
_LATEST: Final = document.c.seq.desc()
DOCUMENTS: Final = prepare(_DOCUMENT.order_by(_LATEST).limit(bindparam("limit")), "limit")
DOCUMENTS_OF_DAY: Final = prepare(
    _DOCUMENT.where(document.c.business_date == bindparam("day")).order_by(_LATEST).limit(bindparam("limit")),
    "day",
    "limit",
)
_ENDING: Final = _DOCUMENT.where(document.c.receipt_key >= bindparam("low"), document.c.receipt_key < bindparam("high"))
DOCUMENTS_ENDING: Final = prepare(_ENDING.order_by(_LATEST).limit(bindparam("limit")), "low", "high", "limit")
DOCUMENTS_OF_DAY_ENDING: Final = prepare(
    _ENDING.where(document.c.business_date == bindparam("day")).order_by(_LATEST).limit(bindparam("limit")),
    "low",
    "high",
    "day",
    "limit",
)
SALE_BY_RECEIPT: Final = prepare(
    select(journal.c.seq, journal.c.payload)
    .join_from(document, journal, journal.c.seq == document.c.seq)
    .where(document.c.receipt_key == bindparam("receipt_key"), document.c.kind == _SALE),
    "receipt_key",
)
DOCUMENT_SEQ: Final = prepare(
    select(document.c.seq).where(document.c.receipt_key == bindparam("receipt_key")), "receipt_key"
)
#: Of an item that is sold and did not come back: the sale it is in.
UNIT_SALE: Final = prepare(
    select(document.c.receipt_key, document.c.business_date, unit_code.c.line_no)
    .join_from(unit_code, document, document.c.seq == unit_code.c.seq)
    .where(unit_code.c.code_hash == bindparam("code_hash")),
    "code_hash",
)
REFUNDS_OF: Final = prepare(
    select(journal.c.payload)
    .join_from(document, journal, journal.c.seq == document.c.seq)
    .where(document.c.original_receipt == bindparam("receipt_no"), document.c.original_receipt != _quoted(""))
    .order_by(document.c.seq),
    "receipt_no",
)

_member_sums = (
    select(posting.c.asset, posting.c.account, posting.c.lot, func.sum(posting.c.amount).label("amount"))
    .where(posting.c.member == bindparam("member"), posting.c.seq > bindparam("after"))
    .group_by(posting.c.asset, posting.c.account, posting.c.lot)
    .having(func.sum(posting.c.amount) != literal_column("0"))
    .subquery()
)
#: One pass over one covering index; only what is left over meets the lots.
MEMBER_SUMS: Final = prepare(
    select(
        _member_sums.c.asset,
        _member_sums.c.account,
        _member_sums.c.lot,
        _member_sums.c.amount,
        lot.c.earned_on,
        lot.c.expires_on,
        lot.c.source,
        lot.c.code,
    ).select_from(_member_sums.outerjoin(lot, lot.c.lot_id == _member_sums.c.lot)),
    "member",
    "after",
)
_ZERO: Final[sa.ColumnElement[Any]] = literal_column("0")
#: The rule is ``own_days`` of the domain: a day is a visit while something bought on it was kept.
_kept_day = sa.case((sa.and_(document.c.kind == _SALE, document.c.kept_milli > _ZERO), document.c.counts_on))
_signed = sa.case((document.c.kind == _SALE, document.c.spend_minor), else_=-document.c.spend_minor)
_in_period = document.c.counts_on >= bindparam("since")
MEMBER_PROGRESS: Final = prepare(
    select(
        func.count(),
        func.coalesce(func.sum(sa.case((_in_period, _signed), else_=_ZERO)), _ZERO),
        func.count(sa.distinct(sa.case((_in_period, _kept_day)))),
        func.max(_kept_day),
    ).where(document.c.member == bindparam("member"), document.c.seq > bindparam("after")),
    "since",
    "since",
    "member",
    "after",
)
#: The same by day.
MEMBER_DAYS: Final = prepare(
    select(document.c.counts_on, func.sum(_signed), func.count(sa.distinct(_kept_day)))
    .where(document.c.member == bindparam("member"), document.c.seq > bindparam("after"), _in_period)
    .group_by(document.c.counts_on),
    "member",
    "after",
    "since",
)
_points_earned = (
    usage.c.member == bindparam("member"),
    usage.c.day >= bindparam("since"),
    usage.c.what == _quoted(ALL_POINTS),
    usage.c.seq > bindparam("after"),
)
MEMBER_POINTS: Final = prepare(
    select(func.coalesce(func.sum(usage.c.amount), _ZERO)).where(*_points_earned), "member", "since", "after"
)
MEMBER_POINT_DAYS: Final = prepare(
    select(usage.c.day, func.sum(usage.c.amount))
    .where(*_points_earned)
    .group_by(usage.c.day)
    .having(func.sum(usage.c.amount) != _ZERO),
    "member",
    "since",
    "after",
)
MEMBER_USAGE: Final = prepare(
    select(usage.c.what, usage.c.day, func.sum(usage.c.amount))
    .where(
        usage.c.member == bindparam("member"),
        sa.or_(usage.c.day >= bindparam("since"), usage.c.what.between(_quoted(LIFE), _quoted(f"{LIFE}\uffff"))),
        usage.c.seq > bindparam("after"),
    )
    .group_by(usage.c.day, usage.c.what)
    .having(func.sum(usage.c.amount) != _ZERO),
    "member",
    "since",
    "after",
)
#: As ``GIVEN`` of the domain begins, and as the index of gifts says it.
_IS_GIFT: Final[sa.ColumnElement[bool]] = literal_column("what GLOB 'give:*'")
GIVEN_IN_SHOP: Final = prepare(
    select(func.sum(usage.c.amount)).where(
        usage.c.what == bindparam("what"),
        usage.c.day >= bindparam("since"),
        usage.c.seq > bindparam("after"),
        _IS_GIFT,
    ),
    "what",
    "since",
    "after",
)
KEPT_SALES: Final = prepare(
    select(func.count()).where(
        document.c.member == bindparam("member"),
        document.c.kind == _SALE,
        document.c.counts_on == bindparam("day"),
        document.c.kept_milli > _ZERO,
    ),
    "member",
    "day",
)
_recent = (
    select(document.c.seq)
    .where(document.c.member == bindparam("member"), document.c.kind == _SALE, document.c.kept_milli > _ZERO)
    .order_by(document.c.seq.desc())
    .limit(bindparam("sales"))
    .subquery()
)
_times = func.count()
FAVOURITES: Final = prepare(
    select(document_line.c.product_id, func.max(document_line.c.name), _times)
    .select_from(_recent.join(document_line, document_line.c.seq == _recent.c.seq))
    .group_by(document_line.c.product_id)
    .order_by(_times.desc(), func.max(document_line.c.seq).desc())
    .limit(bindparam("limit")),
    "member",
    "sales",
    "limit",
)

ACCOUNT_SUM: Final = prepare(
    select(func.coalesce(func.sum(posting.c.amount), literal_column("0"))).where(
        posting.c.seq > bindparam("after"),
        posting.c.seq <= bindparam("through"),
        posting.c.account == bindparam("account"),
        posting.c.asset == bindparam("asset"),
    ),
    "after",
    "through",
    "account",
    "asset",
)
LAST_CLOSING: Final = prepare(select(func.max(closing.c.seq)).where(closing.c.seq <= bindparam("through")), "through")
#: The last closing's sum at or before a record.
ACCOUNT_TOTAL: Final = prepare(
    select(account_total.c.seq, account_total.c.amount)
    .where(
        account_total.c.account == bindparam("account"),
        account_total.c.asset == bindparam("asset"),
        account_total.c.seq <= bindparam("through"),
    )
    .order_by(account_total.c.seq.desc())
    .limit(literal_column("1")),
    "account",
    "asset",
    "through",
)
LAST_OF_KIND: Final = prepare(
    select(journal.c.payload)
    .where(journal.c.kind == bindparam("kind"))
    .order_by(journal.c.seq.desc())
    .limit(literal_column("1")),
    "kind",
)
COUNT_OF_KIND: Final = prepare(
    select(func.count()).select_from(journal).where(journal.c.kind == bindparam("kind")), "kind"
)
_JOB_COLUMNS: Final = (
    print_job.c.job_id,
    print_job.c.kind,
    print_job.c.seq,
    print_job.c.copy,
    print_job.c.opens_drawer,
    print_job.c.state,
    print_job.c.reason,
    print_job.c.created_ms,
    print_job.c.training,
    print_job.c.target,
    print_job.c.lines,
)
OPEN_JOBS: Final = prepare(
    select(*_JOB_COLUMNS)
    .where(print_job.c.state.in_([_quoted(state) for state in ("queued", "sending", "failed")]))
    .order_by(print_job.c.id)
)
COPIES: Final = prepare(
    select(func.count())
    .select_from(print_job)
    .where(print_job.c.seq == bindparam("seq"), print_job.c.target == bindparam("target")),
    "seq",
    "target",
)
HELD: Final = prepare(
    select(
        held_sale.c.hold_id, held_sale.c.basket, held_sale.c.created_ms, held_sale.c.operator, held_sale.c.label
    ).order_by(held_sale.c.created_ms, held_sale.c.hold_id)
)
DRAFT: Final = prepare(select(draft.c.basket))
PIN_STATE: Final = prepare(
    select(pin_state.c.failures, pin_state.c.locked_until_ms).where(pin_state.c.staff_id == bindparam("staff_id")),
    "staff_id",
)
MASTER: Final = prepare(
    select(master.c.body).where(master.c.kind == bindparam("kind"), master.c.key == bindparam("key")), "kind", "key"
)
MASTER_SEQ: Final = prepare(
    select(master.c.seq).where(master.c.kind == bindparam("kind"), master.c.key == bindparam("key")), "kind", "key"
)
MASTER_SINCE: Final = prepare(
    select(master.c.kind, master.c.key, master.c.change, master.c.body, master.c.seq)
    .where(master.c.change > bindparam("after"))
    .order_by(master.c.change)
    .limit(bindparam("limit")),
    "after",
    "limit",
)
MASTER_COUNT: Final = prepare(
    select(func.count()).select_from(master).where(master.c.change > bindparam("after")), "after"
)
EXPIRED_LOTS: Final = prepare(
    select(lot.c.lot_id, lot.c.member, lot.c.available, lot.c.pending, lot.c.earned_on, lot.c.expires_on)
    .where(
        lot.c.available > literal_column("0"),
        lot.c.expires_on.is_not(None),
        lot.c.made_here == literal_column("1"),
        lot.c.asset == _quoted("points"),
        lot.c.expires_on < bindparam("today"),
    )
    .order_by(lot.c.expires_on, lot.c.lot_id)
    .limit(bindparam("limit")),
    "today",
    "limit",
)
EXPIRED_HOLDINGS: Final = prepare(
    select(
        lot.c.lot_id,
        lot.c.member,
        lot.c.asset,
        lot.c.available,
        lot.c.source,
        lot.c.earned_on,
        lot.c.expires_on,
        lot.c.code,
    )
    .where(
        lot.c.available > literal_column("0"),
        lot.c.expires_on.is_not(None),
        lot.c.made_here == literal_column("1"),
        lot.c.asset != _quoted("points"),
        lot.c.expires_on < bindparam("today"),
    )
    .order_by(lot.c.expires_on, lot.c.lot_id)
    .limit(bindparam("limit")),
    "today",
    "limit",
)
#: Whose coupon a printed code is, and what is left of it.
COUPON_LOT: Final = prepare(
    select(lot.c.lot_id, lot.c.member, lot.c.source, lot.c.earned_on, lot.c.expires_on, lot.c.available).where(
        lot.c.code == bindparam("code"), lot.c.code != _quoted(""), lot.c.asset == _quoted("coupon")
    ),
    "code",
)
#: The last sale that used a lot; by the account, which an index covers.
LOT_USED_ON: Final = prepare(
    select(document.c.receipt_key)
    .join_from(posting, document, document.c.seq == posting.c.seq)
    .where(
        posting.c.member == bindparam("member"),
        posting.c.lot == bindparam("lot_id"),
        posting.c.amount < literal_column("0"),
        document.c.kind == _SALE,
    )
    .order_by(posting.c.seq.desc())
    .limit(literal_column("1")),
    "member",
    "lot_id",
)
LOT_EXPIRED: Final = prepare(select(lot.c.expired).where(lot.c.lot_id == bindparam("lot_id")), "lot_id")
