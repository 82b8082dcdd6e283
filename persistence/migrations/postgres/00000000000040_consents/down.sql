DROP TABLE consents;
DROP FUNCTION consents_are_only_appended();
