"""Tests of `screening/ruleset/compiler/completions`."""
