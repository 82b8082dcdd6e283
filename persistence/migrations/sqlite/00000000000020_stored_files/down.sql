DROP INDEX files_sha256;
DROP TABLE result_drafts;
DROP TABLE loose_objects;
