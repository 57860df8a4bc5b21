"""Tests of `screening/desk/submissions`."""
