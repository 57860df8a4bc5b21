"""Tests of `screening/rulefiles/translation/loader`."""
