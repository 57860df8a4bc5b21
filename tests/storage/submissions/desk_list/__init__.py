"""Tests of `screening/storage/submissions/desk_list`."""
