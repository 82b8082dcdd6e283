-- Proposals about dossiers cannot be kept, nor lines read after a transfer: there was no place for them.
DROP TABLE assignments;
CREATE TABLE proposals_anew (
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
INSERT INTO proposals_anew
    SELECT id, kind, agency_id, about_id, payload, payload_sha256, proposed_by, proposed_at, expires_at,
           state, decided_by, decided_at FROM proposals WHERE about_id IS NOT NULL;
DROP TABLE proposals;
ALTER TABLE proposals_anew RENAME TO proposals;
CREATE INDEX proposals_agency ON proposals (agency_id, proposed_at, id);
CREATE INDEX proposals_newest ON proposals (proposed_at, id);
CREATE INDEX proposals_about ON proposals (about_id);
CREATE TABLE disclosures_anew (
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
    UNIQUE (reader_id, quarter, dossier_id, purpose),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    CONSTRAINT disclosures_stated CHECK (agency_id = acting_for OR note IS NOT NULL)
) STRICT;
INSERT INTO disclosures_anew
    SELECT id, reader_id, acting_for, roles, agency_id, dossier_id, subject_id, purpose, note, quarter,
           first_at, last_at, times, actions, fields, restricted_until FROM disclosures
    WHERE agency_id = acting_for OR note IS NOT NULL;
DROP TABLE disclosures;
ALTER TABLE disclosures_anew RENAME TO disclosures;
CREATE INDEX disclosures_subject ON disclosures (subject_id, first_at, id);
CREATE INDEX disclosures_dossier ON disclosures (agency_id, dossier_id);
CREATE INDEX disclosures_newest ON disclosures (first_at, id);
DROP INDEX dossiers_holder;
DROP INDEX dossiers_holder_state;
DROP INDEX dossiers_holder_due;
DROP INDEX dossiers_holder_answer;
DROP INDEX dossiers_owner;
ALTER TABLE dossiers DROP COLUMN holder_id;
CREATE INDEX dossiers_owner ON dossiers (
    owner_id, created_at, id,
    version, state, code, procedure_code, agency_id, channel, applicant_name, due_at, paused_since,
    updated_at, submitted_at, answer_due_at, answered_at
);
CREATE INDEX dossiers_agency ON dossiers (agency_id, created_at, id);
CREATE INDEX dossiers_agency_state ON dossiers (agency_id, state, created_at, id);
CREATE INDEX dossiers_agency_due ON dossiers (agency_id, due_at, id) WHERE finished_at IS NULL;
CREATE INDEX dossiers_agency_answer ON dossiers (agency_id, answer_due_at, id) WHERE answered_at IS NULL;
DROP INDEX results_holder_id_year_number_key;
-- Numbers of another agency's register would meet those of this one.
UPDATE results SET year = NULL WHERE holder_id <> agency_id;
ALTER TABLE results DROP COLUMN holder_id;
CREATE UNIQUE INDEX results_agency_id_year_number_key ON results (agency_id, year, number)
    WHERE recalled_at IS NULL;
