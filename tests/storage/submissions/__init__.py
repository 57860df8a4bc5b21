"""Tests of `screening/storage/submissions`."""
