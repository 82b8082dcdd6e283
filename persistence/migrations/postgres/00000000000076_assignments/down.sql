-- Proposals about dossiers cannot be kept: there was no place for them.
DROP TABLE assignments;
DELETE FROM proposals WHERE dossier_id IS NOT NULL;
ALTER TABLE proposals DROP COLUMN dossier_id;
ALTER TABLE proposals ALTER COLUMN about_id SET NOT NULL;
ALTER TABLE disclosures DROP COLUMN holder_id;
ALTER TABLE disclosures ADD CONSTRAINT disclosures_stated
    CHECK (agency_id = acting_for OR note IS NOT NULL) NOT VALID;
DROP INDEX dossiers_holder;
DROP INDEX dossiers_holder_state;
DROP INDEX dossiers_holder_due;
DROP INDEX dossiers_holder_answer;
ALTER TABLE dossiers DROP COLUMN holder_id;
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
