"""Tests of `screening/ruleset/compiler`."""
