CREATE TABLE disclosures_before (
    id BLOB PRIMARY KEY,
    reader_id BLOB NOT NULL REFERENCES officers (id),
    acting_for BLOB NOT NULL,
    roles TEXT NOT NULL,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    subject_id BLOB REFERENCES people (id),
    purpose TEXT NOT NULL,
    note TEXT,
    quarter INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    actions INTEGER NOT NULL,
    fields INTEGER NOT NULL,
    restricted_until INTEGER,
    holder_id BLOB NOT NULL,
    UNIQUE (reader_id, quarter, dossier_id, purpose),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    -- Nobody reads another agency's dossier without having said why.
    CONSTRAINT disclosures_stated CHECK (holder_id = acting_for OR note IS NOT NULL)
) STRICT;
INSERT INTO disclosures_before (
    id, reader_id, acting_for, roles, agency_id, dossier_id, subject_id, purpose, note, quarter,
    first_at, last_at, times, actions, fields, restricted_until, holder_id
) SELECT id, reader_id, acting_for, roles, agency_id, dossier_id, subject_id, purpose, note, quarter,
    first_at, last_at, times, actions, fields, restricted_until, holder_id
FROM disclosures WHERE dossier_id IS NOT NULL;
DROP TABLE disclosures;
ALTER TABLE disclosures_before RENAME TO disclosures;
CREATE INDEX disclosures_subject ON disclosures (subject_id, first_at, id);
CREATE INDEX disclosures_dossier ON disclosures (agency_id, dossier_id);
CREATE INDEX disclosures_newest ON disclosures (first_at, id);
