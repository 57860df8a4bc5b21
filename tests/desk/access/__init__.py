"""Tests of `screening/desk/access`."""
