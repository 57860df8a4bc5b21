"""Tests of `screening/rulefiles/checks`."""
