"""The engine says of random small rule sets what the brute force says: every operator, in every mode."""

from __future__ import annotations

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from screening.rulefiles.model.shape import check_shape, rule_file_schema
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.texts import Block
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.random_rules import PART, answers, rule_files
from tests.support.rules.small_rules import Members, built, problems_in, whole

parts_off = st.sampled_from([frozenset[str](), frozenset({PART})])


@given(rule_files())
@settings(max_examples=100)
def test_random_rule_files_have_no_mistake(data: Members) -> None:
    assert check_shape(whole(data), rule_file_schema()) == []
    assert problems_in(data) == []


def assert_outcomes_of_the_brute_force(data: Members, drawn: st.DataObject, off: frozenset[str]) -> None:
    """Some answer sets of one rule file have the outcomes that the brute force works out."""
    rule_set = built(data)
    engine, brute_force = Engine(rule_set, off), BruteForce(rule_set, off)
    note(engine.functions.source)
    for _ in range(5):
        said = drawn.draw(answers(rule_set))
        brute_force.assert_same(engine.evaluate(said), said)


@given(rule_files(), st.data(), parts_off)
@settings(max_examples=100)
def test_the_outcome_is_that_of_the_brute_force(data: Members, drawn: st.DataObject, off: frozenset[str]) -> None:
    assert_outcomes_of_the_brute_force(data, drawn, off)


@pytest.mark.slow
@given(rule_files(), st.data(), parts_off)
@settings(max_examples=250)
def test_the_same_of_many_more_rule_files(data: Members, drawn: st.DataObject, off: frozenset[str]) -> None:
    assert_outcomes_of_the_brute_force(data, drawn, off)


@given(rule_files(), st.data(), parts_off)
@settings(max_examples=100)
def test_deciding_settled_answers_gives_the_one_possible_category(
    data: Members, drawn: st.DataObject, off: frozenset[str]
) -> None:
    rule_set = built(data)
    engine, brute_force = Engine(rule_set, off), BruteForce(rule_set, off)
    for _ in range(5):
        said = drawn.draw(answers(rule_set, settled=True))
        decided = engine.functions.decide(brute_force.state(said))
        assert {decided} == engine.possible(said) == brute_force.possible(said)
        brute_force.assert_same(engine.evaluate(said), said)


@given(rule_files(), st.data())
@settings(max_examples=100)
def test_a_text_is_shown_where_a_note_with_its_condition_is(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    engine = Engine(rule_set)
    blocks = [Block(told.id, when=told.when) for told in rule_set.notes]
    for _ in range(3):
        said = drawn.draw(answers(rule_set))
        outcome = engine.evaluate(said)
        shown = engine.shown_blocks((Block("always"), *blocks), said, outcome)
        assert [block.id for block in shown] == ["always", *outcome.notes]
