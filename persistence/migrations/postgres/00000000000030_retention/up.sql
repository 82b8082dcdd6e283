-- What the worker removes by age is found by age.
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE state = 'delivered';
CREATE INDEX one_time_codes_age ON one_time_codes (created_at);
