DROP TABLE setup_tokens;
DROP TABLE proposals;
ALTER TABLE officers DROP COLUMN must_change_password;
