"""Tests of `screening/storage/database/connections`."""
