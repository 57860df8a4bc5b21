"""Tests of `screening/ruleset/engine`."""
