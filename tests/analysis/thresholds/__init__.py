"""Tests of `screening/analysis/thresholds`."""
