DROP INDEX events_mandate_seq;
DROP INDEX events_person_seq;
ALTER TABLE events DROP COLUMN mandate_id;
