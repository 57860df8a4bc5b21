"""Tests of `screening/wording/document/blocks`."""
