-- Files that come in pieces: what was declared of them and what came of it. The pieces lie on the disk.
CREATE TABLE uploads (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    state TEXT NOT NULL,
    refusal TEXT,
    file_id BLOB REFERENCES files (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT uploads_file CHECK ((state = 'finished') = (file_id IS NOT NULL)),
    CONSTRAINT uploads_refusal CHECK ((state = 'refused') = (refusal IS NOT NULL))
) STRICT;
CREATE INDEX uploads_person ON uploads (person_id, created_at, id);
CREATE INDEX uploads_expiry ON uploads (expires_at);
CREATE INDEX uploads_files ON uploads (file_id) WHERE file_id IS NOT NULL;

-- What is known of stored bytes: what the virus scanner says, and the picture shown in their place.
CREATE TABLE inspections (
    sha256 BLOB NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    inspected_at INTEGER NOT NULL,
    scanned_at INTEGER,
    ask_at INTEGER,
    derivative_sha256 BLOB,
    derivative_size INTEGER,
    CONSTRAINT inspections_derivative CHECK ((derivative_sha256 IS NULL) = (derivative_size IS NULL)),
    CONSTRAINT inspections_asked CHECK ((ask_at IS NULL) = (state IN ('clean', 'refused')))
) STRICT;
CREATE INDEX inspections_due ON inspections (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX inspections_derivatives ON inspections (derivative_sha256) WHERE derivative_sha256 IS NOT NULL;
