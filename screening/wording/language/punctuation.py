"""The signs that join pieces of text, where a language has other ones than a point and a comma with spaces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Punctuation:
    """The signs of one language, each with the space that follows it."""

    stop: str = "."
    """Ends a sentence."""
    comma: str = ", "
    semicolon: str = "; "
    colon: str = ": "
    space: str = " "
    """Between two sentences."""


_PLAIN = Punctuation()
_SIGNS = {"zh": Punctuation(stop="\u3002", comma="\uff0c", semicolon="\uff1b", colon="\uff1a", space="")}
"""By language, whatever its script."""


def punctuation(tag: str) -> Punctuation:
    """The signs of a BCP 47 tag."""
    return _SIGNS.get(tag.split("-", maxsplit=1)[0], _PLAIN)
