"""Tests of `screening/cohort/judging`."""
