-- What people decided otherwise than Baton: the customer's corrections, which
-- arrive in the packet, and the agents', made here.
CREATE TABLE overrides (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    handoff INTEGER NOT NULL REFERENCES handoffs (seq),
    field   TEXT NOT NULL,
    was     TEXT NOT NULL,
    becomes TEXT NOT NULL,
    by      TEXT NOT NULL,
    at      TEXT NOT NULL,
    reason  TEXT
) STRICT;

CREATE INDEX overrides_of_handoff ON overrides (handoff);
