"""Tests of `screening/rulefiles/authoring`."""
