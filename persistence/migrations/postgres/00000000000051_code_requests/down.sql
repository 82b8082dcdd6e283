ALTER TABLE one_time_codes DROP COLUMN known_device;
ALTER TABLE one_time_codes DROP COLUMN asker_digest;
ALTER TABLE one_time_codes DROP COLUMN account_id;
ALTER TABLE one_time_codes DROP COLUMN purpose;
