-- A person without an account who is represented: a child, a ward. Sealed under a key of its own. Each
-- proposal brings its own row; when an officer has looked at the evidence, the row becomes the one for
-- that personal number, or the mandate moves to the one there is.
CREATE TABLE wards (
    id BLOB PRIMARY KEY,
    full_name TEXT NOT NULL,
    birth_date TEXT,
    personal_number BLOB,
    number_index TEXT,
    number_index_other TEXT,
    confirmed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX wards_number_index ON wards (number_index) WHERE number_index IS NOT NULL;
CREATE INDEX wards_number_index_other ON wards (number_index_other) WHERE number_index_other IS NOT NULL;

-- An organisation, likewise: one row for each tax code once an officer has looked.
CREATE TABLE organisations (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    confirmed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX organisations_tax_code_key ON organisations (tax_code) WHERE confirmed_at IS NOT NULL;

-- Who acts for whom. Of the two lists each entry stands between bars, so that one text says whether a
-- word is among them: |read|submit|. No list of procedures means all of them.
CREATE TABLE mandates (
    id BLOB PRIMARY KEY,
    version INTEGER NOT NULL,
    mandator_id BLOB REFERENCES people (id),
    ward_id BLOB REFERENCES wards (id),
    organisation_id BLOB REFERENCES organisations (id),
    delegate_id BLOB NOT NULL REFERENCES people (id),
    ground TEXT NOT NULL,
    procedures TEXT,
    acts TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    key_id BLOB NOT NULL,
    evidence_number BLOB NOT NULL,
    evidence_issued_on TEXT NOT NULL,
    evidence_issuer TEXT NOT NULL,
    agency_id BLOB REFERENCES agencies (id),
    state TEXT NOT NULL,
    ending TEXT,
    proposed_by BLOB NOT NULL REFERENCES people (id),
    agreed_by BLOB REFERENCES people (id),
    agreed_at INTEGER,
    confirmed_by BLOB REFERENCES officers (id),
    confirmed_at INTEGER,
    ended_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT mandates_of_one CHECK ((mandator_id IS NOT NULL) + (ward_id IS NOT NULL) + (organisation_id IS NOT NULL) = 1),
    CONSTRAINT mandates_not_to_oneself CHECK (mandator_id <> delegate_id),
    CONSTRAINT mandates_agreed_by_the_other CHECK (agreed_by <> proposed_by),
    CONSTRAINT mandates_stand CHECK (state <> 'active'
        OR (mandator_id IS NOT NULL AND agreed_by IS NOT NULL)
        OR (mandator_id IS NULL AND confirmed_by IS NOT NULL)),
    CONSTRAINT mandates_ended CHECK ((state = 'ended') = (ending IS NOT NULL)
        AND (state = 'ended') = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX mandates_delegate ON mandates (delegate_id, created_at, id);
CREATE INDEX mandates_mandator ON mandates (mandator_id, created_at, id) WHERE mandator_id IS NOT NULL;
CREATE INDEX mandates_ward ON mandates (ward_id) WHERE ward_id IS NOT NULL;
CREATE INDEX mandates_organisation ON mandates (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX mandates_agency ON mandates (agency_id, created_at, id) WHERE agency_id IS NOT NULL;
CREATE INDEX mandates_until ON mandates (valid_until) WHERE state <> 'ended';

-- The mandate a dossier was drafted under, for good.
ALTER TABLE dossiers ADD COLUMN mandate_id BLOB REFERENCES mandates (id);
CREATE INDEX dossiers_mandate ON dossiers (mandate_id, created_at, id) WHERE mandate_id IS NOT NULL;
