"""The formulas say of every answer set what the engine says: categories, grounds, values, notes, what is asked."""

from __future__ import annotations

import pytest
import z3
from hypothesis import given, note, settings
from hypothesis import strategies as st

from screening.analysis.solver.rule_formulas import RuleModel
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from tests.analysis.said import Asking, acceptable
from tests.support.rules.brute_force import Answers
from tests.support.rules.random_liver import LiverAnswers
from tests.support.rules.random_rules import PART, answers, rule_files
from tests.support.rules.small_rules import Members, built

PARTS_OFF = st.sampled_from([frozenset[str](), frozenset({PART})])


def assert_same(model: RuleModel, engine: Engine, said: Answers) -> None:
    """The engine and the formulas say the same of an answer set."""
    said = acceptable(engine.rule_set, said)
    outcome = engine.evaluate(said)
    asking = Asking(model, said, engine.parts_off)
    assert {name for name, term in model.category.items() if asking.can_be(term)} == outcome.possible
    for name in engine.rule_set.question:
        assert asking.must_be(model.formulas.asked(name)) == (name in outcome.asked), name
    for name, value in outcome.values.items():
        assert_same_value(model, asking, name, value)
    for name, term in model.notes.items():
        if not model.speaks_of_outcome(name):
            assert asking.must_be(term) == (name in outcome.notes), name
    if len(outcome.possible) == 1 and asking.must_be(model.all_settled):
        assert {name for name, term in model.holding.items() if asking.must_be(term)} == set(outcome.grounds)


def assert_same_value(model: RuleModel, asking: Asking, name: str, found: object) -> None:
    tree = model.rule_set.value[name].expression.tree
    if is_nothing(tree, model.formulas.names):
        return
    if is_number(tree, model.formulas.names):
        number = model.formulas.number(tree, EvaluationMode.GIVEN)
        assert asking.must_be(number.known) == (found is not None), name
        if found is not None:
            off = number.value - z3.RealVal(str(found))
            tiny = z3.RealVal("0.0000000001")
            assert asking.must_be(z3.And(off <= tiny, -off <= tiny)), name
        return
    condition = model.formulas.condition(tree, EvaluationMode.GIVEN)
    assert (asking.must_be(condition.true), asking.must_be(condition.false)) == (found is True, found is False), name


@given(rule_files(arithmetic=False), st.data(), PARTS_OFF)
@settings(max_examples=80)
def test_of_random_rule_files_they_say_what_the_engine_says(
    data: Members, drawn: st.DataObject, off: frozenset[str]
) -> None:
    engine = Engine(built(data), off)
    note(engine.functions.source)
    model = RuleModel(engine.rule_set)
    for _ in range(3):
        assert_same(model, engine, drawn.draw(answers(engine.rule_set)))


@given(rule_files(), st.data())
@settings(max_examples=60)
def test_of_random_rule_files_with_arithmetic_too(data: Members, drawn: st.DataObject) -> None:
    engine = Engine(built(data))
    note(engine.functions.source)
    assert_same(RuleModel(engine.rule_set), engine, drawn.draw(answers(engine.rule_set)))


@given(rule_files(), st.data(), PARTS_OFF)
@settings(max_examples=60)
def test_every_answer_set_that_can_be_given_is_among_those_spoken_of(
    data: Members, drawn: st.DataObject, off: frozenset[str]
) -> None:
    engine = Engine(built(data), off)
    said = acceptable(engine.rule_set, drawn.draw(answers(engine.rule_set)))
    asking = Asking(RuleModel(engine.rule_set), said, off)
    assert asking.can_be(z3.BoolVal(True))


@pytest.fixture(scope="module")
def liver_model(liver: LoadedRules) -> RuleModel:
    """The formulas of the liver rules."""
    return RuleModel(liver.rule_set)


@pytest.fixture(scope="module")
def liver_answers(liver: LoadedRules) -> LiverAnswers:
    """Random answers to the liver questions."""
    return LiverAnswers(liver.rule_set)


@given(st.data())
@settings(max_examples=30)
def test_of_the_liver_rules_they_say_what_the_engine_says(
    liver: LoadedRules, liver_model: RuleModel, liver_answers: LiverAnswers, data: st.DataObject
) -> None:
    assert_same(liver_model, liver.engine, data.draw(liver_answers.settled))
    assert_same(liver_model, liver.engine, data.draw(liver_answers.open))


@given(st.data())
@settings(max_examples=15)
def test_of_the_liver_rules_without_the_pages_for_numbers_too(
    liver: LoadedRules, liver_model: RuleModel, liver_answers: LiverAnswers, data: st.DataObject
) -> None:
    engine = liver.explainer_without(frozenset({"results"})).engine
    assert_same(liver_model, engine, data.draw(liver_answers.open))
