"""Tests of `screening/rulefiles/pinning`."""
