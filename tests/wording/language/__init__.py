"""Tests of `screening/wording/language/languages`."""
