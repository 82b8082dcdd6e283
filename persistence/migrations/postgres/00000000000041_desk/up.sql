-- Who helped on the citizen's own phone, and the desk's clock for its first answer.
ALTER TABLE dossiers ADD COLUMN helped_by text;
ALTER TABLE dossiers ADD COLUMN answer_due_at timestamptz;
ALTER TABLE dossiers ADD COLUMN answered_at timestamptz;
CREATE INDEX dossiers_agency_answer ON dossiers (agency_id, answer_due_at, id) WHERE answered_at IS NULL;
