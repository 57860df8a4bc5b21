"""Tests of `screening/rulefiles/yaml`."""
