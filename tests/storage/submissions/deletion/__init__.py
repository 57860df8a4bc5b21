"""Tests of `screening/storage/submissions/deletion`."""
