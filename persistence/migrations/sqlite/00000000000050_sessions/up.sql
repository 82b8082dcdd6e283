-- Sessions (phiên đăng nhập): one device that is signed in, from its sign-in to its end.
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    account_kind TEXT NOT NULL,
    account_id BLOB NOT NULL,
    -- The agency an officer signed in for.
    agency_id BLOB,
    -- A keyed digest of what the app calls its device by.
    device_digest BLOB,
    -- What the app calls it to its owner.
    device_label TEXT,
    -- Where it was used last: the network's prefix, never an address.
    network TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    end_reason TEXT,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE INDEX sessions_account ON sessions (account_id, created_at);
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Refresh tokens: keyed digests only. A spent one is kept as long as its session may last, because
-- whoever shows it again has stolen it or was stolen from.
CREATE TABLE refresh_tokens (
    id BLOB NOT NULL PRIMARY KEY,
    session_id BLOB NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    token_digest BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    spent_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

-- Accounts whose number was changed: what a thief would do next waits until the owner has noticed.
CREATE TABLE account_holds (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES people (id),
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;
