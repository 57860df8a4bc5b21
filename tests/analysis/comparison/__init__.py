"""Tests of `screening/analysis/comparison/rule_sets`."""
