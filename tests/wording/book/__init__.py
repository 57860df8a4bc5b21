"""Tests of `screening/wording/book`."""
