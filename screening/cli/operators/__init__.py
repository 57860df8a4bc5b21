"""Commands of those who run the service: serving, staff, keys, backups, upkeep."""
