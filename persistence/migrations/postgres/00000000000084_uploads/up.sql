-- Files that come in pieces: what was declared of them and what came of it. The pieces lie on the disk.
CREATE TABLE uploads (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    kind text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    state text NOT NULL,
    refusal text,
    file_id uuid REFERENCES files (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT uploads_file CHECK ((state = 'finished') = (file_id IS NOT NULL)),
    CONSTRAINT uploads_refusal CHECK ((state = 'refused') = (refusal IS NOT NULL))
);
CREATE INDEX uploads_person ON uploads (person_id, created_at, id);
CREATE INDEX uploads_expiry ON uploads (expires_at);
CREATE INDEX uploads_files ON uploads (file_id) WHERE file_id IS NOT NULL;

-- What is known of stored bytes: what the virus scanner says, and the picture shown in their place.
CREATE TABLE inspections (
    sha256 bytea PRIMARY KEY,
    state text NOT NULL,
    tries bigint NOT NULL,
    inspected_at timestamptz NOT NULL,
    scanned_at timestamptz,
    ask_at timestamptz,
    derivative_sha256 bytea,
    derivative_size bigint,
    CONSTRAINT inspections_derivative CHECK ((derivative_sha256 IS NULL) = (derivative_size IS NULL)),
    CONSTRAINT inspections_asked CHECK ((ask_at IS NULL) = (state IN ('clean', 'refused')))
);
CREATE INDEX inspections_due ON inspections (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX inspections_derivatives ON inspections (derivative_sha256) WHERE derivative_sha256 IS NOT NULL;
