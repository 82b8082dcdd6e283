-- Sessions (phiên đăng nhập): one device that is signed in, from its sign-in to its end.
CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    account_kind text NOT NULL,
    account_id uuid NOT NULL,
    -- The agency an officer signed in for.
    agency_id uuid,
    -- A keyed digest of what the app calls its device by.
    device_digest bytea,
    -- What the app calls it to its owner.
    device_label text,
    -- Where it was used last: the network's prefix, never an address.
    network text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX sessions_account ON sessions (account_id, created_at);
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Refresh tokens: keyed digests only. A spent one is kept as long as its session may last, because
-- whoever shows it again has stolen it or was stolen from.
CREATE TABLE refresh_tokens (
    id uuid NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    token_digest bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    spent_at timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

-- Accounts whose number was changed: what a thief would do next waits until the owner has noticed.
CREATE TABLE account_holds (
    person_id uuid NOT NULL PRIMARY KEY REFERENCES people (id),
    since timestamptz NOT NULL,
    until timestamptz NOT NULL
);
