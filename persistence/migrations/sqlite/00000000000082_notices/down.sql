DROP TABLE notice_preferences;
DROP TABLE push_devices;
DROP TABLE notice_deliveries;
DROP TABLE notices;
