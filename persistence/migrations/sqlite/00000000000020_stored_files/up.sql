-- Stored bytes that perhaps no file row refers to: written before the bytes are, and looked through
-- by the sweep. Condemned: the sweep is deleting the bytes at this moment.
CREATE TABLE loose_objects (
    sha256 BLOB NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL,
    condemned_at INTEGER
) STRICT;
CREATE INDEX loose_objects_since ON loose_objects (since);

-- Result documents that were uploaded and not issued yet.
CREATE TABLE result_drafts (
    file_id BLOB NOT NULL PRIMARY KEY REFERENCES files (id),
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    uploaded_by BLOB NOT NULL REFERENCES officers (id),
    uploaded_at INTEGER NOT NULL,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX result_drafts_uploaded ON result_drafts (uploaded_at);

CREATE INDEX files_sha256 ON files (sha256);
