"""Tests of `screening/wording/summary/selection`."""
