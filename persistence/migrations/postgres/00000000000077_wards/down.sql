DELETE FROM disclosures WHERE dossier_id IS NULL;
ALTER TABLE disclosures DROP CONSTRAINT disclosures_of_one;
ALTER TABLE disclosures DROP COLUMN request_id;
ALTER TABLE disclosures DROP COLUMN mandate_id;
ALTER TABLE disclosures ALTER COLUMN dossier_id SET NOT NULL;
