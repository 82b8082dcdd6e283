-- Notices (thông báo): kinds and coded facts, whose words are made when they are read. Each tells of one
-- event, by which the feed finds it.
CREATE TABLE notices (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    event_id BLOB NOT NULL,
    agency_id BLOB,
    dossier_id BLOB,
    about_id BLOB,
    facts TEXT NOT NULL,
    act_by INTEGER,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    CONSTRAINT notices_of_an_agency CHECK ((dossier_id IS NULL) = (agency_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX notices_event_id_person_id_key ON notices (event_id, person_id);
-- A request is reminded of once.
CREATE UNIQUE INDEX notices_about_id_person_id_key ON notices (about_id, person_id)
    WHERE kind = 'supplement_due_soon';
CREATE INDEX notices_inbox ON notices (person_id, created_at, id);
CREATE INDEX notices_unread ON notices (person_id, created_at, id) WHERE read_at IS NULL;
CREATE INDEX notices_age ON notices (created_at);

-- How far each notice has come on each channel, to each device, number or address: never two rows for one,
-- so that nothing is sent twice knowingly.
CREATE TABLE notice_deliveries (
    id BLOB NOT NULL PRIMARY KEY,
    notice_id BLOB NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    -- The device; the notice itself where a channel leads to one place only.
    target_id BLOB NOT NULL,
    state TEXT NOT NULL,
    -- Why it was skipped or failed, in a word.
    reason TEXT,
    -- What the provider calls the message.
    reference TEXT,
    created_at INTEGER NOT NULL,
    taken_at INTEGER,
    settled_at INTEGER,
    -- When the provider is asked next what became of it.
    look_at INTEGER
) STRICT;
CREATE UNIQUE INDEX notice_deliveries_notice_id_channel_target_id_key
    ON notice_deliveries (notice_id, channel, target_id);
CREATE INDEX notice_deliveries_looks ON notice_deliveries (look_at) WHERE look_at IS NOT NULL;

-- Devices that notices are pushed to; the token is sealed under the citizen's key, and its keyed digest
-- sees to it that a phone is told of one account only.
CREATE TABLE push_devices (
    person_id BLOB NOT NULL REFERENCES people (id),
    id BLOB NOT NULL,
    session_id BLOB NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    token BLOB NOT NULL,
    token_digest BLOB NOT NULL,
    registered_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, id)
) STRICT;
CREATE UNIQUE INDEX push_devices_token_digest_key ON push_devices (token_digest);
CREATE INDEX push_devices_session ON push_devices (session_id);

-- By which channels somebody wants to be told what; no row where nothing was chosen.
CREATE TABLE notice_preferences (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES people (id),
    version INTEGER NOT NULL,
    choices TEXT NOT NULL,
    email BLOB,
    updated_at INTEGER NOT NULL
) STRICT;

-- What a change of a dossier looks for: its key is referred to.
CREATE INDEX notices_dossier ON notices (dossier_id) WHERE dossier_id IS NOT NULL;

-- What waited under this topic held another shape, and was only written to the log.
DELETE FROM outbox WHERE topic = 'notice' AND state = 'pending';
