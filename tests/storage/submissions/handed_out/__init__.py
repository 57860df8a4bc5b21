"""Tests of `screening/storage/submissions/handed_out`."""
