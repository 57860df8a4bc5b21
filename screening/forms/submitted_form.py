"""A form as a browser sends it, whatever is asked in it: the values under each name, and an error of one input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class SubmittedForm(Protocol):
    """What a browser sent: the values under each name."""

    def getlist(self, key: str) -> list[str]:
        """Every value sent under this name."""


@dataclass(frozen=True, slots=True)
class FormError:
    """One error of a form, for the summary above it."""

    anchor: str
    message: str
