"""Tests of `screening/storage/submissions/notices`."""
