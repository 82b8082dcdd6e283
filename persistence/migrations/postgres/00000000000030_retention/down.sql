DROP INDEX one_time_codes_age;
DROP INDEX outbox_delivered;
