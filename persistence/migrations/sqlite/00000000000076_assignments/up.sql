-- Which agency a dossier is with now. `agency_id` stays the agency it was filed with: what lies in it
-- refers to that, its clock runs by its hours, and it is counted in its figures. Whoever forgets the
-- column makes a dossier that no officer sees.
ALTER TABLE dossiers ADD COLUMN holder_id BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
UPDATE dossiers SET holder_id = agency_id;
DROP INDEX dossiers_agency;
DROP INDEX dossiers_agency_state;
DROP INDEX dossiers_agency_due;
DROP INDEX dossiers_agency_answer;
CREATE INDEX dossiers_holder ON dossiers (holder_id, created_at, id);
CREATE INDEX dossiers_holder_state ON dossiers (holder_id, state, created_at, id);
CREATE INDEX dossiers_holder_due ON dossiers (holder_id, due_at, id) WHERE finished_at IS NULL;
CREATE INDEX dossiers_holder_answer ON dossiers (holder_id, answer_due_at, id) WHERE answered_at IS NULL;
DROP INDEX dossiers_owner;
CREATE INDEX dossiers_owner ON dossiers (
    owner_id, created_at, id,
    version, state, code, procedure_code, holder_id, agency_id, channel, applicant_name, due_at, paused_since,
    updated_at, submitted_at, answer_due_at, answered_at
);

-- Whose work a dossier is: at most one officer's at a time. `holder_id` is the agency that held the dossier
-- then; `reason` is for the agency, in words.
CREATE TABLE assignments (
    id BLOB PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    holder_id BLOB NOT NULL,
    officer_id BLOB NOT NULL REFERENCES officers (id),
    assigned_by BLOB NOT NULL REFERENCES officers (id),
    assigned_at INTEGER NOT NULL,
    reason TEXT,
    ended_at INTEGER,
    ended_by BLOB REFERENCES officers (id),
    ended_as TEXT,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    CONSTRAINT assignments_ended CHECK ((ended_at IS NULL) = (ended_as IS NULL)
        AND (ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX assignments_dossier_id_key ON assignments (dossier_id) WHERE ended_at IS NULL;
-- Also what a change of the dossier looks for: its key is referred to.
CREATE INDEX assignments_dossier ON assignments (dossier_id);
CREATE INDEX assignments_officer ON assignments (officer_id, dossier_id) WHERE ended_at IS NULL;

-- A proposal is about an officer or about a dossier, never both.
CREATE TABLE proposals_anew (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    agency_id BLOB NOT NULL,
    about_id BLOB REFERENCES officers (id),
    payload TEXT NOT NULL,
    payload_sha256 BLOB NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES officers (id),
    proposed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by BLOB REFERENCES officers (id),
    decided_at INTEGER,
    dossier_id BLOB,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    CONSTRAINT proposals_four_eyes CHECK (state <> 'approved'
        OR (decided_by IS NOT NULL AND decided_by <> proposed_by AND decided_by <> about_id)),
    CONSTRAINT proposals_not_for_oneself CHECK (proposed_by <> about_id),
    CONSTRAINT proposals_decided CHECK ((state = 'open') = (decided_by IS NULL)
        AND (state = 'open') = (decided_at IS NULL)),
    CONSTRAINT proposals_about_one CHECK ((about_id IS NULL) <> (dossier_id IS NULL))
) STRICT;
INSERT INTO proposals_anew
    SELECT id, kind, agency_id, about_id, payload, payload_sha256, proposed_by, proposed_at, expires_at,
           state, decided_by, decided_at, NULL FROM proposals;
DROP TABLE proposals;
ALTER TABLE proposals_anew RENAME TO proposals;
CREATE INDEX proposals_agency ON proposals (agency_id, proposed_at, id);
CREATE INDEX proposals_newest ON proposals (proposed_at, id);
CREATE INDEX proposals_about ON proposals (about_id);
CREATE INDEX proposals_dossier ON proposals (dossier_id);

-- A line of the access log says which agency held the dossier when it was read: whether a reason was
-- needed is judged by that.
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
    holder_id BLOB NOT NULL,
    UNIQUE (reader_id, quarter, dossier_id, purpose),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    -- Nobody reads another agency's dossier without having said why.
    CONSTRAINT disclosures_stated CHECK (holder_id = acting_for OR note IS NOT NULL)
) STRICT;
INSERT INTO disclosures_anew
    SELECT id, reader_id, acting_for, roles, agency_id, dossier_id, subject_id, purpose, note, quarter,
           first_at, last_at, times, actions, fields, restricted_until, agency_id FROM disclosures;
DROP TABLE disclosures;
ALTER TABLE disclosures_anew RENAME TO disclosures;
CREATE INDEX disclosures_subject ON disclosures (subject_id, first_at, id);
CREATE INDEX disclosures_dossier ON disclosures (agency_id, dossier_id);
CREATE INDEX disclosures_newest ON disclosures (first_at, id);

-- A result stands in the register of the agency that issued it.
ALTER TABLE results ADD COLUMN holder_id BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
UPDATE results SET holder_id = agency_id;
DROP INDEX results_agency_id_year_number_key;
CREATE UNIQUE INDEX results_holder_id_year_number_key ON results (holder_id, year, number)
    WHERE recalled_at IS NULL;
