-- Which agency a dossier is with now. `agency_id` stays the agency it was filed with: what lies in it
-- refers to that, its clock runs by its hours, and it is counted in its figures. Whoever forgets the
-- column makes a dossier that no officer sees.
ALTER TABLE dossiers ADD COLUMN holder_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
UPDATE dossiers SET holder_id = agency_id;
DROP INDEX dossiers_agency;
DROP INDEX dossiers_agency_state;
DROP INDEX dossiers_agency_due;
DROP INDEX dossiers_agency_answer;
CREATE INDEX dossiers_holder ON dossiers (holder_id, created_at, id);
CREATE INDEX dossiers_holder_state ON dossiers (holder_id, state, created_at, id);
CREATE INDEX dossiers_holder_due ON dossiers (holder_id, due_at, id) WHERE finished_at IS NULL;
CREATE INDEX dossiers_holder_answer ON dossiers (holder_id, answer_due_at, id) WHERE answered_at IS NULL;

-- Whose work a dossier is: at most one officer's at a time. `holder_id` is the agency that held the dossier
-- then; `reason` is for the agency, in words.
CREATE TABLE assignments (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    holder_id uuid NOT NULL,
    officer_id uuid NOT NULL REFERENCES officers (id),
    assigned_by uuid NOT NULL REFERENCES officers (id),
    assigned_at timestamptz NOT NULL,
    reason text,
    ended_at timestamptz,
    ended_by uuid REFERENCES officers (id),
    ended_as text,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    CONSTRAINT assignments_ended CHECK ((ended_at IS NULL) = (ended_as IS NULL)
        AND (ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX assignments_dossier_id_key ON assignments (dossier_id) WHERE ended_at IS NULL;
-- Also what a change of the dossier looks for: its key is referred to.
CREATE INDEX assignments_dossier ON assignments (dossier_id);
CREATE INDEX assignments_officer ON assignments (officer_id, dossier_id) WHERE ended_at IS NULL;

-- A proposal is about an officer or about a dossier, never both.
ALTER TABLE proposals ALTER COLUMN about_id DROP NOT NULL;
ALTER TABLE proposals ADD COLUMN dossier_id uuid;
ALTER TABLE proposals ADD FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id);
ALTER TABLE proposals ADD CONSTRAINT proposals_about_one
    CHECK ((about_id IS NULL) <> (dossier_id IS NULL));
CREATE INDEX proposals_dossier ON proposals (dossier_id);

-- A line of the access log says which agency held the dossier when it was read: whether a reason was
-- needed is judged by that.
ALTER TABLE disclosures ADD COLUMN holder_id uuid;
UPDATE disclosures SET holder_id = agency_id;
ALTER TABLE disclosures ALTER COLUMN holder_id SET NOT NULL;
ALTER TABLE disclosures DROP CONSTRAINT disclosures_stated;
ALTER TABLE disclosures ADD CONSTRAINT disclosures_stated
    CHECK (holder_id = acting_for OR note IS NOT NULL);

-- A result stands in the register of the agency that issued it.
ALTER TABLE results ADD COLUMN holder_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
UPDATE results SET holder_id = agency_id;
DROP INDEX results_agency_id_year_number_key;
CREATE UNIQUE INDEX results_holder_id_year_number_key ON results (holder_id, year, number)
    WHERE recalled_at IS NULL;
