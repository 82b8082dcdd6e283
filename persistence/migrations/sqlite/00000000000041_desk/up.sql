-- Who helped on the citizen's own phone, and the desk's clock for its first answer.
ALTER TABLE dossiers ADD COLUMN helped_by TEXT;
ALTER TABLE dossiers ADD COLUMN answer_due_at INTEGER;
ALTER TABLE dossiers ADD COLUMN answered_at INTEGER;
CREATE INDEX dossiers_agency_answer ON dossiers (agency_id, answer_due_at, id) WHERE answered_at IS NULL;
