"""Tests of what an SMT solver proves and finds."""
