DROP INDEX dossiers_mandate;
ALTER TABLE dossiers DROP COLUMN mandate_id;
DROP TABLE mandates;
DROP TABLE organisations;
DROP TABLE wards;
