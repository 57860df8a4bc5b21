"""Tests of `screening/wording/sharing`."""
