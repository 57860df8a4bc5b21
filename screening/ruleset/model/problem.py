"""A mistake found in a rule file or an answer, as data: a code, a place and values; `wording` makes the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""Keys and indexes that lead from the top of a rule file to one of its parts."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: what kind it is, where it stands, and the values its sentence needs."""

    code: str
    path: Path = ()
    column: int = 0
    """Characters from the start of the text at `path`; 0 where the whole part is meant."""
    values: Mapping[str, object] = field(default_factory=dict)
