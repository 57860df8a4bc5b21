"""Tests of the pure core: each module beside its own, and the whole of it against a brute force."""
