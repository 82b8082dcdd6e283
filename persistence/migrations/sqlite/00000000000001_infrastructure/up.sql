-- The event log: one row per change, in the change's own transaction.
-- seq is given after the commit by the sequencer: gapless, and never a database sequence, because
-- those show later commits before earlier ones.
CREATE TABLE events (
    id BLOB PRIMARY KEY,
    seq INTEGER,
    dossier_id BLOB,
    agency_id BLOB,
    person_id BLOB,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    at INTEGER NOT NULL,
    state TEXT,
    due_at INTEGER,
    channel TEXT,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    UNIQUE (dossier_id, version)
) STRICT;
-- Partial, so that nothing looks for events without a place in it: there may be many.
CREATE UNIQUE INDEX events_seq_key ON events (seq) WHERE seq IS NOT NULL;
CREATE INDEX events_unsequenced ON events (at, version, id) WHERE seq IS NULL;
CREATE INDEX events_agency_at ON events (agency_id, at);
CREATE INDEX events_person_agency ON events (person_id, agency_id);

-- One row: the last number given. Its lock makes sequencers in several processes take turns.
CREATE TABLE sequencer (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last_seq INTEGER NOT NULL CHECK (last_seq >= 0)
) STRICT;
INSERT INTO sequencer (id, last_seq) VALUES (1, 0);

-- Work that leaves the process, written by the change that asks for it.
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    topic TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    lease_until INTEGER,
    lease_owner BLOB,
    last_error TEXT,
    created_at INTEGER NOT NULL,
    delivered_at INTEGER
) STRICT;
CREATE INDEX outbox_pending ON outbox (topic, next_attempt_at, id) WHERE state = 'pending';
CREATE INDEX outbox_pending_key ON outbox (topic, key, id) WHERE state = 'pending';
CREATE INDEX outbox_dead ON outbox (topic, id) WHERE state = 'dead';

-- Requests already carried out, so that a repeated one finds its outcome.
CREATE TABLE idempotency_keys (
    principal BLOB NOT NULL,
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    body_sha256 BLOB NOT NULL,
    resource_id BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (principal, operation, key)
) STRICT;
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

-- Gapless numbers: dossier codes, receipt numbers.
CREATE TABLE counters (
    agency_id BLOB NOT NULL,
    series TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (agency_id, series)
) STRICT;
