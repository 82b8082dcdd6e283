-- The catalogue as imported: versions are never changed, only ended, because dossiers live by them.
CREATE TABLE agencies (
    id uuid NOT NULL PRIMARY KEY,
    body json NOT NULL
);

CREATE TABLE procedure_versions (
    code text NOT NULL,
    version integer NOT NULL,
    in_force_from date NOT NULL,
    in_force_to date,
    body json NOT NULL,
    PRIMARY KEY (code, version)
);

CREATE TABLE catalogue_files (
    name text NOT NULL PRIMARY KEY,
    body text NOT NULL,
    imported_at timestamptz NOT NULL
);

-- One row: which import is in force, so that a running server notices the next one.
CREATE TABLE catalogue_state (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    generation bigint NOT NULL,
    -- The import whose calendar the due dates of open dossiers follow.
    recomputed_generation bigint NOT NULL
);
INSERT INTO catalogue_state (id, generation, recomputed_generation) VALUES (1, 0, 0);

CREATE TABLE dossiers (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    state text NOT NULL,
    stage_before_supplement text,
    stage_before_withdrawal text,
    agency_id uuid NOT NULL REFERENCES agencies (id),
    owner_id uuid REFERENCES people (id),
    procedure_code text NOT NULL,
    procedure_version integer NOT NULL,
    field_code text NOT NULL,
    channel text NOT NULL,
    assistance text NOT NULL,
    helper_id uuid REFERENCES officers (id),
    applicant_name text NOT NULL,
    applicant_name_folded text NOT NULL,
    applicant_number text,
    applicant_birth_date date,
    applicant_phone text,
    applicant_address text,
    submitter text,
    form text NOT NULL,
    copies integer NOT NULL,
    pages integer NOT NULL,
    persons integer NOT NULL,
    claims json NOT NULL,
    delivery text NOT NULL,
    code text,
    tracking_secret text,
    clock json,
    due_at timestamptz,
    original_due_at timestamptz,
    paused_since timestamptz,
    round_consent json,
    verdict json,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    submitted_at timestamptz,
    accepted_at timestamptz,
    finished_at timestamptz,
    returned_at timestamptz,
    recipient text,
    UNIQUE (code),
    UNIQUE (agency_id, id),
    FOREIGN KEY (procedure_code, procedure_version) REFERENCES procedure_versions (code, version)
);
CREATE INDEX dossiers_owner ON dossiers (owner_id, created_at, id);
CREATE INDEX dossiers_agency ON dossiers (agency_id, created_at, id);
CREATE INDEX dossiers_agency_state ON dossiers (agency_id, state, created_at, id);
CREATE INDEX dossiers_agency_due ON dossiers (agency_id, due_at, id) WHERE finished_at IS NULL;

CREATE TABLE files (
    id uuid NOT NULL PRIMARY KEY,
    sha256 bytea NOT NULL,
    size bigint NOT NULL,
    kind text NOT NULL,
    stored_at timestamptz NOT NULL
);

CREATE TABLE papers (
    id uuid NOT NULL PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    paper_key text NOT NULL,
    file_id uuid NOT NULL REFERENCES files (id),
    copy_kind text NOT NULL,
    origin text NOT NULL,
    attached_at timestamptz NOT NULL,
    superseded_at timestamptz,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX papers_dossier ON papers (dossier_id, paper_key);
CREATE INDEX papers_file ON papers (file_id);

CREATE TABLE supplements (
    id uuid NOT NULL PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    round integer NOT NULL,
    status text NOT NULL,
    asked_by uuid NOT NULL REFERENCES officers (id),
    consent_reason text,
    consent_by uuid REFERENCES officers (id),
    items json NOT NULL,
    legal_ground text NOT NULL,
    asked_at timestamptz NOT NULL,
    reply_by timestamptz NOT NULL,
    old_due_at timestamptz,
    new_due_at timestamptz,
    answer json,
    closed_at timestamptz,
    UNIQUE (dossier_id, round),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX supplements_status ON supplements (status, reply_by);

CREATE TABLE obligations (
    id uuid NOT NULL PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    fee_code text NOT NULL,
    name json NOT NULL,
    kind text NOT NULL,
    quantity integer NOT NULL,
    gross bigint NOT NULL CHECK (gross >= 0),
    net bigint NOT NULL CHECK (net >= 0 AND net <= gross),
    applied json,
    collected text NOT NULL,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    asked_at timestamptz,
    settled_at timestamptz,
    settled_by uuid,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX obligations_dossier ON obligations (dossier_id);

CREATE TABLE payments (
    id uuid NOT NULL PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    obligations json NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    method text NOT NULL,
    state text NOT NULL,
    before_refund text,
    refund_requested_by uuid REFERENCES officers (id),
    receipt text,
    recorded_by uuid REFERENCES officers (id),
    created_at timestamptz NOT NULL,
    paid_at timestamptz,
    UNIQUE (agency_id, receipt),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX payments_dossier ON payments (dossier_id);

CREATE TABLE results (
    id uuid NOT NULL PRIMARY KEY,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    owner_id uuid REFERENCES people (id),
    number text NOT NULL,
    issued_on date NOT NULL,
    signer_name text NOT NULL,
    outcome text NOT NULL,
    file_id uuid NOT NULL REFERENCES files (id),
    issued_by uuid NOT NULL REFERENCES officers (id),
    issued_at timestamptz NOT NULL,
    recalled_at timestamptz,
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id)
);
CREATE INDEX results_dossier ON results (dossier_id);
CREATE INDEX results_owner ON results (owner_id, issued_at, id);
CREATE INDEX results_file ON results (file_id);
