-- What goes on after the hand-over. `seq` counts from 1 in each conversation, and
-- `body` is the JSON that readers get. Rows are only added, so that the rowid tells
-- every process on this database what is new.
CREATE TABLE events (
    handoff INTEGER NOT NULL REFERENCES handoffs (seq),
    seq     INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    author  TEXT NOT NULL,
    body    TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (handoff, seq)
) STRICT;

-- What was posted under which id, so that a repeat is known. `at` is in Unix
-- milliseconds: it also tells how fast somebody posts.
CREATE TABLE posts (
    handoff INTEGER NOT NULL REFERENCES handoffs (seq),
    id      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    seq     INTEGER,
    at      INTEGER NOT NULL,
    PRIMARY KEY (handoff, id)
) STRICT;
CREATE INDEX posts_by_time ON posts (handoff, kind, at);

-- Files of messages; the bytes are in the evidence folder under their hash.
CREATE TABLE message_files (
    handoff    INTEGER NOT NULL REFERENCES handoffs (seq),
    sha256     TEXT NOT NULL,
    media_type TEXT NOT NULL,
    PRIMARY KEY (handoff, sha256)
) STRICT;

-- How satisfied customers were; the last of a handoff counts.
CREATE TABLE ratings (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    handoff  INTEGER NOT NULL REFERENCES handoffs (seq),
    score    INTEGER NOT NULL,
    repeated INTEGER,
    comment  TEXT,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX ratings_of_handoff ON ratings (handoff);

-- Where a conversation stands: its state, what each side has seen, since when the
-- customer waits for an answer (null once there is one), and how many seconds the
-- first answer took.
ALTER TABLE handoffs ADD COLUMN status TEXT NOT NULL DEFAULT 'received';
ALTER TABLE handoffs ADD COLUMN customer_seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handoffs ADD COLUMN team_seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handoffs ADD COLUMN waiting_since TEXT;
ALTER TABLE handoffs ADD COLUMN answered_after INTEGER;
UPDATE handoffs SET waiting_since = received_at;
CREATE INDEX handoffs_in_queue ON handoffs (queue, status);

-- A handoff without its packet, which may be megabytes.
CREATE VIEW conversations AS
    SELECT seq, id, conversation_token, received_at, status, queue, customer_seen,
        waiting_since
    FROM handoffs;

-- The name under which an agent answers.
ALTER TABLE sessions ADD COLUMN name TEXT;
