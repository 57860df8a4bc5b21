"""Tests of `screening/config/`."""
