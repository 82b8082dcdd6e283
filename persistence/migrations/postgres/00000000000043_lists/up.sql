-- What is still awaited is few rows of many. A list needs no index of its own here: the server reads
-- the pages of the table no slower, and an index that holds what changes would make changes slower.
CREATE INDEX supplements_open ON supplements (dossier_id, round, reply_by) WHERE status = 'open';
