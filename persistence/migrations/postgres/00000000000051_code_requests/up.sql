-- What a code is for, and who asked for it: so that nobody's guesses or requests use up another's.
ALTER TABLE one_time_codes ADD COLUMN purpose text NOT NULL DEFAULT 'sign_in';
-- The citizen who is signed in and asks for a code to another number.
ALTER TABLE one_time_codes ADD COLUMN account_id uuid;
-- A keyed digest of the device, the network or the account that asked.
ALTER TABLE one_time_codes ADD COLUMN asker_digest bytea NOT NULL DEFAULT '';
-- Whether the number's account was signed in on that device before.
ALTER TABLE one_time_codes ADD COLUMN known_device boolean NOT NULL DEFAULT false;
