-- Items sold by a code of their own and not given back: the key is what forbids selling one twice. Only a hash of the
-- code's normal form, the same at every till, and who sold it: rows of other tills fit in beside this one's.
CREATE TABLE unit_code (
    code_hash BLOB NOT NULL PRIMARY KEY CHECK (length(code_hash) = 32),
    till      TEXT NOT NULL CHECK (till <> ''),
    seq       INTEGER NOT NULL CHECK (seq > 0),
    line_no   INTEGER NOT NULL,
    UNIQUE (till, seq, line_no)
) STRICT, WITHOUT ROWID;
