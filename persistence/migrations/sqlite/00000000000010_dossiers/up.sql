-- The catalogue as imported: versions are never changed, only ended, because dossiers live by them.
CREATE TABLE agencies (
    id BLOB NOT NULL PRIMARY KEY,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE procedure_versions (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    in_force_from TEXT NOT NULL,
    in_force_to TEXT,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (code, version)
) STRICT;

CREATE TABLE catalogue_files (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    imported_at INTEGER NOT NULL
) STRICT;

-- One row: which import is in force, so that a running server notices the next one.
CREATE TABLE catalogue_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    -- The import whose calendar the due dates of open dossiers follow.
    recomputed_generation INTEGER NOT NULL
) STRICT;
INSERT INTO catalogue_state (id, generation, recomputed_generation) VALUES (1, 0, 0);

CREATE TABLE dossiers (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    stage_before_supplement TEXT,
    stage_before_withdrawal TEXT,
    agency_id BLOB NOT NULL REFERENCES agencies (id),
    owner_id BLOB REFERENCES people (id),
    procedure_code TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    field_code TEXT NOT NULL,
    channel TEXT NOT NULL,
    assistance TEXT NOT NULL,
    helper_id BLOB REFERENCES officers (id),
    applicant_name TEXT NOT NULL,
    applicant_name_folded TEXT NOT NULL,
    applicant_number TEXT,
    applicant_birth_date TEXT,
    applicant_phone TEXT,
    applicant_address TEXT,
    submitter TEXT,
    form TEXT NOT NULL,
    copies INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    claims TEXT NOT NULL CHECK (json_valid(claims)),
    delivery TEXT NOT NULL,
    code TEXT,
    tracking_secret TEXT,
    clock TEXT CHECK (json_valid(clock)),
    due_at INTEGER,
    original_due_at INTEGER,
    paused_since INTEGER,
    round_consent TEXT CHECK (json_valid(round_consent)),
    verdict TEXT CHECK (json_valid(verdict)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    submitted_at INTEGER,
    accepted_at INTEGER,
    finished_at INTEGER,
    returned_at INTEGER,
    recipient TEXT,
    UNIQUE (code),
    UNIQUE (agency_id, id),
    FOREIGN KEY (procedure_code, procedure_version) REFERENCES procedure_versions (code, version)
) STRICT;
CREATE INDEX dossiers_owner ON dossiers (owner_id, created_at, id);
CREATE INDEX dossiers_agency ON dossiers (agency_id, created_at, id);
CREATE INDEX dossiers_agency_state ON dossiers (agency_id, state, created_at, id);
CREATE INDEX dossiers_agency_due ON dossiers (agency_id, due_at, id) WHERE finished_at IS NULL;

CREATE TABLE files (
    id BLOB NOT NULL PRIMARY KEY,
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    kind TEXT NOT NULL,
    stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE papers (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    paper_key TEXT NOT NULL,
    file_id BLOB NOT NULL REFERENCES files (id),
    copy_kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    attached_at INTEGER NOT NULL,
    superseded_at INTEGER,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX papers_dossier ON papers (dossier_id, paper_key);
CREATE INDEX papers_file ON papers (file_id);

CREATE TABLE supplements (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    round INTEGER NOT NULL,
    status TEXT NOT NULL,
    asked_by BLOB NOT NULL REFERENCES officers (id),
    consent_reason TEXT,
    consent_by BLOB REFERENCES officers (id),
    items TEXT NOT NULL CHECK (json_valid(items)),
    legal_ground TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    reply_by INTEGER NOT NULL,
    old_due_at INTEGER,
    new_due_at INTEGER,
    answer TEXT CHECK (json_valid(answer)),
    closed_at INTEGER,
    UNIQUE (dossier_id, round),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX supplements_status ON supplements (status, reply_by);

CREATE TABLE obligations (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    fee_code TEXT NOT NULL,
    name TEXT NOT NULL CHECK (json_valid(name)),
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    gross INTEGER NOT NULL CHECK (gross >= 0),
    net INTEGER NOT NULL CHECK (net >= 0 AND net <= gross),
    applied TEXT CHECK (json_valid(applied)),
    collected TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    asked_at INTEGER,
    settled_at INTEGER,
    settled_by BLOB,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX obligations_dossier ON obligations (dossier_id);

CREATE TABLE payments (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    obligations TEXT NOT NULL CHECK (json_valid(obligations)),
    amount INTEGER NOT NULL CHECK (amount > 0),
    method TEXT NOT NULL,
    state TEXT NOT NULL,
    before_refund TEXT,
    refund_requested_by BLOB REFERENCES officers (id),
    receipt TEXT,
    recorded_by BLOB REFERENCES officers (id),
    created_at INTEGER NOT NULL,
    paid_at INTEGER,
    UNIQUE (agency_id, receipt),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX payments_dossier ON payments (dossier_id);

CREATE TABLE results (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL,
    dossier_id BLOB NOT NULL,
    owner_id BLOB REFERENCES people (id),
    number TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    signer_name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    file_id BLOB NOT NULL REFERENCES files (id),
    issued_by BLOB NOT NULL REFERENCES officers (id),
    issued_at INTEGER NOT NULL,
    recalled_at INTEGER,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
) STRICT;
CREATE INDEX results_dossier ON results (dossier_id);
CREATE INDEX results_owner ON results (owner_id, issued_at, id);
CREATE INDEX results_file ON results (file_id);
