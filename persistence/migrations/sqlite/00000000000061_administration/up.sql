-- Whether the password was made by somebody else: it opens nothing but its own replacement.
ALTER TABLE officers ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;

-- Four eyes: what one officer proposed and another decides. The content never changes.
CREATE TABLE proposals (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    agency_id BLOB NOT NULL,
    about_id BLOB NOT NULL REFERENCES officers (id),
    payload TEXT NOT NULL,
    payload_sha256 BLOB NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES officers (id),
    proposed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by BLOB REFERENCES officers (id),
    decided_at INTEGER,
    CONSTRAINT proposals_four_eyes CHECK (state <> 'approved'
        OR (decided_by IS NOT NULL AND decided_by <> proposed_by AND decided_by <> about_id)),
    CONSTRAINT proposals_not_for_oneself CHECK (proposed_by <> about_id),
    CONSTRAINT proposals_decided CHECK ((state = 'open') = (decided_by IS NULL)
        AND (state = 'open') = (decided_at IS NULL))
) STRICT;
CREATE INDEX proposals_agency ON proposals (agency_id, proposed_at, id);
CREATE INDEX proposals_newest ON proposals (proposed_at, id);
CREATE INDEX proposals_about ON proposals (about_id);

-- The one-time token by which an empty installation gets its first administrator: its digest.
CREATE TABLE setup_tokens (
    id BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;
