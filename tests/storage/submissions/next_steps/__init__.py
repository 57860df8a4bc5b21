"""Tests of `screening/storage/submissions/next_steps`."""
