-- One-time codes (mã OTP): keyed digests only, neither the number nor the code.
CREATE TABLE one_time_codes (
    id BLOB PRIMARY KEY,
    number_digest BLOB NOT NULL,
    code_digest BLOB NOT NULL,
    tries_left INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX one_time_codes_number ON one_time_codes (number_digest, created_at, id);
