"""Tests of `screening/ruleset/language`."""
