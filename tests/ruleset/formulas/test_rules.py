"""The formulas say of every answer set what the engine says: what is possible, met, open, noted, asked, worked out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import FALSE, Formula, Sort, walk
from screening.ruleset.formulas.atoms import Settled
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.model.expression import Name
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.questions import QuestionType
from tests.analysis.drawing import Drawing
from tests.ruleset.formulas.evaluation import Facts
from tests.support.rules.brute_force import Answers, numbers
from tests.support.rules.random_rules import PART, answers, rule_files
from tests.support.rules.small_rules import Members, built, choice, ground, rule, rule_file

RULES = Path("rules")


def assert_same(
    formulas: RuleFormulas, engine: Engine, given: Answers, times: Mapping[str, Decimal] | None = None
) -> Outcome:
    """The engine and the formulas say the same of an answer set; `times` are how long ago its dates are."""
    outcome = engine.evaluate(given)
    strict = [
        question for question in engine.rule_set.questions if question.strict and question.type is QuestionType.NUMBER
    ]
    facts = Facts({**given, **(times or {})}, engine.parts_off, {question.id: numbers(question) for question in strict})

    def true(of: Mapping[str, Formula]) -> set[str]:
        return {name for name, formula in of.items() if facts.hold(formula)}

    assert true(formulas.possible) == outcome.possible
    assert true(formulas.category) == {outcome.category}
    assert true(formulas.holding) == set(outcome.grounds)
    assert {name for name in engine.rule_set.question if facts.hold(formulas.asked(name))} == outcome.asked
    assert true(formulas.notes) == set(outcome.notes)
    underlying = {outcome.underlying.category} if outcome.underlying else set()
    assert true(formulas.underlying) == underlying
    kinds = {kind for kind, formula in formulas.kind.items() if facts.hold(formula)}
    assert kinds == ({outcome.kind} if outcome.kind else set())
    assert_same_values(formulas, facts, outcome)
    if len(outcome.possible) > 1:
        opened = {name for names in outcome.open_grounds.values() for name in names}
        of_possible = {name for name, of in engine.rule_set.category_of.items() if of in outcome.possible}
        assert true(formulas.opened) & of_possible == opened
    return outcome


def assert_same_values(formulas: RuleFormulas, facts: Facts, outcome: Outcome) -> None:
    for value in formulas.rule_set.values:
        tree, found = value.expression.tree, outcome.values[value.id]
        if is_nothing(tree, formulas.names):
            continue
        if is_number(tree, formulas.names):
            number = formulas.number(Name(value.id), EvaluationMode.GIVEN)
            assert any(map(facts.hold, number.values())) == (found is not None), value.id
        else:
            true, false = formulas.truth(Name(value.id), EvaluationMode.GIVEN)
            assert (facts.hold(true), facts.hold(false)) == (found is True, found is False), value.id


@pytest.mark.parametrize("count", [500, pytest.param(6_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ["liver", "audit-c"])
def test_of_a_rule_file_they_say_what_the_engine_says(name: str, count: int) -> None:
    rules = load_rule_file(RULES / f"{name}.yaml")
    formulas = RuleFormulas(rules.rule_set)
    drawing = Drawing(rules.rule_set, seed=count)
    seen = {assert_same(formulas, rules.engine, drawing.answers()).possible for _ in range(count)}
    assert len(seen) > 5


@pytest.mark.slow
def test_they_say_what_the_engine_says_of_items_that_are_added_up() -> None:
    rules = load_rule_file(Path("tests/data/rules/nine_items.yaml"))
    formulas = RuleFormulas(rules.rule_set)
    drawing = Drawing(rules.rule_set, seed=9)
    seen = {assert_same(formulas, rules.engine, drawing.answers()).possible for _ in range(20)}
    assert len(seen) > 5


def test_they_say_the_same_where_many_totals_are_one_kind() -> None:
    items = [
        choice(name, *({"code": code, "score": score} for score, code in enumerate("abc")), strict=True)
        for name in "pqrs"
    ]
    rules = [rule(f"from_{least}", ground(f"ground_{least}", f"total >= {least}")) for least in (6, 3)]
    values = [{"id": "total", "is": f"sum({', '.join(f'score({name})' for name in 'pqrs')})"}]
    engine = Engine(built(rule_file(items, rules, values=values)))
    assert engine.plan.completions == 3
    formulas = RuleFormulas(engine.rule_set)
    for chosen in product([*"abc", None], repeat=4):
        assert_same(formulas, engine, dict(zip("pqrs", chosen, strict=True)))


@pytest.mark.slow
@given(rule_files(), st.data(), st.sampled_from([frozenset[str](), frozenset({PART})]))
@settings(max_examples=60)
def test_of_random_rule_files_too(data: Members, drawn: st.DataObject, off: frozenset[str]) -> None:
    engine = Engine(built(data), off)
    note(engine.functions.source)
    formulas = RuleFormulas(engine.rule_set)
    for _ in range(3):
        assert_same(formulas, engine, drawn.draw(answers(engine.rule_set)))


def test_no_completion_is_left_in_what_is_possible() -> None:
    formulas = RuleFormulas(load_rule_file(RULES / "liver.yaml").rule_set)
    assert any(isinstance(formula.atom, Settled) for formula in walk(*formulas.decided.values()))
    assert not any(
        isinstance(formula.atom, Settled) for formula in walk(*formulas.possible.values(), *formulas.notes.values())
    )


def test_what_is_possible_of_the_liver_rules_stays_small() -> None:
    """A printer writes each part once; a database reads each of them for every row."""
    formulas = RuleFormulas(load_rule_file(RULES / "liver.yaml").rule_set)
    found = list(walk(*formulas.possible.values()))
    assert FALSE not in found
    assert len(found) < 400
    assert sum(formula.sort is Sort.ATOM for formula in found) < 120
