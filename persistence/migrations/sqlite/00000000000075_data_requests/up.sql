-- What people ask of whoever holds their data (Law 91/2025/QH15 art. 4). Words of people and about
-- them are sealed under the person's key.
CREATE TABLE data_requests (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    controller_id BLOB NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    details BLOB,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    answer_by INTEGER NOT NULL,
    acknowledged_at INTEGER,
    due_at INTEGER NOT NULL,
    original_due_at INTEGER NOT NULL,
    extended_at INTEGER,
    extension_reason BLOB,
    closed_at INTEGER,
    refusal TEXT,
    note BLOB,
    handled_by BLOB REFERENCES officers (id),
    drafts_erased INTEGER,
    dossiers_kept INTEGER,
    alarm TEXT,
    alarm_at INTEGER,
    escalated_at INTEGER,
    CONSTRAINT data_requests_closed CHECK
        ((state IN ('fulfilled', 'refused')) = (closed_at IS NOT NULL)),
    CONSTRAINT data_requests_ground CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CONSTRAINT data_requests_alarm CHECK ((alarm IS NULL) = (alarm_at IS NULL)
        AND (closed_at IS NULL OR alarm IS NULL))
) STRICT;
CREATE UNIQUE INDEX data_requests_person_id_controller_id_kind_key ON data_requests (person_id, controller_id, kind)
    WHERE closed_at IS NULL;
CREATE INDEX data_requests_person ON data_requests (person_id, received_at, id);
CREATE INDEX data_requests_controller ON data_requests (controller_id, received_at, id);
CREATE INDEX data_requests_newest ON data_requests (received_at, id);
CREATE INDEX data_requests_alarms ON data_requests (alarm_at) WHERE alarm_at IS NOT NULL;

-- Consents that were taken back: one row for each, never changed and never removed.
CREATE TABLE consent_withdrawals (
    consent_id BLOB NOT NULL PRIMARY KEY REFERENCES consents (id),
    person_id BLOB NOT NULL REFERENCES people (id),
    withdrawn_at INTEGER NOT NULL,
    effect TEXT NOT NULL
) STRICT;
CREATE TRIGGER consent_withdrawals_stay_as_made BEFORE UPDATE ON consent_withdrawals
BEGIN SELECT RAISE(ABORT, 'a consent is only appended'); END;
CREATE TRIGGER consent_withdrawals_stay BEFORE DELETE ON consent_withdrawals
BEGIN SELECT RAISE(ABORT, 'a consent is only appended'); END;

-- Archives of what is held about a person: the row, its progress, and the digest of the stored bytes.
CREATE TABLE exports (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    files_done INTEGER NOT NULL,
    files_total INTEGER,
    archive_sha256 BLOB,
    archive_size INTEGER,
    finished_at INTEGER,
    expires_at INTEGER,
    CONSTRAINT exports_archive CHECK ((state = 'ready') = (archive_sha256 IS NOT NULL)
        AND (archive_sha256 IS NULL) = (archive_size IS NULL))
) STRICT;
CREATE UNIQUE INDEX exports_person_id_key ON exports (person_id) WHERE state = 'waiting';
CREATE INDEX exports_person ON exports (person_id, asked_at, id);
CREATE INDEX exports_expiry ON exports (expires_at) WHERE state = 'ready';
CREATE INDEX exports_archives ON exports (archive_sha256) WHERE archive_sha256 IS NOT NULL;
