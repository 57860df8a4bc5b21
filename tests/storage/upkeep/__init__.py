"""Tests of `screening/storage/upkeep`."""
