-- How surely it is known who somebody is (mức xác thực danh tính): 1 a telephone number answers, 2 verified
-- by the identity provider or by an officer who saw the card. A number may be claimed at several accounts
-- and is verified at one.
ALTER TABLE people ADD COLUMN assurance bigint NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX people_number_index_key ON people (number_index) WHERE assurance > 1;
CREATE UNIQUE INDEX people_number_index_other_key ON people (number_index_other) WHERE assurance > 1;

-- Each time an identity was proved: only appended.
CREATE TABLE identity_proofs (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    method text NOT NULL,
    -- The provider, by its issuer address.
    issuer text,
    -- Who saw card and person, where, what was shown, and the last digits of its number, sealed under the
    -- citizen's key.
    verified_by uuid REFERENCES officers (id),
    agency_id uuid,
    document_kind text,
    document_digits bytea,
    proved_at timestamptz NOT NULL,
    CONSTRAINT identity_proofs_by_provider CHECK ((method = 'provider') = (issuer IS NOT NULL)),
    CONSTRAINT identity_proofs_by_officer CHECK ((method = 'counter') = (verified_by IS NOT NULL)
        AND (verified_by IS NULL) = (agency_id IS NULL) AND (verified_by IS NULL) = (document_kind IS NULL)
        AND (verified_by IS NULL) = (document_digits IS NULL))
);
CREATE INDEX identity_proofs_person ON identity_proofs (person_id, proved_at);

-- Sign-ins begun at the identity provider and not ended. State, nonce and verifier are derived from the
-- seed under a key from outside the database.
CREATE TABLE provider_requests (
    id uuid PRIMARY KEY,
    seed bytea NOT NULL,
    redirect_uri text NOT NULL,
    -- The citizen who is signed in and wants the account verified.
    account_id uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX provider_requests_expiry ON provider_requests (expires_at);
