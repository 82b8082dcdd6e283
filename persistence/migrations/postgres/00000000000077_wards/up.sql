-- An officer who looks at a mandate sees a ward's name before there is a dossier: a line tells of a dossier
-- or of a mandate. `request_id` is the request that the line was first written in, as the request log has
-- it; the citizen is not shown it.
ALTER TABLE disclosures ALTER COLUMN dossier_id DROP NOT NULL;
ALTER TABLE disclosures ADD COLUMN mandate_id uuid REFERENCES mandates (id);
ALTER TABLE disclosures ADD COLUMN request_id uuid;
ALTER TABLE disclosures ADD UNIQUE (reader_id, quarter, mandate_id, purpose);
ALTER TABLE disclosures ADD CONSTRAINT disclosures_of_one
    CHECK ((dossier_id IS NULL) <> (mandate_id IS NULL));
