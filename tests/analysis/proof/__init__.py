"""Tests of `screening/analysis/proof`."""
