"""Is nothing in a rule set named twice, nor by a word that the expression language uses itself?"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from typing import Protocol

from screening.ruleset.language.expression_text import TRUTH_VALUES
from screening.ruleset.language.signatures import SIGNATURES
from screening.ruleset.language.symbol_table import OUTCOME_NAMES
from screening.ruleset.model.dates import TODAY
from screening.ruleset.model.parts import block_lists, grounds, questions, section_lists
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet

_LISTS = (
    "pages",
    "categories",
    "notes",
    "claims",
    "claim_labels",
    "articles",
    "sources",
    "section_titles",
    "parts",
    "chapters",
    "doctor_lines",
    "guarantees",
    "topics",
)
"""Members of a rule set whose items have ids."""


def duplicate_ids(rule_set: RuleSet) -> Iterator[Problem]:
    """Neighbours must have different ids; so must all questions and values, and all grounds."""
    names = [(question.id, (*path, "id")) for question, path in questions(rule_set)]
    names += [(value.id, ("values", index, "id")) for index, value in enumerate(rule_set.values)]
    yield from _duplicates(names)
    yield from _duplicates((ground.id, (*path, "id")) for ground, path in grounds(rule_set))
    for member in _LISTS:
        yield from _repeated_ids(getattr(rule_set, member), (member,))
    yield from _repeated_ids(rule_set.emergency.numbers, ("emergency", "numbers"))
    yield from _repeated_ids(rule_set.emergency.speeds, ("emergency", "speeds"))
    if rule_set.staff:
        yield from _repeated_ids(rule_set.staff.never_say, ("staff", "never_say"))
    if rule_set.numbers:
        yield from _repeated_ids(rule_set.numbers.scales, ("numbers", "scales"))
    yield from _repeated_ids(rule_set.guide.passages, ("guide", "passages"))
    terms = enumerate(rule_set.glossary)
    yield from _duplicates((entry.term, ("glossary", index, "term")) for index, entry in terms)
    changes = enumerate(rule_set.changes)
    yield from _duplicates((change.version, ("changes", index, "version")) for index, change in changes)
    for question, path in questions(rule_set):
        yield from _duplicate_options(question, path)
    for sections, path in section_lists(rule_set):
        yield from _repeated_ids(sections, path)
    for blocks, path in block_lists(rule_set):
        yield from _repeated_ids(blocks, path)


def _duplicate_options(question: Question, path: Path) -> Iterator[Problem]:
    """Codes of options and units, and ids of groups and slips, that a question has twice."""
    yield from _duplicates((option.code, (*path, "options", at, "code")) for at, option in enumerate(question.options))
    yield from _repeated_ids(question.groups, (*path, "groups"))
    codes = [(unit.code, (*path, "units", at, "code")) for at, unit in enumerate(question.units)]
    codes += [
        (code, (*path, "units", at, "also", number))
        for at, unit in enumerate(question.units)
        for number, code in enumerate(unit.also)
    ]
    yield from _duplicates(codes)
    for at, unit in enumerate(question.units):
        yield from _repeated_ids(unit.slips, (*path, "units", at, "slips"))
    yield from _repeated_ids(question.foreign, (*path, "foreign"))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _repeated_ids(items: Iterable[_Named], path: Path) -> Iterator[Problem]:
    yield from _duplicates((item.id, (*path, index, "id")) for index, item in enumerate(items))


def _duplicates(named: Iterable[tuple[str, Path]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, path in named:
        if name in seen:
            yield Problem("id.repeated", path, values={"name": name})
        seen.add(name)


def reserved_ids(rule_set: RuleSet) -> Iterator[Problem]:
    """Names that the expression language uses itself cannot name a question or a value."""
    reserved = {*OUTCOME_NAMES, TODAY, "unknown", *SIGNATURES, *TRUTH_VALUES}
    named = [(question.id, (*path, "id")) for question, path in questions(rule_set)]
    named += [(value.id, ("values", index, "id")) for index, value in enumerate(rule_set.values)]
    for name, path in named:
        if name in reserved or keyword.iskeyword(name):
            yield Problem("id.reserved", path, values={"name": name})
