"""Tests of `screening/wording/authors/tables`."""
