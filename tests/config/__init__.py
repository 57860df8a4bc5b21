"""Tests of `screening/config/settings`."""
