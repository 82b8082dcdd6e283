-- Under which mandate an event's dossier was drafted, so that a delegate's phone follows it: also a draft
-- that was thrown away, of which nothing but its events is left.
ALTER TABLE events ADD COLUMN mandate_id uuid;
UPDATE events SET mandate_id = (SELECT dossiers.mandate_id FROM dossiers WHERE dossiers.id = events.dossier_id)
WHERE dossier_id IN (SELECT id FROM dossiers WHERE mandate_id IS NOT NULL);
-- What a phone asks for: the events of one citizen, or under one mandate, after a place in the order.
CREATE INDEX events_person_seq ON events (person_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX events_mandate_seq ON events (mandate_id, seq) WHERE mandate_id IS NOT NULL AND seq IS NOT NULL;
