"""The solver reads printed formulas as the engine reads the answers: what is possible, asked, noted, in every part."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from screening.analysis.solver.rule_formulas import RuleModel
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import TRUE, Formula, negation
from tests.analysis.said import Asking, acceptable
from tests.support.rules.brute_force import Answers
from tests.support.rules.random_liver import LiverAnswers
from tests.support.rules.random_rules import PART, answers, rule_files
from tests.support.rules.small_rules import Members, built

PARTS_OFF = st.sampled_from([frozenset[str](), frozenset({PART})])


def assert_same(model: RuleModel, engine: Engine, said: Answers) -> None:
    """The engine and the solver say the same of an answer set."""
    said = acceptable(engine.rule_set, said)
    outcome = engine.evaluate(said)
    asking = Asking(model, said, engine.parts_off)

    def assert_true(formulas: Mapping[str, Formula], wanted: Collection[str]) -> None:
        for name, formula in formulas.items():
            so = formula if name in wanted else negation(formula)
            assert asking.can_be(so), name
            assert asking.must_be(so) or not asking.is_exact(so), name

    assert_true(model.formulas.possible, outcome.possible)
    assert_true(model.formulas.holding, outcome.grounds)
    assert_true(model.formulas.notes, outcome.notes)
    assert_true({name: model.formulas.asked(name) for name in engine.rule_set.question}, outcome.asked)


@pytest.mark.slow
@given(rule_files(), st.data(), PARTS_OFF)
@settings(max_examples=60)
def test_of_random_rule_files_it_says_what_the_engine_says(
    data: Members, drawn: st.DataObject, off: frozenset[str]
) -> None:
    engine = Engine(built(data), off)
    note(engine.functions.source)
    assert_same(RuleModel(engine.rule_set), engine, drawn.draw(answers(engine.rule_set)))


@given(rule_files(), st.data(), PARTS_OFF)
@settings(max_examples=60)
def test_every_answer_set_that_can_be_given_is_among_those_spoken_of(
    data: Members, drawn: st.DataObject, off: frozenset[str]
) -> None:
    engine = Engine(built(data), off)
    said = acceptable(engine.rule_set, drawn.draw(answers(engine.rule_set)))
    assert Asking(RuleModel(engine.rule_set), said, off).can_be(TRUE)


@pytest.fixture(scope="module")
def liver_model(liver: LoadedRules) -> RuleModel:
    """The formulas of the liver rules."""
    return RuleModel(liver.rule_set)


@pytest.fixture(scope="module")
def liver_answers(liver: LoadedRules) -> LiverAnswers:
    """Random answers to the liver questions."""
    return LiverAnswers(liver.rule_set)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=15)
def test_of_the_liver_rules_it_says_what_the_engine_says(
    liver: LoadedRules, liver_model: RuleModel, liver_answers: LiverAnswers, data: st.DataObject
) -> None:
    assert_same(liver_model, liver.engine, data.draw(liver_answers.settled))
    assert_same(liver_model, liver.engine, data.draw(liver_answers.open))


@pytest.mark.slow
@given(st.data())
@settings(max_examples=10)
def test_of_the_liver_rules_without_the_pages_for_numbers_too(
    liver: LoadedRules, liver_model: RuleModel, liver_answers: LiverAnswers, data: st.DataObject
) -> None:
    engine = liver.explainer_without(frozenset({"results"})).engine
    assert_same(liver_model, engine, data.draw(liver_answers.open))
