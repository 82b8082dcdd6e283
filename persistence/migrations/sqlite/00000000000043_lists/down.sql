DROP INDEX obligations_due;
DROP INDEX supplements_open;
DROP INDEX dossiers_owner;
CREATE INDEX dossiers_owner ON dossiers (owner_id, created_at, id);
