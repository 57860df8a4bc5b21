"""Tests of `screening/ruleset/compiler/source`."""
