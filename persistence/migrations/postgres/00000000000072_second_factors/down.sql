DROP TABLE deputies;
DROP TABLE step_ups;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
