DROP TABLE provider_requests;
DROP TABLE identity_proofs;
DROP INDEX people_number_index_other_key;
DROP INDEX people_number_index_key;
ALTER TABLE people DROP COLUMN assurance;
