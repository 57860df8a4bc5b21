"""Tests of `screening/cli/operators`."""
