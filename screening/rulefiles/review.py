"""The review state of a rule file: whether a clinician has signed it, and whether readers have tested it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What is known of a rule file's review at one time; part of every summary's input."""

    signed: bool = False
    reader_tested: bool = False


UNREVIEWED = ReviewState()
