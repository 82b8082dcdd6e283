-- Citizens (công dân).
CREATE TABLE people (
    id uuid PRIMARY KEY,
    phone_e164 text NOT NULL UNIQUE,
    full_name text NOT NULL,
    -- As the citizen says: nothing has proved it yet, so it claims nothing and keeps nobody out.
    personal_number text,
    birth_date date,
    address text,
    language text NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

-- Officers (cán bộ).
CREATE TABLE officers (
    id uuid PRIMARY KEY,
    login text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    full_name text NOT NULL,
    agency_id uuid NOT NULL,
    roles text NOT NULL,
    active boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX officers_agency ON officers (agency_id, created_at, id);
