-- What a list shows lies in the index it is read from: twenty rows of a citizen lie together there and
-- on twenty pages of the table. What is still awaited is few rows of many.
DROP INDEX dossiers_owner;
CREATE INDEX dossiers_owner ON dossiers (
    owner_id, created_at, id,
    version, state, code, procedure_code, agency_id, channel, applicant_name, due_at, paused_since,
    updated_at, submitted_at, answer_due_at, answered_at
);
CREATE INDEX supplements_open ON supplements (dossier_id, round, reply_by) WHERE status = 'open';
CREATE INDEX obligations_due ON obligations (dossier_id, collected) WHERE state = 'due';
