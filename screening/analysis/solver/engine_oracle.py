"""What the real engine says of the answer sets that the solver finds, so that no finding can be an artefact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from screening.ruleset.compiler.classes.option_classes import rule_conditions, strict_classes_by, telling_conditions
from screening.ruleset.compiler.completions.completion_plan import CompletionPlan, completions_of, plan_completions
from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.answers import Plain, State, has_bound
from screening.ruleset.model.expression import Node, Not
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.open_answers import is_open
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.texts import Expression
from screening.ruleset.told.told_texts import ToldTexts

Telling = Callable[[Engine, Mapping[str, Plain]], frozenset[str]]
"""Which texts are told of an answer set, by id, in what is really made of it: page, papers, script for a call."""


class Spoken(NamedTuple):
    """A completion of an answer set of which a guarantee speaks, or does not, and a category that it gives."""

    is_spoken_of: bool
    is_surely_spoken_of: bool
    """The same, but where a number beyond its range leaves the exception open."""
    category: str


class Judge:
    """One engine, asked about categories, severity, what is told, and what a guarantee speaks of."""

    def __init__(self, engine: Engine, telling: Telling | None = None) -> None:
        """Without `telling` texts are told where they have their places."""
        self.engine = engine
        self._telling = telling
        self.rule_set = engine.rule_set
        self._severity = {category.id: category.severity for category in engine.rule_set.categories}
        self._without: dict[frozenset[str], Judge] = {engine.parts_off: self}
        self._plans: dict[tuple[tuple[Expression, ...], bool], CompletionPlan] = {}
        self._conditions: dict[Node, Callable[..., bool]] = {}

    def without(self, parts_off: frozenset[str]) -> Judge:
        """The judge for a service with these parts off."""
        if parts_off not in self._without:
            self._without[parts_off] = Judge(Engine(self.rule_set, parts_off, self.engine.plan), self._telling)
        return self._without[parts_off]

    def outcome(self, answers: Mapping[str, Plain]) -> Outcome:
        """The outcome of an answer set."""
        return self.engine.evaluate(answers)

    def category(self, answers: Mapping[str, Plain]) -> str:
        """The category of an answer set."""
        return self.engine.evaluate(answers).category

    def is_milder(self, answers: Mapping[str, Plain], than: Mapping[str, Plain]) -> bool:
        """Whether an answer set gives a lower severity than another; categories without one do not compare."""
        one, other = self._severity[self.category(answers)], self._severity[self.category(than)]
        return one is not None and other is not None and one < other

    def is_unsure(self, name: str, answers: Mapping[str, Plain]) -> bool:
        """Whether the answer that counts to a question leaves it open."""
        counted, _ = self.engine.functions.effective(self.engine.state(answers))
        return is_open(self.rule_set.question[name], counted[name])

    # --- what is told ---

    def told(self, answers: Mapping[str, Plain]) -> frozenset[str]:
        """The ids of the texts that are told of an answer set."""
        return self._telling(self.engine, answers) if self._telling else self._told_texts.told(answers)

    def holds_as_given(self, condition: Node, answers: Mapping[str, Plain]) -> bool:
        """Whether a condition holds as the answers were given, like those of texts."""
        return self._told_texts.holds(condition, answers)

    @cached_property
    def _told_texts(self) -> ToldTexts:
        return ToldTexts(self.engine)

    # --- what a guarantee speaks of ---

    def may_speak_of(self, guarantee: Guarantee, answers: Mapping[str, Plain]) -> bool:
        """Whether a guarantee speaks of some completion of an answer set."""
        return any(completion.is_spoken_of for completion in self.completions(guarantee, answers))

    def surely_speaks_of(self, guarantee: Guarantee, answers: Mapping[str, Plain]) -> bool:
        """Whether a guarantee speaks of every completion of an answer set."""
        return all(completion.is_surely_spoken_of for completion in self.completions(guarantee, answers))

    def completions(self, guarantee: Guarantee, answers: Mapping[str, Plain]) -> Iterator[Spoken]:
        """Every class of completions that rules or guarantee tell apart, with each category that it may give."""
        counted, _ = self.engine.functions.effective(self.engine.state(answers))
        plan = self._told_apart(guarantee, bounded=has_bound(counted))
        for completion in completions_of(plan.groups, counted):
            complete = counted | completion
            speaks = self._may_speak_of(guarantee, complete), self._surely_speaks_of(guarantee, complete)
            for category in self.engine.functions.settle(complete):
                yield Spoken(*speaks, category)

    def _told_apart(self, guarantee: Guarantee, *, bounded: bool) -> CompletionPlan:
        own = tuple(condition for condition in (guarantee.when, guarantee.except_when) if condition)
        if (own, bounded) not in self._plans:
            trees = [condition.tree for condition in own]
            conditions = [*rule_conditions(self.rule_set), *telling_conditions(trees, self.engine.names)]
            classes = strict_classes_by(self.rule_set, conditions)
            self._plans[own, bounded] = plan_completions(self.rule_set, classes, trees, bounded=bounded)
        return self._plans[own, bounded]

    def _may_speak_of(self, guarantee: Guarantee, complete: State) -> bool:
        when, except_when = guarantee.when, guarantee.except_when
        included = when is None or self._holds(when.tree, complete)
        return included and (except_when is None or not self._holds(except_when.tree, complete))

    def _surely_speaks_of(self, guarantee: Guarantee, complete: State) -> bool:
        when, except_when = guarantee.when, guarantee.except_when
        included = when is None or self._holds(when.tree, complete)
        return included and (except_when is None or self._holds(Not(except_when.tree), complete))

    def _holds(self, condition: Node, complete: State) -> bool:
        if condition not in self._conditions:
            self._conditions[condition] = compile_condition(self.rule_set, condition, EvaluationMode.SETTLED)
        holding, _ = self.engine.functions.observe(complete)
        return self._conditions[condition](complete, "", None, frozenset(), holding)
