"""All the answers that rules tell apart, and the search for some among them that have a property.

Bounded, and without a solver: what is not found within the bound is not ruled out either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from screening.ruleset.answer_search.number_ranges import Interval
from screening.ruleset.answer_search.possibility import Answers, Atom, Ticks
from screening.ruleset.compiler.classes.option_classes import option_classes, telling_conditions, thresholds
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import Node
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType

Decide = Callable[[Mapping[str, Answers]], bool | None]
"""Says of sets of answers whether all choices from them have a property, none has (False), or neither is certain."""
MAX_TRIED = 5_000
"""Sets of answers looked at in one search, a second at most: more is left to the proof."""
ENOUGH = 0.8
"""The share of undecided parts at which a question is split without looking for a better one."""


def search(answers: Mapping[str, Answers], decide: Decide, most: int = MAX_TRIED) -> bool | None:
    """Whether some answers, one to a question, have a property; None: not found, and not ruled out."""
    verdict = decide(answers)
    if verdict is not None:
        return verdict
    pending, tried, ruled_out = [dict(answers)], 1, True
    while pending:
        some = pending.pop()
        best: tuple[float, list[dict[str, Answers]]] | None = None
        for name in some:
            judged = [(part, decide(part)) for part in _parts(some, name)]
            if any(verdict for _, verdict in judged):
                return True
            undecided = [part for part, verdict in judged if verdict is None]
            if judged and (best is None or len(undecided) / len(judged) < best[0]):
                best = len(undecided) / len(judged), undecided
            tried += len(judged)
            if best and best[0] <= ENOUGH:
                break
        if tried > most:
            return None
        ruled_out = ruled_out and best is not None  # arithmetic may keep undecided what cannot be split any further
        pending += best[1] if best else []
    return False if ruled_out else None


def _parts(some: Mapping[str, Answers], name: str) -> list[dict[str, Answers]]:
    """The answers split at one question; none where it has one answer alone."""
    return [{**some, name: part} for part in _halves(some[name])]


def _halves(answers: Answers) -> list[Answers]:
    if not isinstance(answers, Ticks):
        return [(answer,) for answer in answers] if len(answers) > 1 else []
    if len(answers.unsure) > 1:
        return [answers._replace(unsure=frozenset({unsure})) for unsure in answers.unsure]
    if not answers.maybe:
        return []
    option = min(answers.maybe)
    rest = answers.maybe - {option}
    return [answers._replace(maybe=rest), answers._replace(sure=answers.sure | {option}, maybe=rest)]


# --- all answers ---------------------------------------------------------------------------------


def every_answer(names: SymbolTable, trees: Sequence[Node]) -> dict[str, Answers]:
    """For each question that the conditions read, one answer for each class that they do not tell apart.

    A strict answer is settled, so it is never unknown, nor is a required one.
    """
    conditions = telling_conditions(trees, names)
    limits = thresholds(conditions, names)
    read = {name for condition in conditions for name in names.questions_in(condition)}
    return {
        name: _answers(question, conditions, limits.get(name, ()))
        for name, question in names.questions.items()
        if name in read
    }


def _answers(question: Question, conditions: Sequence[Node], limits: Sequence[Decimal]) -> Answers:
    always_known = question.strict or question.required
    if question.type is QuestionType.SEVERAL:
        codes = option_classes(question, conditions).representatives
        unsure = frozenset({False}) if always_known else frozenset({False, True})
        return Ticks(frozenset(), frozenset(codes), unsure)
    known: list[Atom] = []
    if question.type in (QuestionType.TEXT, QuestionType.DATE):
        known += [WRITTEN]  # of a date too, only whether there is one: how long ago it is may be any number
    elif question.type is QuestionType.CHOICE:
        known += option_classes(question, conditions).representatives
    else:
        known += _intervals(question, limits)
    return (*known, *(() if always_known else (None,)))


def _intervals(question: Question, limits: Sequence[Decimal]) -> Iterator[Interval]:
    """The numbers that a question accepts, cut at the limits; each limit stands by itself."""
    low = min(Fraction(unit.minimum) * Fraction(unit.factor) for unit in question.units)
    high = max(Fraction(unit.maximum) * Fraction(unit.factor) for unit in question.units)
    cuts = sorted({low, high, *(Fraction(limit) for limit in limits if low <= limit <= high)})
    stand_alone = set(map(Fraction, limits))
    for one, other in pairwise(cuts):
        if one in stand_alone:
            yield Interval(one, one)
        yield Interval(one, other, low_open=one in stand_alone, high_open=other in stand_alone)
    if high in stand_alone or low == high:
        yield Interval(high, high)
