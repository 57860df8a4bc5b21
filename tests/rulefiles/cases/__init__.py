"""Tests of `screening/rulefiles/cases/case_file`."""
