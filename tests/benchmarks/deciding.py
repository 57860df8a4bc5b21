"""Deciding an answer set: the generated functions beside a plain function, of three files; and other rule engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.model.answers import State
from tests.benchmarks.measuring import medians
from tests.benchmarks.other_engines import context, other_engines
from tests.benchmarks.plain_ckd import decide as decide_ckd
from tests.benchmarks.plain_liver import decide as decide_liver
from tests.benchmarks.plain_phq9 import decide as decide_phq9

PLAIN: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "liver": decide_liver,
    "ckd": decide_ckd,
    "phq-9": decide_phq9,
}
"""By rule file, its rules as a plain function."""


def settled_states(rules: LoadedRules) -> list[State]:
    """The answer sets of the cases in which every strict question is settled."""
    states = [rules.engine.state(plain_answers(rules.rule_set, case.answers)) for case in rules.cases]
    return [state for state in states if rules.engine.functions.explain(state) is not None]


def report(rules: LoadedRules) -> Iterator[str]:
    """One line a figure: of the liver rules all, of the other files what deciding and explaining cost."""
    yield from _beside_plain(rules, others=True)
    for name in PLAIN.keys() - {rules.path.stem}:
        yield from _beside_plain(load_rule_file(rules.path.with_name(f"{name}.yaml")), others=False)
    yield from _unknown(rules)


def _beside_plain(rules: LoadedRules, *, others: bool) -> Iterator[str]:
    """Medians of one run, as ratios; `others`: with other rule engines."""
    name, decide = rules.path.stem, PLAIN[rules.path.stem]
    states = settled_states(rules)
    functions = rules.engine.functions

    told = [context(rules.engine, state) for state in states] if others else []

    def over(work: object) -> partial[None]:
        return partial(_each, work, states)

    figures = medians(
        {
            "plain": over(decide),
            "decided": over(functions.decide),
            "explained": over(rules.engine.evaluate),
            **(
                {engine: partial(_each, work, told) for engine, work in other_engines(rules.rule_set).items()}
                if others
                else {}
            ),
        }
    )
    to_one_set = 1e6 / len(states)
    yield f"{name}, plain Python function of the same rules: {figures['plain'] * to_one_set:.2f} us an answer set ({len(states)} of them)"
    yield f"{name}, decided: {figures['decided'] / figures['plain']:.2f} x the plain function (wanted: at most 1.5)"
    yield f"{name}, with explanation: {figures['explained'] / figures['plain']:.2f} x the plain function (wanted: at most 5)"
    for each_engine in figures.keys() - {"plain", "decided", "explained"}:
        ratio = figures[each_engine] / figures["plain"]
        yield f"for the record, {each_engine}, deciding alone: {ratio:.1f} x the plain function"


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
