"""Tests of `screening/rulefiles/loading/loader`."""
