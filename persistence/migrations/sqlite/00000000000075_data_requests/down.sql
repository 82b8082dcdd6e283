DROP TABLE exports;
DROP TABLE consent_withdrawals;
DROP TABLE data_requests;
