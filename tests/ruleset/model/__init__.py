"""Tests of `screening/ruleset/model/rule_set`."""
