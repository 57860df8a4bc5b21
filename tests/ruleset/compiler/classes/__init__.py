"""Tests of `screening/ruleset/compiler/classes`."""
