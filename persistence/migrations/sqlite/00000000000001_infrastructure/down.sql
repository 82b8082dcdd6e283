DROP TABLE counters;
DROP TABLE idempotency_keys;
DROP TABLE outbox;
DROP TABLE sequencer;
DROP TABLE events;
