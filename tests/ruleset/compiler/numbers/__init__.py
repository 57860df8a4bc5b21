"""Tests of `screening/ruleset/compiler/source/number_code`."""
