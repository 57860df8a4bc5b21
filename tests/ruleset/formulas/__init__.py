"""Tests of a rule set read as formulas."""
