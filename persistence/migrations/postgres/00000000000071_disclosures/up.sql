-- Which officer read what of whom, when and why: one line for each officer, dossier, purpose and quarter of
-- an hour. Written by whatever opens personal fields, in the same transaction and before it opens them.
-- `agency_id` is the dossier's; `acting_for` is the agency the officer acted for, and `roles` are those held
-- there then. `actions` and `fields` are sets, one bit for each member. `subject_id` is the citizen whose
-- account the dossier belongs to, who sees the line once `restricted_until` is past.
CREATE TABLE disclosures (
    id uuid PRIMARY KEY,
    reader_id uuid NOT NULL REFERENCES officers (id),
    acting_for uuid NOT NULL,
    roles text NOT NULL,
    agency_id uuid NOT NULL,
    dossier_id uuid NOT NULL,
    subject_id uuid REFERENCES people (id),
    purpose text NOT NULL,
    note text,
    quarter timestamptz NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    times integer NOT NULL,
    actions integer NOT NULL,
    fields integer NOT NULL,
    restricted_until timestamptz,
    UNIQUE (reader_id, quarter, dossier_id, purpose),
    FOREIGN KEY (agency_id, dossier_id) REFERENCES dossiers (agency_id, id),
    -- Nobody reads another agency's dossier without having said why.
    CONSTRAINT disclosures_stated CHECK (agency_id = acting_for OR note IS NOT NULL)
);
CREATE INDEX disclosures_subject ON disclosures (subject_id, first_at, id);
CREATE INDEX disclosures_dossier ON disclosures (agency_id, dossier_id);
CREATE INDEX disclosures_newest ON disclosures (first_at, id);
