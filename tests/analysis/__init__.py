"""Tests of `screening.analysis`: the formulas agree with the engine, and a proof can fail."""
