-- One-time codes (mã OTP): keyed digests only, neither the number nor the code.
CREATE TABLE one_time_codes (
    id uuid PRIMARY KEY,
    number_digest bytea NOT NULL,
    code_digest bytea NOT NULL,
    tries_left bigint NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX one_time_codes_number ON one_time_codes (number_digest, created_at, id);
