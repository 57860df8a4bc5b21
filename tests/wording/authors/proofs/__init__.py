"""Tests of `screening/wording/authors/proofs`."""
