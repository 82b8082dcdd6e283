-- Roles of officers (giao vai trò): each at one agency, from a day on, perhaps to a day.
CREATE TABLE role_grants (
    id uuid PRIMARY KEY,
    officer_id uuid NOT NULL REFERENCES officers (id),
    agency_id uuid NOT NULL,
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    reason text NOT NULL,
    -- Who proposed and who agreed; both empty when the house itself did, at the machine.
    granted_by uuid REFERENCES officers (id),
    approved_by uuid REFERENCES officers (id),
    granted_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by uuid REFERENCES officers (id),
    CONSTRAINT role_grants_days CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CONSTRAINT role_grants_four_eyes CHECK ((granted_by IS NULL AND approved_by IS NULL)
        OR (granted_by IS NOT NULL AND approved_by IS NOT NULL AND granted_by <> approved_by)),
    CONSTRAINT role_grants_not_to_oneself CHECK ((granted_by IS NULL OR granted_by <> officer_id)
        AND (approved_by IS NULL OR approved_by <> officer_id)),
    CONSTRAINT role_grants_revoked CHECK (revoked_by IS NULL OR revoked_at IS NOT NULL)
);
CREATE INDEX role_grants_officer ON role_grants (officer_id, agency_id);

-- What accounts held so far holds on, at the agency of the account, from the day it was made.
INSERT INTO role_grants (id, officer_id, agency_id, role, valid_from, reason, granted_at)
SELECT gen_random_uuid(), o.id, o.agency_id, r.role,
       (o.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 'Chuyển từ tài khoản đã có.', o.created_at
FROM officers AS o
JOIN (VALUES ('receiver'), ('processor'), ('approver'), ('returner'), ('cashier'), ('statistician'),
             ('agency_administrator'), ('province_administrator'), ('auditor')) AS r (role)
  ON position(' ' || r.role || ' ' IN ' ' || o.roles || ' ') > 0;
ALTER TABLE officers DROP COLUMN roles;
