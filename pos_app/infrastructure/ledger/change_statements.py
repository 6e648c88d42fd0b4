"""Finished SQL. Made by ``python -m pos_app.infrastructure.sql`` from the modules there; never edited by hand."""

from __future__ import annotations

from typing import Final

from pos_app.infrastructure.databases import Prepared

INSERT_POSTING: Final = Prepared(
    """
    INSERT INTO posting (seq, n, asset, account, amount, member, lot) VALUES (?, ?, ?, ?, ?, ?, ?)
    """
)

INSERT_DOCUMENT: Final = Prepared(
    """
    INSERT INTO document (seq, receipt_key, kind, business_date, wall_ms, operator, amount_minor, member,
    original_receipt, counts_on, kept_milli, spend_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
)

INSERT_LINE: Final = Prepared(
    """
    INSERT INTO document_line (seq, line_no, product_id, name, milli, amount_minor) VALUES (?, ?, ?, ?, ?, ?)
    """
)

INSERT_LOT: Final = Prepared(
    """
    INSERT INTO lot (lot_id, member, seq, earned_on, expires_on, made_here, available, pending, expired, asset, source,
    code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
)

REMEMBER_LOT: Final = Prepared(
    """
    INSERT INTO lot (lot_id, member, seq, earned_on, expires_on, made_here, available, pending, expired, asset, source,
    code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (lot_id) DO NOTHING
    """
)

INSERT_USAGE: Final = Prepared("INSERT INTO usage (member, day, what, seq, amount) VALUES (?, ?, ?, ?, ?)")

INSERT_UNIT: Final = Prepared("INSERT INTO unit_code (code_hash, till, seq, line_no) VALUES (?, ?, ?, ?)")

RELEASE_UNIT: Final = Prepared("DELETE FROM unit_code WHERE unit_code.code_hash = ?")

INSERT_CLOSING: Final = Prepared(
    """
    INSERT INTO closing (z_number, seq, business_date, perpetual_gross, perpetual_refunded, perpetual_sales) VALUES (?,
    ?, ?, ?, ?, ?)
    """
)

DAY_OF_SALE: Final = Prepared("SELECT document.business_date FROM document WHERE document.receipt_key = ?")

CAME_BACK: Final = Prepared("UPDATE document SET kept_milli=(document.kept_milli - ?) WHERE document.receipt_key = ?")

MOVE_AVAILABLE: Final = Prepared("UPDATE lot SET available=(lot.available + ?) WHERE lot.lot_id = ?")

MOVE_PENDING: Final = Prepared("UPDATE lot SET pending=(lot.pending + ?) WHERE lot.lot_id = ?")

MOVE_EXPIRED: Final = Prepared("UPDATE lot SET expired=(lot.expired + ?) WHERE lot.lot_id = ?")

INSERT_TOTALS: Final = Prepared(
    """
    INSERT INTO account_total (account, asset, seq, amount) SELECT anon_1.account, anon_1.asset, ? AS anon_2,
    sum(anon_1.amount) AS sum_1 FROM (SELECT account_total.account AS account, account_total.asset AS asset,
    account_total.amount AS amount FROM account_total WHERE account_total.seq = (SELECT max(account_total.seq) AS max_1
    FROM account_total) UNION ALL SELECT posting.account AS account, posting.asset AS asset, posting.amount AS amount
    FROM posting WHERE posting.seq > coalesce((SELECT max(account_total.seq) AS max_1 FROM account_total), 0) AND
    (posting.account NOT LIKE 'member:' || '%')) AS anon_1 GROUP BY anon_1.account, anon_1.asset
    """
)

INSERT_RECORD: Final = Prepared(
    """
    INSERT INTO journal (seq, record_id, kind, business_date, wall_ms, operator, member, payload, prev_hash, hash,
    signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
)

INSERT_JOB: Final = Prepared(
    """
    INSERT INTO print_job (job_id, kind, seq, copy, opens_drawer, state, reason, created_ms, training, target, lines)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
)

SET_JOB: Final = Prepared("UPDATE print_job SET state=?, reason=? WHERE print_job.job_id = ?")

PUT_SHIFT: Final = Prepared(
    """
    INSERT INTO shift (number, shift_id, cashier, opening_float, business_date, opened_ms, opened_seq, closed_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET shift_id = excluded.shift_id, cashier =
    excluded.cashier, opening_float = excluded.opening_float, business_date = excluded.business_date, opened_ms =
    excluded.opened_ms, opened_seq = excluded.opened_seq, closed_seq = excluded.closed_seq
    """
)

CLOSE_SHIFT: Final = Prepared("UPDATE shift SET closed_seq=? WHERE shift.number = ?")

PUT_META: Final = Prepared(
    """
    INSERT INTO meta ("key", value) VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET value = excluded.value
    """
)

PUT_PIN_STATE: Final = Prepared(
    """
    INSERT INTO pin_state (staff_id, failures, locked_until_ms) VALUES (?, ?, ?) ON CONFLICT (staff_id) DO UPDATE SET
    failures = excluded.failures, locked_until_ms = excluded.locked_until_ms
    """
)

PUT_DRAFT: Final = Prepared(
    """
    INSERT INTO draft (id, basket) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET basket = excluded.basket
    """
)

PUT_MASTER: Final = Prepared(
    """
    INSERT INTO master (kind, "key", change, body, seq) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, "key") DO UPDATE SET
    change = excluded.change, body = excluded.body, seq = excluded.seq
    """
)

JOIN: Final = Prepared(
    """
    INSERT INTO sync_state (id, enrolment, accepted_seq, kept) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    enrolment = excluded.enrolment, accepted_seq = excluded.accepted_seq, kept = excluded.kept
    """
)

KEEP_SYNC: Final = Prepared("UPDATE sync_state SET accepted_seq=?, kept=?")

RAISE_MASTER: Final = Prepared("UPDATE master SET seq=? WHERE master.change >= ?")

DROP_MASTER: Final = Prepared(
    """
    DELETE FROM master WHERE master.kind = ? AND master."key" = ? AND master.seq <= ?
    """
)

CLEAR_DRAFT: Final = Prepared("DELETE FROM draft")

HOLD: Final = Prepared("INSERT INTO held_sale (hold_id, basket, created_ms, operator, label) VALUES (?, ?, ?, ?, ?)")

TAKE_HELD: Final = Prepared(
    """
    DELETE FROM held_sale WHERE held_sale.hold_id = ? RETURNING basket, created_ms, operator, label
    """
)

RAISE_COUNTER: Final = Prepared(
    """
    INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(counter.value,
    excluded.value)
    """
)

COUNT: Final = Prepared(
    """
    INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = (counter.value +
    excluded.value) RETURNING value
    """
)
