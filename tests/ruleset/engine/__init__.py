"""Tests of `screening/ruleset/engine/engine`."""
