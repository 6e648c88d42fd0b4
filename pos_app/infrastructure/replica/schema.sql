-- The shape of replica.db. The file can be made again at any time, so there are no migrations: another VERSION in
-- schema.py means another file. Indexes stand after the mark; a bulk load makes them last.

CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- A narrow row: id, what is searched, and the rest as a compact blob (see members.py). told: own records up to this one
-- are in what head office said last of the member; NULL where it never did. A member that head office erased leaves a
-- row with nothing in it but that.
CREATE TABLE member (
    id        INTEGER NOT NULL PRIMARY KEY,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16),
    phone     TEXT NOT NULL,
    name      TEXT NOT NULL,
    given     TEXT NOT NULL,
    initials  TEXT NOT NULL,
    rest      BLOB NOT NULL,
    told      INTEGER CHECK (told >= 0)
) STRICT;

-- What head office said of a member while this till's own data was newer than that: it counts as soon as head office
-- contains the record of it.
CREATE TABLE told_member (
    member_id BLOB NOT NULL PRIMARY KEY CHECK (length(member_id) = 16),
    told      INTEGER NOT NULL CHECK (told >= 0),
    body      BLOB
) STRICT, WITHOUT ROWID;

-- Members who turned out to be one: chains are followed when rows come in, so that each leads to the end at once.
CREATE TABLE alias (
    loser  BLOB NOT NULL PRIMARY KEY CHECK (length(loser) = 16),
    winner BLOB NOT NULL CHECK (length(winner) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_winner ON alias (winner);

CREATE TABLE card (number TEXT NOT NULL PRIMARY KEY, member INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Cards of a load, until all are there.
CREATE TABLE loaded_card (number TEXT NOT NULL, member INTEGER NOT NULL) STRICT;

-- What head office said, as it said it: read when somebody asks, for a snapshot has millions. contains_seq: own records
-- up to this one are in it.
CREATE TABLE member_account (
    id           INTEGER NOT NULL PRIMARY KEY,
    member_id    BLOB NOT NULL CHECK (length(member_id) = 16),
    contains_seq INTEGER NOT NULL CHECK (contains_seq >= 0),
    as_of_ms     INTEGER,
    body         BLOB NOT NULL
) STRICT;

-- search: name, pinyin initials, item number and brand in lower case, separated, for one instr().
CREATE TABLE product (
    product_id  TEXT NOT NULL PRIMARY KEY,
    category_id TEXT NOT NULL,
    name        TEXT NOT NULL,
    search      TEXT NOT NULL,
    is_active   INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    body        BLOB NOT NULL
) STRICT;
CREATE INDEX product_category ON product (category_id, name) WHERE is_active = 1;
CREATE TABLE product_code (code TEXT NOT NULL PRIMARY KEY, product_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX product_code_product ON product_code (product_id);

CREATE TABLE category (category_id TEXT NOT NULL PRIMARY KEY, place INTEGER NOT NULL, body BLOB NOT NULL) STRICT;

CREATE TABLE programme (
    version        INTEGER NOT NULL PRIMARY KEY,
    effective_from INTEGER NOT NULL,
    effective_to   INTEGER,
    body           BLOB NOT NULL
) STRICT;

CREATE TABLE staff (staff_id TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL) STRICT;

CREATE TABLE till_key (key_id TEXT NOT NULL PRIMARY KEY, public_key BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Items with a code of their own that other tills have sold.
CREATE TABLE unit_sold (
    code_hash  BLOB NOT NULL PRIMARY KEY CHECK (length(code_hash) = 32),
    till       TEXT NOT NULL,
    receipt_no TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How much all members together had of a gift in a month, with own records up to told.
CREATE TABLE shop_given (
    what   TEXT NOT NULL,
    month  TEXT NOT NULL,
    amount INTEGER NOT NULL,
    told   INTEGER NOT NULL CHECK (told >= 0),
    PRIMARY KEY (what, month)
) STRICT, WITHOUT ROWID;

-- indexes --
CREATE UNIQUE INDEX member_by_id ON member (member_id);
CREATE UNIQUE INDEX account_by_id ON member_account (member_id);
CREATE INDEX member_phone ON member (phone) WHERE phone <> '';
CREATE INDEX member_last_four ON member (substr(phone, -4)) WHERE phone <> '';
CREATE INDEX member_name ON member (name) WHERE name <> '';
CREATE INDEX member_given ON member (given) WHERE given <> '';
CREATE INDEX member_initials ON member (initials) WHERE initials <> '';
