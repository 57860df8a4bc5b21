"""The short labels of notes that make somebody be called first: they must fit into a row of the desk's list."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet

MOST_LETTERS = 24
"""So many stand in a row beside everything else, on a telephone of 390 px too."""


def short_labels(rule_set: RuleSet) -> Iterator[Problem]:
    """Each is short enough, and stands at a note for which somebody is called first."""
    for index, note in enumerate(rule_set.notes):
        if not note.in_short:
            continue
        path = ("notes", index, "in_short")
        if not note.call_first:
            yield Problem("note.in_short", path, values={"name": note.id})
        if len(note.in_short) > MOST_LETTERS:
            number = str(len(note.in_short))
            yield Problem("note.in_short_long", path, values={"number": number, "most": str(MOST_LETTERS)})
