-- The first shape of head office's database. A released migration is never edited.
-- Times are milliseconds since 1970, amounts whole numbers. `bucket` is the first byte of a member's id: everything
-- that one member's books need lies in one bucket, so that the same tables can be spread over several servers by it.
-- `position` is the feed's: given under an advisory lock as the last step before COMMIT, so that no reader passes one
-- that is not there yet.

CREATE TABLE fact (
    key   text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE store (
    store            text PRIMARY KEY,
    name             text NOT NULL,
    facts            jsonb NOT NULL DEFAULT '{}',
    time_zone        text NOT NULL DEFAULT 'Asia/Shanghai',
    day_starts_hour  int  NOT NULL DEFAULT 4 CHECK (day_starts_hour BETWEEN 0 AND 23)
);

CREATE TABLE till (
    till        text PRIMARY KEY CHECK (till <> ''),
    number      int  NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 9999),
    store       text NOT NULL REFERENCES store,
    state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked', 'lost')),
    enrolled_ms bigint NOT NULL
);

-- A till's lives: a restore, a reinstall or a successor begins a new one, and ends those before.
CREATE TABLE life (
    till           text NOT NULL REFERENCES till,
    incarnation    int  NOT NULL CHECK (incarnation >= 1),
    public_key     bytea NOT NULL CHECK (length(public_key) = 32),
    fenced         text,                      -- why nothing more is taken of it; null while it goes on
    base_seq       bigint NOT NULL DEFAULT 0,
    base_hash      bytea NOT NULL CHECK (length(base_hash) = 32),
    accepted_seq   bigint NOT NULL,
    accepted_hash  bytea NOT NULL CHECK (length(accepted_hash) = 32),
    applied_seq    bigint NOT NULL,
    signature      bytea,                     -- the till's own, of accepted_hash
    seen_ms        bigint NOT NULL DEFAULT 0,
    clock_off_ms   bigint NOT NULL DEFAULT 0, -- till's clock minus ours
    waiting        int NOT NULL DEFAULT 0,    -- records the till said it had not sent
    software       text NOT NULL DEFAULT '',
    feed_position  bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (till, incarnation),
    CHECK (base_seq <= applied_seq AND applied_seq <= accepted_seq)
);

CREATE TABLE enrolment_code (
    code_id      text PRIMARY KEY,
    stretched    bytea NOT NULL,
    salt         bytea NOT NULL,
    store        text NOT NULL REFERENCES store,
    number       int,
    successor_of text REFERENCES till,
    expires_ms   bigint NOT NULL,
    tries        int NOT NULL DEFAULT 0,
    used_ms      bigint
);

-- Stage one: accepted. Raw bytes, never changed.
CREATE TABLE journal (
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL CHECK (seq > 0),
    payload     bytea NOT NULL,
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    accepted_ms bigint NOT NULL,
    PRIMARY KEY (till, incarnation, seq)
);
CREATE TABLE signed_head (  -- signatures that travelled: of the last record of each batch
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    signature   bytea NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (till, incarnation, seq)
);
CREATE TABLE person_sent (  -- personal data that came beside records; emptied when it was applied
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    body        bytea NOT NULL
);
CREATE INDEX person_sent_record ON person_sent (till, incarnation, seq);

-- Stage two: applied.
CREATE TABLE known_record (
    record_id   uuid PRIMARY KEY,
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    hash        bytea NOT NULL
);
CREATE TABLE set_aside (
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    record_id   uuid,
    kind        text NOT NULL DEFAULT '',
    state       text NOT NULL CHECK (state IN ('quarantined', 'held', 'waiting', 'dismissed')),
    reason      text NOT NULL,
    params      jsonb NOT NULL DEFAULT '{}',
    depends_on  uuid[] NOT NULL DEFAULT '{}',
    makes       uuid[] NOT NULL DEFAULT '{}',   -- its own id and those of its lots: what others may depend on
    is_ready    boolean NOT NULL DEFAULT false, -- to be tried again
    receipt_no  text NOT NULL DEFAULT '',
    decided_ms  bigint NOT NULL,
    PRIMARY KEY (till, incarnation, seq)
);
CREATE INDEX set_aside_makes ON set_aside USING gin (makes);
CREATE INDEX set_aside_depends ON set_aside USING gin (depends_on) WHERE state = 'held';
CREATE INDEX set_aside_ready ON set_aside (till, incarnation, seq) WHERE is_ready;
CREATE TABLE posting (
    bucket      smallint NOT NULL,
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    n           int NOT NULL,
    asset       text NOT NULL,
    account     text NOT NULL,
    amount      bigint NOT NULL CHECK (amount <> 0),
    member      uuid,
    lot         uuid,
    adjusting   boolean NOT NULL DEFAULT false  -- head office's own: what a till overdrew
);
CREATE INDEX posting_record ON posting (till, incarnation, seq);
CREATE INDEX posting_member ON posting (member) WHERE member IS NOT NULL;
CREATE TABLE document (  -- sales with what came back of them, for refunds anywhere
    sale_id     uuid PRIMARY KEY,
    receipt_no  text NOT NULL,
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL
);
CREATE TABLE refunded (
    sale_id     uuid NOT NULL,
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    PRIMARY KEY (sale_id, till, incarnation, seq)
);
CREATE TABLE account (  -- what a member has; the fold of the applied records
    member      uuid PRIMARY KEY,
    bucket      smallint NOT NULL,
    body        bytea NOT NULL,
    position    bigint NOT NULL
);
CREATE INDEX account_position ON account (position);

-- Personal data, apart from the books: erased on request while the books stay.
CREATE TABLE person (
    member      uuid PRIMARY KEY,
    phone       text NOT NULL DEFAULT '',
    body        bytea,
    joined_on   date,
    position    bigint NOT NULL
);
CREATE INDEX person_phone ON person (phone) WHERE phone <> '';
CREATE INDEX person_position ON person (position);
CREATE TABLE person_of_record (  -- whose data came beside a record
    till        text NOT NULL,
    incarnation int NOT NULL,
    seq         bigint NOT NULL,
    member      uuid NOT NULL,
    PRIMARY KEY (till, incarnation, seq, member)
);
CREATE TABLE merged (
    loser       uuid PRIMARY KEY,
    winner      uuid NOT NULL,
    position    bigint NOT NULL,
    merged_ms   bigint NOT NULL
);
CREATE INDEX merged_winner ON merged (winner);

-- Everything else that goes down: goods, programme, staff, keys, policy, items sold by code. Null: it is no more.
CREATE TABLE master (
    kind        text NOT NULL,
    key         text NOT NULL,
    body        bytea,
    position    bigint NOT NULL,
    changed_ms  bigint NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX master_position ON master (position);
CREATE SEQUENCE feed_position;

CREATE TABLE authorisation (
    authorisation_id uuid PRIMARY KEY,
    till        text NOT NULL,
    incarnation int NOT NULL,
    items       bytea NOT NULL,
    granted     boolean NOT NULL,
    answer      bytea NOT NULL,
    state       text NOT NULL CHECK (state IN ('held', 'settled', 'released', 'declined', 'advanced')),
    asked_ms    bigint NOT NULL,
    settled_seq bigint
);
CREATE TABLE hold (  -- what of a lot is held for a sale that is not applied yet
    account          uuid NOT NULL,
    bucket           smallint NOT NULL,
    authorisation_id uuid NOT NULL REFERENCES authorisation,
    asset            text NOT NULL,
    lot              uuid NOT NULL,
    amount           bigint NOT NULL CHECK (amount > 0),
    PRIMARY KEY (account, authorisation_id, lot)
);
CREATE INDEX hold_authorisation ON hold (authorisation_id);

CREATE TABLE attention (
    attention_id uuid PRIMARY KEY,
    code        text NOT NULL,
    params      jsonb NOT NULL DEFAULT '{}',
    till        text,
    store       text,
    member      uuid,
    seq         bigint NOT NULL DEFAULT 0,
    raised_ms   bigint NOT NULL,
    seen_ms     bigint
);
CREATE TABLE snapshot (
    position    bigint PRIMARY KEY,
    epoch       text NOT NULL,
    manifest    bytea NOT NULL,
    signature   bytea NOT NULL,
    made_ms     bigint NOT NULL
);
CREATE TABLE nonce (
    key_id      text NOT NULL,
    nonce       text NOT NULL,
    used_ms     bigint NOT NULL,
    PRIMARY KEY (key_id, nonce)
);
