-- Whether the password was made by somebody else: it opens nothing but its own replacement.
ALTER TABLE officers ADD COLUMN must_change_password boolean NOT NULL DEFAULT false;

-- Four eyes: what one officer proposed and another decides. The content never changes.
CREATE TABLE proposals (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    agency_id uuid NOT NULL,
    about_id uuid NOT NULL REFERENCES officers (id),
    payload json NOT NULL,
    payload_sha256 bytea NOT NULL,
    proposed_by uuid NOT NULL REFERENCES officers (id),
    proposed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    state text NOT NULL,
    decided_by uuid REFERENCES officers (id),
    decided_at timestamptz,
    CONSTRAINT proposals_four_eyes CHECK (state <> 'approved'
        OR (decided_by IS NOT NULL AND decided_by <> proposed_by AND decided_by <> about_id)),
    CONSTRAINT proposals_not_for_oneself CHECK (proposed_by <> about_id),
    CONSTRAINT proposals_decided CHECK ((state = 'open') = (decided_by IS NULL)
        AND (state = 'open') = (decided_at IS NULL))
);
CREATE INDEX proposals_agency ON proposals (agency_id, proposed_at, id);
CREATE INDEX proposals_newest ON proposals (proposed_at, id);
CREATE INDEX proposals_about ON proposals (about_id);

-- The one-time token by which an empty installation gets its first administrator: its digest.
CREATE TABLE setup_tokens (
    id bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
