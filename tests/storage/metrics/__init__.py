"""Tests of `screening/storage/metrics`."""
