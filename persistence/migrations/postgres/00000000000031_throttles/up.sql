-- How much of a budget was used, by a keyed digest: neither the account nor the address.
CREATE TABLE throttles (
    id bytea PRIMARY KEY,
    arrival timestamptz NOT NULL
);
CREATE INDEX throttles_arrival ON throttles (arrival);
