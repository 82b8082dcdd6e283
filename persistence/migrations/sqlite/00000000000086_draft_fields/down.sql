DROP TABLE draft_fields;
