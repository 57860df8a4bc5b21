"""Tests of `screening/storage/submissions/person`."""
