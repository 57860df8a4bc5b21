"""Tests of `screening/wording/authors`."""
