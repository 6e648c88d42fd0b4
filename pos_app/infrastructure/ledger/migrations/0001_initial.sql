-- The first shape of ledger.db. A released migration is never edited; what changes later is a migration of its own.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;

-- The journal: append-only, the only thing that syncs up. Columns beside payload repeat what it says, for questions.
CREATE TABLE journal (
    seq           INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    record_id     BLOB NOT NULL UNIQUE CHECK (length(record_id) = 16),
    kind          TEXT NOT NULL CHECK (kind <> ''),
    business_date INTEGER NOT NULL,
    wall_ms       INTEGER NOT NULL,
    operator      TEXT NOT NULL,
    member        BLOB CHECK (member IS NULL OR length(member) = 16),
    payload       BLOB NOT NULL,
    prev_hash     BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash          BLOB NOT NULL CHECK (length(hash) = 32),
    signature     BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX journal_kind ON journal (kind);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_chain BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
    OR NEW.prev_hash <> coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'journal record does not follow the last one'); END;

CREATE TABLE posting (
    seq     INTEGER NOT NULL REFERENCES journal (seq),
    n       INTEGER NOT NULL CHECK (n >= 0),
    asset   TEXT NOT NULL,
    account TEXT NOT NULL CHECK (account <> ''),
    amount  INTEGER NOT NULL CHECK (amount <> 0),
    member  BLOB CHECK (member IS NULL OR length(member) = 16),
    lot     BLOB CHECK (lot IS NULL OR length(lot) = 16),
    PRIMARY KEY (seq, n),
    CHECK ((substr(account, 1, 7) = 'member:') = (member IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_member ON posting (member, seq, account, lot, asset, amount) WHERE member IS NOT NULL;

CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'postings are append-only'); END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'postings are append-only'); END;

CREATE TABLE closing (
    z_number           INTEGER NOT NULL PRIMARY KEY CHECK (z_number > 0),
    seq                INTEGER NOT NULL UNIQUE REFERENCES journal (seq),
    business_date      INTEGER NOT NULL,
    perpetual_gross    INTEGER NOT NULL,
    perpetual_refunded INTEGER NOT NULL,
    perpetual_sales    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER closing_no_update BEFORE UPDATE ON closing
BEGIN SELECT RAISE(ABORT, 'closings are append-only'); END;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON closing
BEGIN SELECT RAISE(ABORT, 'closings are append-only'); END;
CREATE TRIGGER closing_number BEFORE INSERT ON closing
WHEN NEW.z_number <> (SELECT coalesce(max(z_number), 0) + 1 FROM closing)
BEGIN SELECT RAISE(ABORT, 'closings are numbered without gaps'); END;

-- Sums of the accounts up to each closing, so that a sum over years reads one row and one day.
CREATE TABLE account_total (
    account TEXT NOT NULL,
    asset   TEXT NOT NULL,
    seq     INTEGER NOT NULL REFERENCES journal (seq),
    amount  INTEGER NOT NULL,
    PRIMARY KEY (account, asset, seq)
) STRICT, WITHOUT ROWID;

-- Sales, refunds and voids. receipt_key is the receipt number reversed: one index answers "the whole number" and
-- "ends with these digits". counts_on is the day of the sale, for refunds too: what came back counts on it towards
-- tiers. kept_milli is what of a sale did not come back; 0 for refunds.
CREATE TABLE document (
    seq              INTEGER NOT NULL PRIMARY KEY REFERENCES journal (seq),
    receipt_key      TEXT NOT NULL UNIQUE,
    kind             TEXT NOT NULL,
    business_date    INTEGER NOT NULL,
    wall_ms          INTEGER NOT NULL,
    operator         TEXT NOT NULL,
    amount_minor     INTEGER NOT NULL,
    member           BLOB CHECK (member IS NULL OR length(member) = 16),
    original_receipt TEXT NOT NULL DEFAULT '',
    counts_on        INTEGER NOT NULL,
    kept_milli       INTEGER NOT NULL CHECK (kept_milli >= 0),
    tier_before      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX document_day ON document (business_date);
CREATE INDEX document_original ON document (original_receipt) WHERE original_receipt <> '';
CREATE INDEX document_member ON document (member, seq, kind, counts_on, kept_milli, amount_minor, tier_before)
    WHERE member IS NOT NULL;

CREATE TABLE document_line (
    seq          INTEGER NOT NULL REFERENCES document (seq),
    line_no      INTEGER NOT NULL,
    product_id   TEXT NOT NULL,
    name         TEXT NOT NULL,
    milli        INTEGER NOT NULL CHECK (milli > 0),
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (seq, line_no)
) STRICT, WITHOUT ROWID;

-- Lots that own records made, with balances that are the fold of their postings; and lots made elsewhere that own
-- refunds put points back into (made_here = 0: their balance here is only what happened since).
CREATE TABLE lot (
    lot_id     BLOB NOT NULL PRIMARY KEY CHECK (length(lot_id) = 16),
    member     BLOB NOT NULL CHECK (length(member) = 16),
    seq        INTEGER NOT NULL REFERENCES journal (seq),
    earned_on  INTEGER NOT NULL,
    expires_on INTEGER,
    made_here  INTEGER NOT NULL CHECK (made_here IN (0, 1)),
    available  INTEGER NOT NULL DEFAULT 0,
    pending    INTEGER NOT NULL DEFAULT 0,
    expired    INTEGER NOT NULL DEFAULT 0 CHECK (expired >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_expiring ON lot (expires_on, lot_id)
    WHERE available > 0 AND expires_on IS NOT NULL AND made_here = 1;

CREATE TABLE shift (
    number             INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    shift_id           BLOB NOT NULL UNIQUE CHECK (length(shift_id) = 16),
    cashier            TEXT NOT NULL,
    opening_float      INTEGER NOT NULL,
    business_date      INTEGER NOT NULL,
    opened_ms          INTEGER NOT NULL,
    opened_seq         INTEGER NOT NULL,
    closed_seq         INTEGER
) STRICT;
CREATE UNIQUE INDEX shift_open ON shift ((closed_seq IS NULL)) WHERE closed_seq IS NULL;

CREATE TABLE print_job (
    id           INTEGER NOT NULL PRIMARY KEY,
    job_id       BLOB NOT NULL UNIQUE CHECK (length(job_id) = 16),
    kind         TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    copy         INTEGER NOT NULL CHECK (copy >= 0),
    opens_drawer INTEGER NOT NULL CHECK (opens_drawer IN (0, 1)),
    state        TEXT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    created_ms   INTEGER NOT NULL,
    training     INTEGER NOT NULL DEFAULT 0 CHECK (training IN (0, 1))
) STRICT;
CREATE INDEX print_job_seq ON print_job (seq);
CREATE INDEX print_job_open ON print_job (id) WHERE state IN ('queued', 'sending', 'sent', 'failed');

CREATE TABLE held_sale (
    hold_id    BLOB NOT NULL PRIMARY KEY CHECK (length(hold_id) = 16),
    basket     BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    operator   TEXT NOT NULL,
    label      TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE draft (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    basket BLOB NOT NULL
) STRICT;

CREATE TABLE pin_state (
    staff_id        TEXT NOT NULL PRIMARY KEY,
    failures        INTEGER NOT NULL CHECK (failures >= 0),
    locked_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Master data kept at this till while no head office does; the replica follows it by `change`.
CREATE TABLE master (
    kind   TEXT NOT NULL,
    key    TEXT NOT NULL,
    change INTEGER NOT NULL UNIQUE,
    body   BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT;
