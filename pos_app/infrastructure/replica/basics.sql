-- The shape of basics.db: what head office said last of everything but members, as it said it. Another VERSION in
-- basics.py means another file. told: own records up to this one are in it. snapshot: the whole that the row came with
-- last. An empty body: it is no more, which is worth knowing where the till has own data of the same.

CREATE TABLE basic (
    place    INTEGER NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL,
    key      TEXT NOT NULL,
    told     INTEGER NOT NULL CHECK (told >= 0),
    as_of_ms INTEGER NOT NULL,
    snapshot TEXT NOT NULL,
    body     BLOB NOT NULL,
    UNIQUE (kind, key)
) STRICT;
