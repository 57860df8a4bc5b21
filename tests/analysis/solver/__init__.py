"""Tests of `screening/analysis/solver`."""
