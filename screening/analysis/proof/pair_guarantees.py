"""Guarantees about two answer sets that differ in one thing: what may not become milder, and what changes nothing.

The two share every answer but the named one; what is asked, what counts, and what is possible follow for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations

import z3

from screening.analysis.proof.guarantees import Kind, may_speak_of, surely_speaks_of
from screening.analysis.solver.encoding import Choice, Numeric, Several, nothing_known
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.free_values import tells_apart
from screening.analysis.solver.interrupts import interrupt_taken_back, taken_back
from screening.analysis.solver.printing import FREE
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import Change, RuleModel
from screening.analysis.solver.typed_bounds import higher, is_higher
from screening.analysis.solver.witness import Answers
from screening.ruleset.formulas.algebra import Formula, atom
from screening.ruleset.formulas.atoms import NumberGiven
from screening.ruleset.language.evaluation_mode import is_nothing
from screening.ruleset.model.expression import Name
from screening.ruleset.model.guarantees import Guarantee

Moves = Iterator[tuple[Change, tuple[z3.BoolRef, ...]]]
"""Ways in which an answer may differ: the variables that do, and what holds of them and their twins."""


# --- ways to differ ----------------------------------------------------------------------------------


def _raised(model: RuleModel, guarantee: Guarantee) -> Moves:
    """One number, or bound, is another one."""
    name = guarantee.question
    given = model.encoding.given[name]
    if isinstance(given, Numeric):
        change = model.variable_names(name) - {given.known.decl().name()}
        other = model.encoding.answer(name, change)
        assert isinstance(other, Numeric)  # noqa: S101 - as the first one
        moved = higher(other, given) if guarantee.direction == "up" else higher(given, other)
        yield change, (model.printed(atom(NumberGiven(name))), moved)


def _changed(model: RuleModel, guarantee: Guarantee) -> Moves:
    """One option is chosen instead of another, or one more is ticked."""
    name = guarantee.question
    given = model.encoding.given[name]
    if isinstance(given, Several):
        for code in guarantee.to:
            yield _ticked(model, name, code)
    elif isinstance(given, Choice):
        change = model.variable_names(name)
        other = model.encoding.answer(name, change)
        assert isinstance(other, Choice)  # noqa: S101 - as the first one
        pairs = [*combinations(guarantee.order, 2)]
        pairs += [(before, after) for before in guarantee.changed_from for after in guarantee.to]
        for before, after in pairs:
            yield change, (given.options[before], other.options[after])


def _ticked(model: RuleModel, name: str, code: str) -> tuple[Change, tuple[z3.BoolRef, ...]]:
    """One more option is ticked; one that excludes the others stands for itself alone."""
    given = model.encoding.given[name]
    assert isinstance(given, Several)  # noqa: S101 - asked of several choices alone
    if code in given.options:
        change = model.tick_name(name, code)
        other = model.encoding.answer(name, change)
        assert isinstance(other, Several)  # noqa: S101 - the same
        return change, (z3.Not(given.options[code]), other.options[code])
    change = model.variable_names(name)
    other = model.encoding.answer(name, change)
    assert isinstance(other, Several)  # noqa: S101 - the same
    return change, (model.is_changed(change), z3.Not(z3.Or(*other.options.values(), other.unsure)))


def _forgotten(model: RuleModel, guarantee: Guarantee) -> Moves:
    """Something is known of an answer in the first set, and nothing in the second."""
    name = guarantee.question
    change = model.variable_names(name)
    unknown, other = (nothing_known(model.encoding.answer(name, twins)) for twins in (frozenset[str](), change))
    yield change, (z3.Not(unknown), other)


def _any_of_these(model: RuleModel, guarantee: Guarantee) -> Moves:
    """One answer is any other one, no answer among them; or one tick is set or taken away."""
    for name in guarantee.questions:
        change = model.variable_names(name)
        yield change, (model.is_changed(change),)
    for name, codes in guarantee.options.items():
        for code in codes:
            yield _without_option(model, name, code)


def _without_option(model: RuleModel, name: str, code: str) -> tuple[Change, tuple[z3.BoolRef, ...]]:
    """An option of a choice is chosen in one set alone; of several choices it is ticked in one alone."""
    given = model.encoding.given[name]
    if isinstance(given, Several):
        return _ticked(model, name, code)
    change = model.variable_names(name)
    assert isinstance(given, Choice)  # noqa: S101 - a number has no options
    return change, (given.options[code], model.is_changed(change))


def _differing(model: RuleModel, guarantee: Guarantee) -> Moves:
    """The way in which `can_be_milder` says that two answer sets differ."""
    if guarantee.forgotten:
        return _forgotten(model, guarantee)
    return _raised(model, guarantee) if guarantee.direction else _changed(model, guarantee)


def _unsure_instead(model: RuleModel, guarantee: Guarantee) -> Moves:
    """An option of a choice is chosen in the first set, and nothing is known in the second."""
    for name, codes in guarantee.options.items():
        given = model.encoding.given[name]
        assert isinstance(given, Choice)  # noqa: S101 - checked when the rule file was loaded
        change = model.variable_names(name)
        for code in codes:
            yield change, (given.options[code], nothing_known(model.encoding.answer(name, change)))


# --- what may not come of it -------------------------------------------------------------------------


def _milder(model: RuleModel, moves: Moves, spoken_of: Formula) -> Iterator[Query]:
    """Does the second answer set give a milder category alone than the first one does?"""
    for change, moved in moves:
        yield Query(model, (model.printed(spoken_of), *moved, model.milder(change)), change)


def _raised_milder(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    return _milder(model, _raised(model, guarantee), may_speak_of(model, guarantee))


def _changed_milder(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    return _milder(model, _changed(model, guarantee), may_speak_of(model, guarantee))


def _forgotten_milder(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    return _milder(model, _forgotten(model, guarantee), may_speak_of(model, guarantee))


def _can_be_milder(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    return _milder(model, _differing(model, guarantee), surely_speaks_of(model, guarantee))


def _is_milder(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    return judge.is_milder(changed, than=answers) and judge.may_speak_of(guarantee, answers)


def _is_raised_milder(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    return _is_raised(guarantee, answers, changed) and _is_milder(judge, guarantee, answers, changed)


def _is_raised(guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    """Whether a number was raised (or lowered): where both were made such as can be typed, that may be lost."""
    one, other = answers.get(guarantee.question), changed.get(guarantee.question)
    return is_higher(other, one) if guarantee.direction == "up" else is_higher(one, other)


def _can_be_milder_seen(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    moved = not guarantee.direction or guarantee.forgotten or _is_raised(guarantee, answers, changed)
    return moved and judge.is_milder(changed, than=answers) and judge.surely_speaks_of(guarantee, answers)


def _affected(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """Two answer sets that differ in what should not matter, and in their category."""
    spoken_of = may_speak_of(model, guarantee)
    for change, moved in _any_of_these(model, guarantee):
        # whichever of the two is spoken of: the difference is the same seen from either side
        speaks = z3.Or(model.printed(spoken_of), model.printed(spoken_of, change))
        yield Query(model, (speaks, *moved, model.differs(model.formulas.category.values(), change)), change)


def _is_affected(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    spoken_of = judge.may_speak_of(guarantee, answers) or judge.may_speak_of(guarantee, changed)
    return judge.category(answers) != judge.category(changed) and spoken_of


def _not_as_unsure(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """What is possible with an option differs from what is possible where nothing is known."""
    spoken_of = model.printed(may_speak_of(model, guarantee))
    for change, moved in _unsure_instead(model, guarantee):
        yield Query(model, (spoken_of, *moved, model.differs(model.formulas.possible.values(), change)), change)


def _is_not_as_unsure(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    differs = judge.outcome(answers).possible != judge.outcome(changed).possible
    return differs and judge.may_speak_of(guarantee, answers)


def _never_decides(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """The same answers with two results of a value, whatever they are, and two of the categories."""
    if is_nothing(Name(guarantee.value), model.formulas.names):
        return  # what is never known decides nothing
    free = RuleModel(model.rule_set, guarantee.value, bounded=model.bounded)
    change = frozenset(FREE)
    spoken_of = free.printed(may_speak_of(free, guarantee))
    category = free.formulas.category
    for one, other in permutations((name for name in guarantee.categories if name in category), 2):
        given = (free.printed(category[one]), free.printed(category[other], change))
        yield Query(free, (spoken_of, *given), change)


PAIRS: Mapping[str, Kind] = {
    "never_milder_raised": Kind(_raised_milder, _is_raised_milder),
    "never_milder_changed": Kind(_changed_milder, _is_milder),
    "never_milder_unknown": Kind(_forgotten_milder, _is_milder),
    "can_be_milder": Kind(_can_be_milder, _can_be_milder_seen, can_happen=True),
    "unaffected_by": Kind(_affected, _is_affected),
    "same_as_unsure": Kind(_not_as_unsure, _is_not_as_unsure),
    "never_decides": Kind(_never_decides, tells_apart),
    "interrupt_kept": Kind(interrupt_taken_back, taken_back),
}
