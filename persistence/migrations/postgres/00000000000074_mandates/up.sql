-- A person without an account who is represented: a child, a ward. Sealed under a key of its own. Each
-- proposal brings its own row; when an officer has looked at the evidence, the row becomes the one for
-- that personal number, or the mandate moves to the one there is.
CREATE TABLE wards (
    id uuid PRIMARY KEY,
    full_name text NOT NULL,
    birth_date date,
    personal_number bytea,
    number_index text,
    number_index_other text,
    confirmed_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX wards_number_index ON wards (number_index) WHERE number_index IS NOT NULL;
CREATE INDEX wards_number_index_other ON wards (number_index_other) WHERE number_index_other IS NOT NULL;

-- An organisation, likewise: one row for each tax code once an officer has looked.
CREATE TABLE organisations (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    tax_code text NOT NULL,
    confirmed_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX organisations_tax_code_key ON organisations (tax_code) WHERE confirmed_at IS NOT NULL;

-- Who acts for whom. Of the two lists each entry stands between bars, so that one text says whether a
-- word is among them: |read|submit|. No list of procedures means all of them.
CREATE TABLE mandates (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    mandator_id uuid REFERENCES people (id),
    ward_id uuid REFERENCES wards (id),
    organisation_id uuid REFERENCES organisations (id),
    delegate_id uuid NOT NULL REFERENCES people (id),
    ground text NOT NULL,
    procedures text,
    acts text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    key_id uuid NOT NULL,
    evidence_number bytea NOT NULL,
    evidence_issued_on date NOT NULL,
    evidence_issuer text NOT NULL,
    agency_id uuid REFERENCES agencies (id),
    state text NOT NULL,
    ending text,
    proposed_by uuid NOT NULL REFERENCES people (id),
    agreed_by uuid REFERENCES people (id),
    agreed_at timestamptz,
    confirmed_by uuid REFERENCES officers (id),
    confirmed_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT mandates_of_one CHECK (num_nonnulls(mandator_id, ward_id, organisation_id) = 1),
    CONSTRAINT mandates_not_to_oneself CHECK (mandator_id <> delegate_id),
    CONSTRAINT mandates_agreed_by_the_other CHECK (agreed_by <> proposed_by),
    CONSTRAINT mandates_stand CHECK (state <> 'active'
        OR (mandator_id IS NOT NULL AND agreed_by IS NOT NULL)
        OR (mandator_id IS NULL AND confirmed_by IS NOT NULL)),
    CONSTRAINT mandates_ended CHECK ((state = 'ended') = (ending IS NOT NULL)
        AND (state = 'ended') = (ended_at IS NOT NULL))
);
CREATE INDEX mandates_delegate ON mandates (delegate_id, created_at, id);
CREATE INDEX mandates_mandator ON mandates (mandator_id, created_at, id) WHERE mandator_id IS NOT NULL;
CREATE INDEX mandates_ward ON mandates (ward_id) WHERE ward_id IS NOT NULL;
CREATE INDEX mandates_organisation ON mandates (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX mandates_agency ON mandates (agency_id, created_at, id) WHERE agency_id IS NOT NULL;
CREATE INDEX mandates_until ON mandates (valid_until) WHERE state <> 'ended';

-- The mandate a dossier was drafted under, for good.
ALTER TABLE dossiers ADD COLUMN mandate_id uuid REFERENCES mandates (id);
CREATE INDEX dossiers_mandate ON dossiers (mandate_id, created_at, id) WHERE mandate_id IS NOT NULL;
