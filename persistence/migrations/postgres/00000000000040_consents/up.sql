-- What people agreed to: one row for each consent, never changed and never removed.
CREATE TABLE consents (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid,
    person_id uuid REFERENCES people (id),
    purpose text NOT NULL,
    text_version integer NOT NULL,
    text_sha256 bytea NOT NULL,
    language text NOT NULL,
    text_named boolean NOT NULL,
    channel text NOT NULL,
    taken_by uuid REFERENCES officers (id),
    given_at timestamptz NOT NULL,
    CHECK (dossier_id IS NOT NULL OR person_id IS NOT NULL),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX consents_dossier ON consents (dossier_id, given_at, id);
CREATE INDEX consents_person ON consents (person_id, given_at, id);

CREATE FUNCTION consents_are_only_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a consent is only appended';
END
$$;
CREATE TRIGGER consents_stay BEFORE UPDATE OR DELETE ON consents
    FOR EACH ROW EXECUTE FUNCTION consents_are_only_appended();
