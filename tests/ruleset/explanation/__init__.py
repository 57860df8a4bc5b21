"""Tests of `screening/ruleset/explanation`."""
