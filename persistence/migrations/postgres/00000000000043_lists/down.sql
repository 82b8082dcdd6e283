DROP INDEX supplements_open;
