DROP INDEX results_agency_id_year_number_key;
ALTER TABLE results DROP COLUMN year;
