"""Tests of `screening/cli/answers`."""
