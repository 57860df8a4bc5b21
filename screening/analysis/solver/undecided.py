"""Why a question to the solver was left undecided."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What left a question undecided."""

    TIME = "time"
    """The solver was stopped before it had found anything."""
    UNTYPED = "untyped"
    """None of the numbers with the digits that reports print is a solution, which is no proof of those with more."""
    PAIRS = "pairs"
    """It hangs on pairs of numbers that bounds leave, of which formulas do not say which ones the engine tries."""
    SIZE = "size"
    """The formulas of what bounds leave are too long, by counting: see `formulas.lengths`, and `MOST_FRESH`."""
    UNCONFIRMED = "unconfirmed"
    """The solver found answers of which the engine does not say the same."""


class UndecidedError(Exception):
    """Neither an answer set nor the proof that there is none was found."""

    def __init__(self, reason: Reason, questions: tuple[str, ...] = ()) -> None:
        """`questions` are those whose numbers are worked with in what was asked."""
        super().__init__(reason.value)
        self.reason = reason
        self.questions = questions
