ALTER TABLE dossiers DROP COLUMN recipient;
ALTER TABLE dossiers ADD COLUMN recipient TEXT;
ALTER TABLE dossiers DROP COLUMN form;
ALTER TABLE dossiers ADD COLUMN form TEXT NOT NULL DEFAULT '{}';
ALTER TABLE dossiers DROP COLUMN submitter;
ALTER TABLE dossiers ADD COLUMN submitter TEXT;
ALTER TABLE dossiers DROP COLUMN applicant_address;
ALTER TABLE dossiers ADD COLUMN applicant_address TEXT;
ALTER TABLE dossiers DROP COLUMN applicant_phone;
ALTER TABLE dossiers ADD COLUMN applicant_phone TEXT;
ALTER TABLE dossiers DROP COLUMN applicant_number;
ALTER TABLE dossiers ADD COLUMN applicant_number TEXT;
ALTER TABLE dossiers DROP COLUMN key_id;

ALTER TABLE people DROP COLUMN address;
ALTER TABLE people ADD COLUMN address TEXT;
DROP INDEX people_number_index_other;
DROP INDEX people_number_index;
ALTER TABLE people DROP COLUMN number_index_other;
ALTER TABLE people DROP COLUMN number_index;
ALTER TABLE people DROP COLUMN personal_number;
ALTER TABLE people ADD COLUMN personal_number TEXT;
ALTER TABLE people DROP COLUMN phone;
DROP INDEX people_phone_index_other_key;
ALTER TABLE people DROP COLUMN phone_index_other;
ALTER TABLE people RENAME COLUMN phone_index TO phone_e164;

DROP TABLE subject_keys;
