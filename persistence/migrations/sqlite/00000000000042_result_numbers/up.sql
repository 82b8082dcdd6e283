-- A number stands once in an agency's register of a year (30/2020/NĐ-CP art. 15). A result that was
-- recalled gives its number back; a number given twice before this rule keeps its first holder.
ALTER TABLE results ADD COLUMN year INTEGER;
UPDATE results SET year = CAST(substr(issued_on, 1, 4) AS INTEGER)
WHERE NOT EXISTS (
    SELECT 1 FROM results AS earlier
    WHERE earlier.agency_id = results.agency_id AND earlier.number = results.number
      AND substr(earlier.issued_on, 1, 4) = substr(results.issued_on, 1, 4)
      AND earlier.recalled_at IS NULL AND earlier.id < results.id
);
CREATE UNIQUE INDEX results_agency_id_year_number_key ON results (agency_id, year, number)
    WHERE recalled_at IS NULL;
