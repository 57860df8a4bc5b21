"""Tests of `screening/ruleset/reading`."""
