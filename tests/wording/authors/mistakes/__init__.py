"""Tests of `screening/wording/authors/mistakes`."""
