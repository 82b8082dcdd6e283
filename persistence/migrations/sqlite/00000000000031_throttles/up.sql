-- How much of a budget was used, by a keyed digest: neither the account nor the address.
CREATE TABLE throttles (
    id BLOB PRIMARY KEY,
    arrival INTEGER NOT NULL
) STRICT;
CREATE INDEX throttles_arrival ON throttles (arrival);
