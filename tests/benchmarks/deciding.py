"""Deciding an answer set: the generated functions beside the plain function, and beside other rule engines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.answers import State
from tests.benchmarks.measuring import medians
from tests.benchmarks.other_engines import context, other_engines
from tests.benchmarks.plain_liver import decide


def settled_states(rules: LoadedRules) -> list[State]:
    """The answer sets of the cases in which every strict question is settled."""
    states = [rules.engine.state(plain_answers(rules.rule_set, case.answers)) for case in rules.cases]
    return [state for state in states if rules.engine.functions.explain(state) is not None]


def report(rules: LoadedRules) -> Iterator[str]:
    """One line a figure."""
    states = settled_states(rules)
    functions = rules.engine.functions

    told = [context(rules.engine, state) for state in states]

    def over(work: object) -> partial[None]:
        return partial(_each, work, states)

    figures = medians(
        {
            "plain": over(decide),
            "decided": over(functions.decide),
            "explained": over(rules.engine.evaluate),
            **{name: partial(_each, work, told) for name, work in other_engines(rules.rule_set).items()},
        }
    )
    each = 1e6 / len(states)
    yield f"plain Python function of the same rules: {figures['plain'] * each:.2f} us an answer set ({len(states)} of them)"
    yield f"decided: {figures['decided'] / figures['plain']:.2f} x the plain function (wanted: at most 1.5)"
    yield f"with explanation: {figures['explained'] / figures['plain']:.2f} x the plain function (wanted: at most 5)"
    for name in figures:
        if name not in ("plain", "decided", "explained"):
            yield f"for the record, {name}, deciding alone: {figures[name] / figures['plain']:.1f} x the plain function"
    yield from _unknown(rules)


def _each(work: object, states: list[Any]) -> None:
    for state in states:
        work(state)  # type: ignore[operator]


def _unknown(rules: LoadedRules) -> Iterator[str]:
    nothing = {"age": Decimal(50)}
    figures = medians(
        {
            "possible": lambda: rules.engine.possible(nothing),
            "outcome": lambda: rules.engine.evaluate(nothing),
            "explained": lambda: rules.explainer.explain(nothing),
        }
    )
    yield f"everything unknown, possible categories: {figures['possible'] * 1e3:.3f} ms; outcome: {figures['outcome'] * 1e3:.3f} ms (wanted: at most 1)"
    yield f"everything unknown, missing and settled-by together: {figures['explained'] * 1e3:.2f} ms (wanted: at most 30)"
