DROP TABLE account_holds;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
