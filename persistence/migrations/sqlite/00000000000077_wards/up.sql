-- An officer who looks at a mandate sees a ward's name before there is a dossier: a line tells of a dossier
-- or of a mandate. `request_id` is the request that the line was first written in, as the request log has
-- it; the citizen is not shown it.
-- This engine changes no column, so the table is made anew.
CREATE TABLE disclosures_next (
    id BLOB PRIMARY KEY,
    reader_id BLOB NOT NULL REFERENCES officers (id),
    acting_for BLOB NOT NULL,
    roles TEXT NOT NULL,
    agency_id BLOB NOT NULL,
    dossier_id BLOB,
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
    mandate_id BLOB REFERENCES mandates (id),
    request_id BLOB,
    UNIQUE (reader_id, quarter, dossier_id, purpose),
    UNIQUE (reader_id, quarter, mandate_id, purpose),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    -- Nobody reads another agency's dossier without having said why.
    CONSTRAINT disclosures_stated CHECK (holder_id = acting_for OR note IS NOT NULL),
    CONSTRAINT disclosures_of_one CHECK ((dossier_id IS NULL) <> (mandate_id IS NULL))
) STRICT;
INSERT INTO disclosures_next (
    id, reader_id, acting_for, roles, agency_id, dossier_id, subject_id, purpose, note, quarter,
    first_at, last_at, times, actions, fields, restricted_until, holder_id
) SELECT id, reader_id, acting_for, roles, agency_id, dossier_id, subject_id, purpose, note, quarter,
    first_at, last_at, times, actions, fields, restricted_until, holder_id
FROM disclosures;
DROP TABLE disclosures;
ALTER TABLE disclosures_next RENAME TO disclosures;
CREATE INDEX disclosures_subject ON disclosures (subject_id, first_at, id);
CREATE INDEX disclosures_dossier ON disclosures (agency_id, dossier_id);
CREATE INDEX disclosures_newest ON disclosures (first_at, id);
