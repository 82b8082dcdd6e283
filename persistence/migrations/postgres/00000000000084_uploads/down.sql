DROP TABLE inspections;
DROP TABLE uploads;
