"""Tests of `screening/cli/authors`."""
