"""Tests of `screening/storage/audit`."""
