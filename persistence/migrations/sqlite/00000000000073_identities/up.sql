-- How surely it is known who somebody is (mức xác thực danh tính): 1 a telephone number answers, 2 verified
-- by the identity provider or by an officer who saw the card. A number may be claimed at several accounts
-- and is verified at one.
ALTER TABLE people ADD COLUMN assurance INTEGER NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX people_number_index_key ON people (number_index) WHERE assurance > 1;
CREATE UNIQUE INDEX people_number_index_other_key ON people (number_index_other) WHERE assurance > 1;

-- Each time an identity was proved: only appended.
CREATE TABLE identity_proofs (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    method TEXT NOT NULL,
    -- The provider, by its issuer address.
    issuer TEXT,
    -- Who saw card and person, where, what was shown, and the last digits of its number, sealed under the
    -- citizen's key.
    verified_by BLOB REFERENCES officers (id),
    agency_id BLOB,
    document_kind TEXT,
    document_digits BLOB,
    proved_at INTEGER NOT NULL,
    CONSTRAINT identity_proofs_by_provider CHECK ((method = 'provider') = (issuer IS NOT NULL)),
    CONSTRAINT identity_proofs_by_officer CHECK ((method = 'counter') = (verified_by IS NOT NULL)
        AND (verified_by IS NULL) = (agency_id IS NULL) AND (verified_by IS NULL) = (document_kind IS NULL)
        AND (verified_by IS NULL) = (document_digits IS NULL))
) STRICT;
CREATE INDEX identity_proofs_person ON identity_proofs (person_id, proved_at);

-- Sign-ins begun at the identity provider and not ended. State, nonce and verifier are derived from the
-- seed under a key from outside the database.
CREATE TABLE provider_requests (
    id BLOB NOT NULL PRIMARY KEY,
    seed BLOB NOT NULL,
    redirect_uri TEXT NOT NULL,
    -- The citizen who is signed in and wants the account verified.
    account_id BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX provider_requests_expiry ON provider_requests (expires_at);
