-- The event log: one row per change, in the change's own transaction.
-- seq is given after the commit by the sequencer: gapless, and never a database sequence, because
-- those show later commits before earlier ones.
CREATE TABLE events (
    id uuid PRIMARY KEY,
    seq bigint,
    dossier_id uuid,
    agency_id uuid,
    person_id uuid,
    version bigint NOT NULL,
    kind text NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    at timestamptz NOT NULL,
    state text,
    due_at timestamptz,
    channel text,
    payload json NOT NULL,
    UNIQUE (dossier_id, version)
);
-- Partial, so that nothing looks for events without a place in it: there may be many.
CREATE UNIQUE INDEX events_seq_key ON events (seq) WHERE seq IS NOT NULL;
CREATE INDEX events_unsequenced ON events (at, version, id) WHERE seq IS NULL;
CREATE INDEX events_agency_at ON events (agency_id, at);
CREATE INDEX events_person_agency ON events (person_id, agency_id);

-- One row: the last number given. Its lock makes sequencers in several processes take turns.
CREATE TABLE sequencer (
    id bigint PRIMARY KEY CHECK (id = 1),
    last_seq bigint NOT NULL CHECK (last_seq >= 0)
);
INSERT INTO sequencer (id, last_seq) VALUES (1, 0);

-- Work that leaves the process, written by the change that asks for it.
CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    topic text NOT NULL,
    key text NOT NULL,
    payload json NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts bigint NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    lease_until timestamptz,
    lease_owner uuid,
    last_error text,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz
);
CREATE INDEX outbox_pending ON outbox (topic, next_attempt_at, id) WHERE state = 'pending';
CREATE INDEX outbox_pending_key ON outbox (topic, key, id) WHERE state = 'pending';
CREATE INDEX outbox_dead ON outbox (topic, id) WHERE state = 'dead';

-- Requests already carried out, so that a repeated one finds its outcome.
CREATE TABLE idempotency_keys (
    principal uuid NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    body_sha256 bytea NOT NULL,
    resource_id uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (principal, operation, key)
);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

-- Gapless numbers: dossier codes, receipt numbers.
CREATE TABLE counters (
    agency_id uuid NOT NULL,
    series text NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (agency_id, series)
);
