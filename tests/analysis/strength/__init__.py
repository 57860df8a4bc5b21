"""Tests of `screening/analysis/strength/measure`."""
