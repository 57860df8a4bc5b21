"""Tests of `screening/storage/submissions/records`."""
