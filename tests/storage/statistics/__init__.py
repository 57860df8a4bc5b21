"""Tests of `screening/storage/statistics`."""
