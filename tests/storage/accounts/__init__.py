"""Tests of `screening/storage/accounts`."""
