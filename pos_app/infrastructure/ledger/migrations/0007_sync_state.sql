-- Where the till stands with its head office: one row, from the day it joined. enrolment and kept are JSON.
CREATE TABLE sync_state (
    id           INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    enrolment    BLOB NOT NULL,
    accepted_seq INTEGER NOT NULL CHECK (accepted_seq >= 0),
    kept         BLOB NOT NULL
) STRICT;
