"""Tests of `screening/storage/submissions/record`."""
