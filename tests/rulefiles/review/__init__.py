"""Tests of `screening/rulefiles/review/state`."""
