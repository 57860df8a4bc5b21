"""Guarantees about one answer set: for each kind, the questions to the solver, and the check by the real engine.

A guarantee holds where no query of it has an answer; one that says what *can* happen, where one has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import z3

from screening.analysis.solver.encoding import Several
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers
from screening.ruleset.compiler.option_classes import option_classes, rule_conditions
from screening.ruleset.model.rule_set import Guarantee

Queries = Callable[[RuleModel, Guarantee], Iterable[Query]]
Broken = Callable[[Judge, Guarantee, Answers, Answers], bool]
"""Whether the engine agrees that an answer set (and the second one, where there are two) is what was looked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of guarantee is proved."""

    queries: Queries
    confirmed: Broken
    can_happen: bool = False
    """The guarantee says that something can happen: a query must have an answer."""


def conditions(model: RuleModel, guarantee: Guarantee) -> list[z3.BoolRef]:
    """The answer sets that a guarantee speaks of, less its stated exception."""
    found = [model.condition(guarantee.when.tree)] if guarantee.when else []
    return found + ([z3.Not(model.condition(guarantee.except_when.tree))] if guarantee.except_when else [])


def spoken_of_by(judge: Judge, guarantee: Guarantee, answers: Answers) -> bool:
    """Whether an answer set is one that a guarantee speaks of."""
    excepted = guarantee.except_when is not None and judge.holds(guarantee.except_when, answers)
    return judge.holds(guarantee.when, answers) and not excepted


def given_by(judge: Judge, guarantee: Guarantee, answers: Answers) -> frozenset[str]:
    """The categories that an answer set gives: every possible one, since some category is given by open answers alone.

    A condition speaks of settled answers; where a guarantee has one, just the outcome's category counts.
    """
    outcome = judge.outcome(answers)
    return frozenset({outcome.category}) if guarantee.when or guarantee.except_when else outcome.possible


# --- one answer set ------------------------------------------------------------------------------


def _implies(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    yield Query(model, (*conditions(model, guarantee), z3.Not(model.one_of(guarantee.then))))


def _implies_broken(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    return spoken_of_by(judge, guarantee, answers) and not given_by(judge, guarantee, answers).issubset(guarantee.then)


def _never_with(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    spoken_of = conditions(model, guarantee)
    if not guarantee.unsure:
        yield Query(model, (*spoken_of, model.one_of(guarantee.never)))
    for name in guarantee.unsure:
        for category in guarantee.never:
            only = for_every_completion(model, name, z3.And(*spoken_of, model.category[category]))
            yield Query(model, (model.is_open(name), *only), unsure=name)


def _never_with_broken(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    outcome = judge.outcome(answers)
    if guarantee.unsure:
        return any(judge.is_unsure(name, answers) for name in guarantee.unsure) and outcome.category in guarantee.never
    never = given_by(judge, guarantee, answers).intersection(guarantee.never)
    return spoken_of_by(judge, guarantee, answers) and bool(never)


def _keeps_possible(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    for name in guarantee.unsure:
        for category in guarantee.categories:
            never = for_every_completion(model, name, z3.Not(model.category[category]))
            yield Query(model, (*conditions(model, guarantee), model.is_open(name), *never), unsure=name)


def _keeps_possible_broken(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    unsure = any(judge.is_unsure(name, answers) for name in guarantee.unsure)
    return unsure and not judge.outcome(answers).possible.issuperset(guarantee.categories)


def for_every_completion(model: RuleModel, name: str, formula: z3.BoolRef) -> Iterator[z3.BoolRef]:
    """The formula for each completion of one open question that agrees with its answer; other completions stay free.

    A lenient question has no completions: the formula says itself what comes of its open answer.
    """
    if name not in model.encoding.settled:
        yield formula
        return
    settled = model.encoding.settled[name].options
    counted = model.formulas.counted(name)
    question = model.rule_set.question[name]
    if isinstance(counted, Several):
        classes = option_classes(question, rule_conditions(model.rule_set)).representatives
        for size in range(len(classes) + 1):
            for more in map(set, combinations(classes, size)):
                ticks = [(settled[code], z3.Or(code in more, counted.options[code])) for code in settled]
                yield z3.substitute(formula, *ticks)
        return
    for code in settled:
        one = [(each, z3.BoolVal(other == code)) for other, each in settled.items()]
        agrees = model.encoding.completes(name, counted)
        yield z3.Implies(z3.substitute(agrees, *one), z3.substitute(formula, *one))


def _reachable(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    yield Query(model, (*conditions(model, guarantee), model.all_settled, model.one_of(guarantee.categories)))


def _reachable_seen(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    return spoken_of_by(judge, guarantee, answers) and judge.category(answers) in guarantee.categories


SINGLE: Mapping[str, Kind] = {
    "implies": Kind(_implies, _implies_broken),
    "never_with": Kind(_never_with, _never_with_broken),
    "keeps_possible": Kind(_keeps_possible, _keeps_possible_broken),
    "reachable": Kind(_reachable, _reachable_seen, can_happen=True),
}
