-- Citizens (công dân).
CREATE TABLE people (
    id BLOB PRIMARY KEY,
    phone_e164 TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    -- As the citizen says: nothing has proved it yet, so it claims nothing and keeps nobody out.
    personal_number TEXT,
    birth_date TEXT,
    address TEXT,
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Officers (cán bộ).
CREATE TABLE officers (
    id BLOB PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    full_name TEXT NOT NULL,
    agency_id BLOB NOT NULL,
    roles TEXT NOT NULL,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX officers_agency ON officers (agency_id, created_at, id);
