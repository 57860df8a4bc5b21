"""Tests of `screening/desk/reports`."""
