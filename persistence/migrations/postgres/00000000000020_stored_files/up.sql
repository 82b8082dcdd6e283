-- Stored bytes that perhaps no file row refers to: written before the bytes are, and looked through
-- by the sweep. Condemned: the sweep is deleting the bytes at this moment.
CREATE TABLE loose_objects (
    sha256 bytea NOT NULL PRIMARY KEY,
    since timestamptz NOT NULL,
    condemned_at timestamptz
);
CREATE INDEX loose_objects_since ON loose_objects (since);

-- Result documents that were uploaded and not issued yet.
CREATE TABLE result_drafts (
    file_id uuid NOT NULL PRIMARY KEY REFERENCES files (id),
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    uploaded_by uuid NOT NULL REFERENCES officers (id),
    uploaded_at timestamptz NOT NULL,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX result_drafts_uploaded ON result_drafts (uploaded_at);

CREATE INDEX files_sha256 ON files (sha256);
