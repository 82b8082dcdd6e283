-- What people agreed to: one row for each consent, never changed and never removed.
CREATE TABLE consents (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB,
    person_id BLOB REFERENCES people (id),
    purpose TEXT NOT NULL,
    text_version INTEGER NOT NULL,
    text_sha256 BLOB NOT NULL,
    language TEXT NOT NULL,
    text_named INTEGER NOT NULL CHECK (text_named IN (0, 1)),
    channel TEXT NOT NULL,
    taken_by BLOB REFERENCES officers (id),
    given_at INTEGER NOT NULL,
    CHECK (dossier_id IS NOT NULL OR person_id IS NOT NULL),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX consents_dossier ON consents (dossier_id, given_at, id);
CREATE INDEX consents_person ON consents (person_id, given_at, id);

CREATE TRIGGER consents_stay_as_given BEFORE UPDATE ON consents
BEGIN SELECT RAISE(ABORT, 'a consent is only appended'); END;
CREATE TRIGGER consents_stay BEFORE DELETE ON consents
BEGIN SELECT RAISE(ABORT, 'a consent is only appended'); END;
