DROP INDEX dossiers_agency_answer;
ALTER TABLE dossiers DROP COLUMN answered_at;
ALTER TABLE dossiers DROP COLUMN answer_due_at;
ALTER TABLE dossiers DROP COLUMN helped_by;
