"""Tests of `screening/cohort/reporting`."""
