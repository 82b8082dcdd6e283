-- What people ask of whoever holds their data (Law 91/2025/QH15 art. 4). Words of people and about
-- them are sealed under the person's key.
CREATE TABLE data_requests (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    controller_id uuid NOT NULL REFERENCES agencies (id),
    kind text NOT NULL,
    fields json NOT NULL,
    details bytea,
    state text NOT NULL,
    version bigint NOT NULL,
    received_at timestamptz NOT NULL,
    answer_by timestamptz NOT NULL,
    acknowledged_at timestamptz,
    due_at timestamptz NOT NULL,
    original_due_at timestamptz NOT NULL,
    extended_at timestamptz,
    extension_reason bytea,
    closed_at timestamptz,
    refusal text,
    note bytea,
    handled_by uuid REFERENCES officers (id),
    drafts_erased integer,
    dossiers_kept integer,
    alarm text,
    alarm_at timestamptz,
    escalated_at timestamptz,
    CONSTRAINT data_requests_closed CHECK
        ((state IN ('fulfilled', 'refused')) = (closed_at IS NOT NULL)),
    CONSTRAINT data_requests_ground CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CONSTRAINT data_requests_alarm CHECK ((alarm IS NULL) = (alarm_at IS NULL)
        AND (closed_at IS NULL OR alarm IS NULL))
);
CREATE UNIQUE INDEX data_requests_person_id_controller_id_kind_key ON data_requests (person_id, controller_id, kind)
    WHERE closed_at IS NULL;
CREATE INDEX data_requests_person ON data_requests (person_id, received_at, id);
CREATE INDEX data_requests_controller ON data_requests (controller_id, received_at, id);
CREATE INDEX data_requests_newest ON data_requests (received_at, id);
CREATE INDEX data_requests_alarms ON data_requests (alarm_at) WHERE alarm_at IS NOT NULL;

-- Consents that were taken back: one row for each, never changed and never removed.
CREATE TABLE consent_withdrawals (
    consent_id uuid PRIMARY KEY REFERENCES consents (id),
    person_id uuid NOT NULL REFERENCES people (id),
    withdrawn_at timestamptz NOT NULL,
    effect text NOT NULL
);
CREATE TRIGGER consent_withdrawals_stay BEFORE UPDATE OR DELETE ON consent_withdrawals
    FOR EACH ROW EXECUTE FUNCTION consents_are_only_appended();

-- Archives of what is held about a person: the row, its progress, and the digest of the stored bytes.
CREATE TABLE exports (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    state text NOT NULL,
    version bigint NOT NULL,
    asked_at timestamptz NOT NULL,
    files_done integer NOT NULL,
    files_total integer,
    archive_sha256 bytea,
    archive_size bigint,
    finished_at timestamptz,
    expires_at timestamptz,
    CONSTRAINT exports_archive CHECK ((state = 'ready') = (archive_sha256 IS NOT NULL)
        AND (archive_sha256 IS NULL) = (archive_size IS NULL))
);
CREATE UNIQUE INDEX exports_person_id_key ON exports (person_id) WHERE state = 'waiting';
CREATE INDEX exports_person ON exports (person_id, asked_at, id);
CREATE INDEX exports_expiry ON exports (expires_at) WHERE state = 'ready';
CREATE INDEX exports_archives ON exports (archive_sha256) WHERE archive_sha256 IS NOT NULL;
