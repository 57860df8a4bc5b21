"""Tests of `screening/rulefiles/model`."""
