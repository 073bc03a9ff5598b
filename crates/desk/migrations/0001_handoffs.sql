-- One row per packet. `packet` holds the received bytes exactly; the other
-- columns repeat what the inbox lists, so that it reads no packets.
CREATE TABLE handoffs (
    seq                INTEGER PRIMARY KEY AUTOINCREMENT,
    id                 TEXT NOT NULL UNIQUE,
    received_at        TEXT NOT NULL,
    conversation_token TEXT NOT NULL,
    packet             BLOB NOT NULL,
    created_at         TEXT NOT NULL,
    title              TEXT NOT NULL,
    customer           TEXT,
    plan               TEXT,
    intent             TEXT NOT NULL,
    urgency            TEXT NOT NULL,
    customer_state     TEXT NOT NULL,
    priority           TEXT NOT NULL,
    queue              TEXT NOT NULL,
    rule               TEXT NOT NULL,
    reason             TEXT NOT NULL,
    errors             INTEGER NOT NULL,
    failed_requests    INTEGER NOT NULL,
    screenshots        INTEGER NOT NULL
) STRICT;

-- The manifest. `stored` turns 1 when this handoff's own delivery brought the
-- bytes: a file that another handoff brought does not count, or the receipt
-- would tell strangers which files the desk has.
CREATE TABLE attachments (
    handoff    INTEGER NOT NULL REFERENCES handoffs (seq),
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    stored     INTEGER NOT NULL,
    PRIMARY KEY (handoff, name)
) STRICT;

-- Signed-in agents. `key` is a hash of the cookie and the desk's token, so that
-- a copy of this table opens nothing and a new token ends every session.
CREATE TABLE sessions (
    key     TEXT PRIMARY KEY,
    expires INTEGER NOT NULL
) STRICT;
