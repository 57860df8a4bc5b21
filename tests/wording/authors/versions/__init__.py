"""Tests of `screening/wording/authors/versions`."""
