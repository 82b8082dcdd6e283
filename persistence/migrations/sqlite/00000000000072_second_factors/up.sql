-- The second factor of an officer (xác thực hai lớp): the secret sealed under the officer's own key.
-- Until it is confirmed by a first code it proves nothing.
CREATE TABLE second_factors (
    officer_id BLOB PRIMARY KEY REFERENCES officers (id),
    secret BLOB NOT NULL,
    begun_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- The step of time of the newest code that was accepted: that one and older ones are worth nothing.
    last_step INTEGER,
    CONSTRAINT second_factors_confirmed CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
) STRICT;

-- Codes for a lost device: keyed digests, each good for one sign-in.
CREATE TABLE recovery_codes (
    id BLOB PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officers (id),
    digest BLOB NOT NULL UNIQUE,
    used_at INTEGER
) STRICT;
CREATE INDEX recovery_codes_officer ON recovery_codes (officer_id);

-- When the officer last proved in this session who they are.
CREATE TABLE step_ups (
    session_id BLOB PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officers (id),
    proved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX step_ups_proved ON step_ups (proved_at);

-- Standing in for another officer of the agency (ủy quyền): one role of case work, for some days.
CREATE TABLE deputies (
    id BLOB PRIMARY KEY,
    agency_id BLOB NOT NULL,
    deputised_id BLOB NOT NULL REFERENCES officers (id),
    deputy_id BLOB NOT NULL REFERENCES officers (id),
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by BLOB NOT NULL REFERENCES officers (id),
    made_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by BLOB REFERENCES officers (id),
    CONSTRAINT deputies_another CHECK (deputy_id <> deputised_id),
    CONSTRAINT deputies_not_to_oneself CHECK (made_by <> deputy_id),
    CONSTRAINT deputies_days CHECK (valid_until >= valid_from),
    CONSTRAINT deputies_role CHECK (role IN
        ('receiver', 'processor', 'approver', 'returner', 'cashier', 'statistician')),
    CONSTRAINT deputies_ended CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
) STRICT;
CREATE INDEX deputies_agency ON deputies (agency_id, made_at, id);
CREATE INDEX deputies_deputised ON deputies (deputised_id, made_at, id);
CREATE INDEX deputies_deputy ON deputies (deputy_id, made_at, id);
