-- One data key for each subject: a citizen, a dossier of nobody's account, an agency for what it keeps
-- by law. Wrapped by a key from outside the database. A row that is deleted makes what was sealed under
-- it unreadable for good, so this table travels in no copy of the others.
CREATE TABLE subject_keys (
    id BLOB PRIMARY KEY,
    wrapped BLOB NOT NULL,
    wrapped_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_keys_wrapped_by ON subject_keys (wrapped_by);

-- Sealed columns are bytes. Of the columns of a blind index one is in use, or both while the index is
-- moved to another key; in the first the row's own id stands for no value.
ALTER TABLE people RENAME COLUMN phone_e164 TO phone_index;
UPDATE people SET phone_index = lower(hex(id));
ALTER TABLE people ADD COLUMN phone_index_other TEXT;
CREATE UNIQUE INDEX people_phone_index_other_key ON people (phone_index_other);
ALTER TABLE people ADD COLUMN phone BLOB NOT NULL DEFAULT x'';
ALTER TABLE people DROP COLUMN personal_number;
ALTER TABLE people ADD COLUMN personal_number BLOB;
ALTER TABLE people ADD COLUMN number_index TEXT;
ALTER TABLE people ADD COLUMN number_index_other TEXT;
CREATE INDEX people_number_index ON people (number_index) WHERE number_index IS NOT NULL;
CREATE INDEX people_number_index_other ON people (number_index_other) WHERE number_index_other IS NOT NULL;
ALTER TABLE people DROP COLUMN address;
ALTER TABLE people ADD COLUMN address BLOB;

ALTER TABLE dossiers ADD COLUMN key_id BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE dossiers DROP COLUMN applicant_number;
ALTER TABLE dossiers ADD COLUMN applicant_number BLOB;
ALTER TABLE dossiers DROP COLUMN applicant_phone;
ALTER TABLE dossiers ADD COLUMN applicant_phone BLOB;
ALTER TABLE dossiers DROP COLUMN applicant_address;
ALTER TABLE dossiers ADD COLUMN applicant_address BLOB;
ALTER TABLE dossiers DROP COLUMN submitter;
ALTER TABLE dossiers ADD COLUMN submitter BLOB;
ALTER TABLE dossiers DROP COLUMN form;
ALTER TABLE dossiers ADD COLUMN form BLOB NOT NULL DEFAULT x'';
ALTER TABLE dossiers DROP COLUMN recipient;
ALTER TABLE dossiers ADD COLUMN recipient BLOB;
