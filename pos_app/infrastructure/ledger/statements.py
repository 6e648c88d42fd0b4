"""Finished SQL. Made by ``python -m pos_app.infrastructure.sql`` from the modules there; never edited by hand."""

from __future__ import annotations

from typing import Final

from pos_app.infrastructure.databases import Prepared

META: Final = Prepared(
    """
    SELECT meta.value FROM meta WHERE meta."key" = ?
    """
)

COUNTER: Final = Prepared("SELECT counter.value FROM counter WHERE counter.name = ?")

HEAD: Final = Prepared("SELECT journal.seq, journal.hash FROM journal ORDER BY journal.seq DESC LIMIT 1 OFFSET ?", (0,))

RECORD: Final = Prepared(
    """
    SELECT journal.payload, journal.prev_hash, journal.hash, journal.signature FROM journal WHERE journal.seq = ?
    """
)

RECORD_BY_ID: Final = Prepared("SELECT journal.seq, journal.hash FROM journal WHERE journal.record_id = ?")

PAYLOADS: Final = Prepared(
    """
    SELECT journal.seq, journal.payload FROM journal WHERE journal.seq > ? AND journal.seq <= ? ORDER BY journal.seq
    LIMIT ? OFFSET ?
    """,
    (None, None, None, 0),
)

OUTGOING: Final = Prepared(
    """
    SELECT journal.seq, journal.payload, journal.hash, journal.signature, journal.kind, journal.member FROM journal
    WHERE journal.seq > ? AND journal.seq <= ? ORDER BY journal.seq
    """
)

BEFORE_IMPORT: Final = Prepared(
    """
    SELECT max(journal.seq) AS max_1 FROM journal WHERE journal.seq < ? AND journal.kind != 'member.imported'
    """
)

BEHIND_IMPORT: Final = Prepared(
    """
    SELECT min(journal.seq) AS min_1 FROM journal WHERE journal.seq > ? AND journal.kind != 'member.imported'
    """
)

MASTERS_WITH: Final = Prepared(
    """
    SELECT master.body FROM master WHERE master.kind = ? AND master.seq = ? ORDER BY master.change
    """
)

RECORD_HASH: Final = Prepared("SELECT journal.hash FROM journal WHERE journal.seq = ?")

SYNC_STATE: Final = Prepared("SELECT sync_state.enrolment, sync_state.accepted_seq, sync_state.kept FROM sync_state")

ACCEPTED_SEQ: Final = Prepared("SELECT sync_state.accepted_seq FROM sync_state")

CURRENT_SHIFT: Final = Prepared(
    """
    SELECT shift.shift_id, shift.number, shift.cashier, shift.opening_float, shift.business_date, shift.opened_ms,
    shift.opened_seq, shift.closed_seq FROM shift WHERE shift.closed_seq IS NULL
    """
)

LAST_SHIFT: Final = Prepared("SELECT max(shift.number) AS max_1 FROM shift")

DOCUMENTS: Final = Prepared(
    """
    SELECT document.receipt_key, document.kind, document.wall_ms, document.business_date, document.operator,
    document.amount_minor, document.member, document.original_receipt FROM document ORDER BY document.seq DESC LIMIT ?
    OFFSET ?
    """,
    (None, 0),
)

DOCUMENTS_OF_DAY: Final = Prepared(
    """
    SELECT document.receipt_key, document.kind, document.wall_ms, document.business_date, document.operator,
    document.amount_minor, document.member, document.original_receipt FROM document WHERE document.business_date = ?
    ORDER BY document.seq DESC LIMIT ? OFFSET ?
    """,
    (None, None, 0),
)

DOCUMENTS_ENDING: Final = Prepared(
    """
    SELECT document.receipt_key, document.kind, document.wall_ms, document.business_date, document.operator,
    document.amount_minor, document.member, document.original_receipt FROM document WHERE document.receipt_key >= ? AND
    document.receipt_key < ? ORDER BY document.seq DESC LIMIT ? OFFSET ?
    """,
    (None, None, None, 0),
)

DOCUMENTS_OF_DAY_ENDING: Final = Prepared(
    """
    SELECT document.receipt_key, document.kind, document.wall_ms, document.business_date, document.operator,
    document.amount_minor, document.member, document.original_receipt FROM document WHERE document.receipt_key >= ? AND
    document.receipt_key < ? AND document.business_date = ? ORDER BY document.seq DESC LIMIT ? OFFSET ?
    """,
    (None, None, None, None, 0),
)

SALE_BY_RECEIPT: Final = Prepared(
    """
    SELECT journal.seq, journal.payload FROM document JOIN journal ON journal.seq = document.seq WHERE
    document.receipt_key = ? AND document.kind = 'sale.completed'
    """
)

DOCUMENT_SEQ: Final = Prepared("SELECT document.seq FROM document WHERE document.receipt_key = ?")

UNIT_SALE: Final = Prepared(
    """
    SELECT document.receipt_key, document.business_date, unit_code.line_no FROM unit_code JOIN document ON document.seq
    = unit_code.seq WHERE unit_code.code_hash = ?
    """
)

REFUNDS_OF: Final = Prepared(
    """
    SELECT journal.payload FROM document JOIN journal ON journal.seq = document.seq WHERE document.original_receipt = ?
    AND document.original_receipt != '' ORDER BY document.seq
    """
)

MEMBER_SUMS: Final = Prepared(
    """
    SELECT anon_1.asset, anon_1.account, anon_1.lot, anon_1.amount, lot.earned_on, lot.expires_on, lot.source, lot.code
    FROM (SELECT posting.asset AS asset, posting.account AS account, posting.lot AS lot, sum(posting.amount) AS amount
    FROM posting WHERE posting.member = ? AND posting.seq > ? GROUP BY posting.asset, posting.account, posting.lot
    HAVING sum(posting.amount) != 0) AS anon_1 LEFT OUTER JOIN lot ON lot.lot_id = anon_1.lot
    """
)

MEMBER_PROGRESS: Final = Prepared(
    """
    SELECT count(*) AS count_1, coalesce(sum(CASE WHEN (document.counts_on >= ?) THEN CASE WHEN (document.kind =
    'sale.completed') THEN document.spend_minor ELSE -document.spend_minor END ELSE 0 END), 0) AS coalesce_1,
    count(DISTINCT CASE WHEN (document.counts_on >= ?) THEN CASE WHEN (document.kind = 'sale.completed' AND
    document.kept_milli > 0) THEN document.counts_on END END) AS count_2, max(CASE WHEN (document.kind =
    'sale.completed' AND document.kept_milli > 0) THEN document.counts_on END) AS max_1 FROM document WHERE
    document.member = ? AND document.seq > ?
    """
)

MEMBER_DAYS: Final = Prepared(
    """
    SELECT document.counts_on, sum(CASE WHEN (document.kind = 'sale.completed') THEN document.spend_minor ELSE
    -document.spend_minor END) AS sum_1, count(DISTINCT CASE WHEN (document.kind = 'sale.completed' AND
    document.kept_milli > 0) THEN document.counts_on END) AS count_1 FROM document WHERE document.member = ? AND
    document.seq > ? AND document.counts_on >= ? GROUP BY document.counts_on
    """
)

MEMBER_POINTS: Final = Prepared(
    """
    SELECT coalesce(sum(usage.amount), 0) AS coalesce_1 FROM usage WHERE usage.member = ? AND usage.day >= ? AND
    usage.what = 'points' AND usage.seq > ?
    """
)

MEMBER_POINT_DAYS: Final = Prepared(
    """
    SELECT usage.day, sum(usage.amount) AS sum_1 FROM usage WHERE usage.member = ? AND usage.day >= ? AND usage.what =
    'points' AND usage.seq > ? GROUP BY usage.day HAVING sum(usage.amount) != 0
    """
)

MEMBER_USAGE: Final = Prepared(
    """
    SELECT usage.what, usage.day, sum(usage.amount) AS sum_1 FROM usage WHERE usage.member = ? AND (usage.day >= ? OR
    usage.what BETWEEN 'life:' AND 'life:￿') AND usage.seq > ? GROUP BY usage.day, usage.what HAVING sum(usage.amount)
    != 0
    """
)

GIVEN_IN_SHOP: Final = Prepared(
    """
    SELECT sum(usage.amount) AS sum_1 FROM usage WHERE usage.what = ? AND usage.day >= ? AND usage.seq > ? AND what GLOB
    'give:*'
    """
)

KEPT_SALES: Final = Prepared(
    """
    SELECT count(*) AS count_1 FROM document WHERE document.member = ? AND document.kind = 'sale.completed' AND
    document.counts_on = ? AND document.kept_milli > 0
    """
)

FAVOURITES: Final = Prepared(
    """
    SELECT document_line.product_id, max(document_line.name) AS max_1, count(*) AS count_1 FROM (SELECT document.seq AS
    seq FROM document WHERE document.member = ? AND document.kind = 'sale.completed' AND document.kept_milli > 0 ORDER
    BY document.seq DESC LIMIT ? OFFSET ?) AS anon_1 JOIN document_line ON document_line.seq = anon_1.seq GROUP BY
    document_line.product_id ORDER BY count(*) DESC, max(document_line.seq) DESC LIMIT ? OFFSET ?
    """,
    (None, None, 0, None, 0),
)

ACCOUNT_SUM: Final = Prepared(
    """
    SELECT coalesce(sum(posting.amount), 0) AS coalesce_1 FROM posting WHERE posting.seq > ? AND posting.seq <= ? AND
    posting.account = ? AND posting.asset = ?
    """
)

LAST_CLOSING: Final = Prepared("SELECT max(closing.seq) AS max_1 FROM closing WHERE closing.seq <= ?")

ACCOUNT_TOTAL: Final = Prepared(
    """
    SELECT account_total.seq, account_total.amount FROM account_total WHERE account_total.account = ? AND
    account_total.asset = ? AND account_total.seq <= ? ORDER BY account_total.seq DESC LIMIT 1 OFFSET ?
    """,
    (None, None, None, 0),
)

LAST_OF_KIND: Final = Prepared(
    """
    SELECT journal.payload FROM journal WHERE journal.kind = ? ORDER BY journal.seq DESC LIMIT 1 OFFSET ?
    """,
    (None, 0),
)

COUNT_OF_KIND: Final = Prepared("SELECT count(*) AS count_1 FROM journal WHERE journal.kind = ?")

OPEN_JOBS: Final = Prepared(
    """
    SELECT print_job.job_id, print_job.kind, print_job.seq, print_job.copy, print_job.opens_drawer, print_job.state,
    print_job.reason, print_job.created_ms, print_job.training, print_job.target, print_job.lines FROM print_job WHERE
    print_job.state IN ('queued', 'sending', 'failed') ORDER BY print_job.id
    """
)

COPIES: Final = Prepared("SELECT count(*) AS count_1 FROM print_job WHERE print_job.seq = ? AND print_job.target = ?")

HELD: Final = Prepared(
    """
    SELECT held_sale.hold_id, held_sale.basket, held_sale.created_ms, held_sale.operator, held_sale.label FROM held_sale
    ORDER BY held_sale.created_ms, held_sale.hold_id
    """
)

DRAFT: Final = Prepared("SELECT draft.basket FROM draft")

PIN_STATE: Final = Prepared(
    """
    SELECT pin_state.failures, pin_state.locked_until_ms FROM pin_state WHERE pin_state.staff_id = ?
    """
)

MASTER: Final = Prepared(
    """
    SELECT master.body FROM master WHERE master.kind = ? AND master."key" = ?
    """
)

MASTER_SEQ: Final = Prepared(
    """
    SELECT master.seq FROM master WHERE master.kind = ? AND master."key" = ?
    """
)

MASTER_SINCE: Final = Prepared(
    """
    SELECT master.kind, master."key", master.change, master.body, master.seq FROM master WHERE master.change > ? ORDER
    BY master.change LIMIT ? OFFSET ?
    """,
    (None, None, 0),
)

MASTER_COUNT: Final = Prepared("SELECT count(*) AS count_1 FROM master WHERE master.change > ?")

EXPIRED_LOTS: Final = Prepared(
    """
    SELECT lot.lot_id, lot.member, lot.available, lot.pending, lot.earned_on, lot.expires_on FROM lot WHERE
    lot.available > 0 AND lot.expires_on IS NOT NULL AND lot.made_here = 1 AND lot.asset = 'points' AND lot.expires_on <
    ? ORDER BY lot.expires_on, lot.lot_id LIMIT ? OFFSET ?
    """,
    (None, None, 0),
)

EXPIRED_HOLDINGS: Final = Prepared(
    """
    SELECT lot.lot_id, lot.member, lot.asset, lot.available, lot.source, lot.earned_on, lot.expires_on, lot.code FROM
    lot WHERE lot.available > 0 AND lot.expires_on IS NOT NULL AND lot.made_here = 1 AND lot.asset != 'points' AND
    lot.expires_on < ? ORDER BY lot.expires_on, lot.lot_id LIMIT ? OFFSET ?
    """,
    (None, None, 0),
)

COUPON_LOT: Final = Prepared(
    """
    SELECT lot.lot_id, lot.member, lot.source, lot.earned_on, lot.expires_on, lot.available FROM lot WHERE lot.code = ?
    AND lot.code != '' AND lot.asset = 'coupon'
    """
)

LOT_USED_ON: Final = Prepared(
    """
    SELECT document.receipt_key FROM posting JOIN document ON document.seq = posting.seq WHERE posting.member = ? AND
    posting.lot = ? AND posting.amount < 0 AND document.kind = 'sale.completed' ORDER BY posting.seq DESC LIMIT 1 OFFSET
    ?
    """,
    (None, None, 0),
)

LOT_EXPIRED: Final = Prepared("SELECT lot.expired FROM lot WHERE lot.lot_id = ?")
