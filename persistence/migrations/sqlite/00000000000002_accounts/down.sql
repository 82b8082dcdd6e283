DROP TABLE officers;
DROP TABLE people;
