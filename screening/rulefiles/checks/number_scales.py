"""Do the scales of a rule file fit its questions and the note that they go by? One function a check."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screening.rulefiles.checks.references import exists
from screening.ruleset.engine.number_zones import ZoneMark, ZoneWord, outer_marks
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.notes import NoteKind
from screening.ruleset.model.number_scales import NumberScale, NumberScales
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet


def check_number_scales(rule_set: RuleSet) -> list[Problem]:
    """Every problem with the scales; expressions are known to be right by now."""
    numbers = rule_set.numbers
    if numbers is None:
        return []
    problems = [*_note(numbers, rule_set), *_words(numbers), *_questions(numbers, rule_set)]
    return problems or [*_limits(numbers, rule_set), *_outer_marks(numbers, rule_set)]


def time_frames(rule_set: RuleSet) -> Iterator[Problem]:
    """Only what is to be done has a time frame."""
    for index, note in enumerate(rule_set.notes):
        if note.time_frame and note.kind is not NoteKind.ACTION:
            yield Problem("note.time_frame", ("notes", index, "time_frame"), values={"name": note.id})


def _note(numbers: NumberScales, rule_set: RuleSet) -> Iterator[Problem]:
    """What the outer zones go by is a note that tells what to do, and by when."""
    path: Path = ("numbers", "soon")
    yield from exists(numbers.soon, rule_set.note, "note", path)
    note = rule_set.note.get(numbers.soon)
    if note and not note.time_frame:
        yield Problem("scale.no_time_frame", path, values={"name": note.id})


def _words(numbers: NumberScales) -> Iterator[Problem]:
    """No two zones have one name."""
    named: dict[str, str] = {}
    for word in ZoneWord:
        says = getattr(numbers.words, word).strip().casefold()
        if says in named:
            yield Problem("scale.word_twice", ("numbers", "words", word), values={"other": named[says]})
        named.setdefault(says, word)


def _questions(numbers: NumberScales, rule_set: RuleSet) -> Iterator[Problem]:
    """Each scale is that of a number which is read back, and says at least one limit."""
    for index, scale in enumerate(numbers.scales):
        path: Path = ("numbers", "scales", index)
        yield from exists(scale.id, rule_set.question, "question", (*path, "id"))
        question = rule_set.question.get(scale.id)
        if question is None:
            continue
        if question.type is not QuestionType.NUMBER or not rule_set.page_of[scale.id].read_back:
            yield Problem("scale.no_number", (*path, "id"), values={"name": scale.id})
        elif scale.usual_from is None and scale.usual_to is None:
            yield Problem("scale.no_limit", path, values={"name": scale.id})


def _limits(numbers: NumberScales, rule_set: RuleSet) -> Iterator[Problem]:
    """Usual limits lie within what is accepted, the lower one first."""
    for index, scale in enumerate(numbers.scales):
        path: Path = ("numbers", "scales", index)
        unit = rule_set.question[scale.id].stored_unit
        for member, limit in _given_limits(scale):
            if not unit.minimum < limit < unit.maximum:
                values = {"limit": limit, "minimum": unit.minimum, "maximum": unit.maximum, "unit": unit.label}
                yield Problem("scale.outside", (*path, member), values=values)
        if scale.usual_from is not None and scale.usual_to is not None and scale.usual_from >= scale.usual_to:
            yield Problem("scale.order", (*path, "usual_to"), values={"name": scale.id})


def _given_limits(scale: NumberScale) -> Iterator[tuple[str, Decimal]]:
    """The limits that a scale says, with their members."""
    for member, limit in (("usual_from", scale.usual_from), ("usual_to", scale.usual_to)):
        if limit is not None:
            yield member, limit


def _outer_marks(numbers: NumberScales, rule_set: RuleSet) -> Iterator[Problem]:
    """What sends a person to a doctor lies beyond the usual limit of its side."""
    outer = outer_marks(rule_set, SymbolTable.of(rule_set))
    for index, scale in enumerate(numbers.scales):
        for word, mark in outer.get(scale.id, {}).items():
            member = "usual_to" if word is ZoneWord.VERY_HIGH else "usual_from"
            limit = scale.usual_to if word is ZoneWord.VERY_HIGH else scale.usual_from
            values = {"name": scale.id, "note": numbers.soon, "mark": mark.limit, "member": member}
            if limit is None:
                yield Problem("scale.no_side", ("numbers", "scales", index), values=values)
            elif not _is_beyond(mark, limit, word):
                yield Problem("scale.inside", ("numbers", "scales", index, member), values={**values, "limit": limit})


def _is_beyond(mark: ZoneMark, limit: Decimal, word: ZoneWord) -> bool:
    return mark.limit > limit if word is ZoneWord.VERY_HIGH else mark.limit < limit
