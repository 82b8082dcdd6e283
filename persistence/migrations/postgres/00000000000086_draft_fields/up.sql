-- In which version each field of a draft last changed, sealed under the key of the draft: the names of
-- answers may say something of a person. Gone when the draft is filed or thrown away.
CREATE TABLE draft_fields (
    dossier_id uuid PRIMARY KEY REFERENCES dossiers (id),
    fields bytea NOT NULL
);
