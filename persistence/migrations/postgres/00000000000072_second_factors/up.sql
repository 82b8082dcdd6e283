-- The second factor of an officer (xác thực hai lớp): the secret sealed under the officer's own key.
-- Until it is confirmed by a first code it proves nothing.
CREATE TABLE second_factors (
    officer_id uuid PRIMARY KEY REFERENCES officers (id),
    secret bytea NOT NULL,
    begun_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    -- The step of time of the newest code that was accepted: that one and older ones are worth nothing.
    last_step bigint,
    CONSTRAINT second_factors_confirmed CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
);

-- Codes for a lost device: keyed digests, each good for one sign-in.
CREATE TABLE recovery_codes (
    id uuid PRIMARY KEY,
    officer_id uuid NOT NULL REFERENCES officers (id),
    digest bytea NOT NULL UNIQUE,
    used_at timestamptz
);
CREATE INDEX recovery_codes_officer ON recovery_codes (officer_id);

-- When the officer last proved in this session who they are.
CREATE TABLE step_ups (
    session_id uuid PRIMARY KEY,
    officer_id uuid NOT NULL REFERENCES officers (id),
    proved_at timestamptz NOT NULL
);
CREATE INDEX step_ups_proved ON step_ups (proved_at);

-- Standing in for another officer of the agency (ủy quyền): one role of case work, for some days.
CREATE TABLE deputies (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    deputised_id uuid NOT NULL REFERENCES officers (id),
    deputy_id uuid NOT NULL REFERENCES officers (id),
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    reason text NOT NULL,
    made_by uuid NOT NULL REFERENCES officers (id),
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by uuid REFERENCES officers (id),
    CONSTRAINT deputies_another CHECK (deputy_id <> deputised_id),
    CONSTRAINT deputies_not_to_oneself CHECK (made_by <> deputy_id),
    CONSTRAINT deputies_days CHECK (valid_until >= valid_from),
    CONSTRAINT deputies_role CHECK (role IN
        ('receiver', 'processor', 'approver', 'returner', 'cashier', 'statistician')),
    CONSTRAINT deputies_ended CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX deputies_agency ON deputies (agency_id, made_at, id);
CREATE INDEX deputies_deputised ON deputies (deputised_id, made_at, id);
CREATE INDEX deputies_deputy ON deputies (deputy_id, made_at, id);
