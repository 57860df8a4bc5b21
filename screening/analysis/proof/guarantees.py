"""Guarantees about one answer set: for each kind, the questions to the solver, and the check by the real engine.

What each kind says stands in `rules/README.md`. A condition is read for every completion of open strict answers, and
always against the guarantee: what must never be is looked for wherever some completion is spoken of; what can be, only
where every one is. A guarantee holds where no query of it has an answer; one of what *can* happen, where one has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers
from screening.ruleset.formulas.algebra import FALSE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.model.expression import Node
from screening.ruleset.model.guarantees import Guarantee

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


def _conditions(guarantee: Guarantee) -> tuple[Node | None, Node | None]:
    """Under which condition a guarantee speaks, and with which exception."""
    when = guarantee.when.tree if guarantee.when else None
    return when, guarantee.except_when.tree if guarantee.except_when else None


def conditions_of(guarantee: Guarantee) -> tuple[Node, ...]:
    """What tells completions apart beside the rules, where it is asked which ones a guarantee speaks of."""
    return tuple(condition for condition in _conditions(guarantee) if condition)


def may_speak_of(model: RuleModel, guarantee: Guarantee) -> Formula:
    """The answer sets of which some completion is spoken of."""
    return model.formulas.in_some_completion(
        lambda completed: completed.spoken_of(*_conditions(guarantee)), *conditions_of(guarantee)
    )


def surely_speaks_of(model: RuleModel, guarantee: Guarantee) -> Formula:
    """The answer sets of which every completion is spoken of."""
    others = model.formulas.in_some_completion(
        lambda completed: negation(completed.surely_spoken_of(*_conditions(guarantee))), *conditions_of(guarantee)
    )
    return negation(others)


def one_of(of: Mapping[str, Formula], categories: Iterable[str]) -> Formula:
    """Where one of some categories is so."""
    return any_of(*(of.get(category, FALSE) for category in categories))


def _some_completion(model: RuleModel, guarantee: Guarantee, gives: Callable[[RuleFormulas], Formula]) -> Query:
    """Is there an answer set with a completion that is spoken of and gives such a category?"""

    def spoken(completed: RuleFormulas) -> Formula:
        return all_of(completed.spoken_of(*_conditions(guarantee)), gives(completed))

    return Query(model, (model.printed(model.formulas.in_some_completion(spoken, *conditions_of(guarantee))),))


def _implies(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    yield _some_completion(model, guarantee, lambda completed: _another(completed, guarantee.then))


def _another(completed: RuleFormulas, categories: Iterable[str]) -> Formula:
    """Where a completion gives another category; beyond a range one may give one of these and another one."""
    if not completed.beyond:
        return negation(one_of(completed.decided, categories))
    return one_of(completed.decided, sorted(completed.decided.keys() - set(categories)))


def _implies_broken(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    completions = judge.completions(guarantee, answers)
    return any(completion.is_spoken_of and completion.category not in guarantee.then for completion in completions)


def _never_with(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    if not guarantee.unsure:
        yield _some_completion(model, guarantee, lambda completed: one_of(completed.decided, guarantee.never))
    given = one_of(model.formulas.category, guarantee.never)
    for name in guarantee.unsure:
        yield _unsure(model, guarantee, name, given)


def _unsure(model: RuleModel, guarantee: Guarantee, name: str, outcome: Formula) -> Query:
    """Is there an answer set that leaves a question open, and has such an outcome?"""
    is_open = model.formulas.is_open(model.rule_set.question[name])
    breach = all_of(is_open, may_speak_of(model, guarantee), outcome)
    return Query(model, (model.printed(breach),), unsure=name)


def _never_with_broken(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    if not guarantee.unsure:
        completions = judge.completions(guarantee, answers)
        return any(completion.is_spoken_of and completion.category in guarantee.never for completion in completions)
    unsure = any(judge.is_unsure(name, answers) for name in guarantee.unsure)
    return unsure and judge.category(answers) in guarantee.never and judge.may_speak_of(guarantee, answers)


def _keeps_possible(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    lost = any_of(*(negation(model.formulas.possible.get(category, FALSE)) for category in guarantee.categories))
    for name in guarantee.unsure:
        yield _unsure(model, guarantee, name, lost)


def _keeps_possible_broken(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    unsure = any(judge.is_unsure(name, answers) for name in guarantee.unsure)
    lost = unsure and not judge.outcome(answers).possible.issuperset(guarantee.categories)
    return lost and judge.may_speak_of(guarantee, answers)


def _reachable(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    given = one_of(model.formulas.category, guarantee.categories)
    yield Query(model, (model.printed(all_of(surely_speaks_of(model, guarantee), given)),))


def _reachable_seen(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    return judge.category(answers) in guarantee.categories and judge.surely_speaks_of(guarantee, answers)


SINGLE: Mapping[str, Kind] = {
    "implies": Kind(_implies, _implies_broken),
    "never_with": Kind(_never_with, _never_with_broken),
    "keeps_possible": Kind(_keeps_possible, _keeps_possible_broken),
    "reachable": Kind(_reachable, _reachable_seen, can_happen=True),
}
