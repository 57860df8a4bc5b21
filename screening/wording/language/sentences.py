"""Texts taken apart into sentences, so that the first of them can stand out."""

from __future__ import annotations

import re

_FIRST = re.compile(r"(.+?[.!?])\s+(\S.*)|(.+?[。！？])\s*(\S.*)", re.DOTALL)
_STOPS = ".。"


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence of a text, and what follows it; empty where nothing does."""
    match = _FIRST.fullmatch(text)
    if match is None:
        return text, ""
    return (match[1], match[2]) if match[1] else (match[3], match[4])


def without_stop(sentence: str) -> str:
    """A sentence as a heading: without a full stop at its end."""
    return sentence.rstrip(_STOPS)
