"""What holds of every rule set and every answer set, tried on random small ones."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Context, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.expression import Name, Node
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import Given
from tests.support.rules.random_rules import all_answers, answers, later_answers, rule_files
from tests.support.rules.small_rules import Members, built


@given(rule_files(), st.data())
@settings(max_examples=80)
def test_the_order_in_which_answers_are_given_never_matters(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    engine = Engine(rule_set)
    said = drawn.draw(answers(rule_set))
    shuffled = dict(drawn.draw(st.permutations(list(said.items()))))
    assert engine.evaluate(shuffled) == engine.evaluate(said)
    assert engine.asked_questions(shuffled) == engine.asked_questions(said)


@given(rule_files(), st.data())
@settings(max_examples=80)
def test_an_answer_of_not_sure_says_as_much_as_none(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    engine = Engine(rule_set)
    said = drawn.draw(answers(rule_set))
    assert engine.evaluate(BruteForce(rule_set).state(said)) == engine.evaluate(said)


@given(rule_files(), st.data())
@settings(max_examples=200)
def test_settling_a_strict_answer_never_adds_a_possible_category(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    engine = Engine(rule_set)
    said = drawn.draw(answers(rule_set))
    outcome = engine.evaluate(said)
    for question in rule_set.questions:
        if question.strict:
            for answer in later_answers(question, said.get(question.id)):
                more = {**said, question.id: answer}
                if engine.asked_questions(more) == outcome.asked:
                    assert engine.possible(more) <= outcome.possible


@given(rule_files(), st.data())
@settings(max_examples=60)
def test_an_answer_to_a_question_that_is_not_asked_reaches_no_rule(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    engine = Engine(rule_set)
    said = drawn.draw(answers(rule_set))
    outcome = engine.evaluate(said)
    asked_alone = {name: answer for name, answer in said.items() if name in outcome.asked}
    assert engine.evaluate(asked_alone) == outcome._replace(ignored=())


@given(rule_files(most_questions=3), st.data())
@settings(max_examples=30)
def test_the_ambient_decimal_context_changes_nothing(data: Members, drawn: st.DataObject) -> None:
    assert_the_context_changes_nothing(data, drawn)


@pytest.mark.slow
@given(rule_files(), st.data())
@settings(max_examples=60)
def test_nor_does_it_where_there_are_more_questions(data: Members, drawn: st.DataObject) -> None:
    assert_the_context_changes_nothing(data, drawn)


def assert_the_context_changes_nothing(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    said = drawn.draw(answers(rule_set))
    engine = Engine(rule_set)
    outcome, explanation = engine.evaluate(said), Explainer(engine).explain(said)
    with localcontext(Context(prec=2, rounding=ROUND_DOWN, Emax=3, Emin=-3)):
        engine = Engine(rule_set)
        assert engine.evaluate(said) == outcome
        assert Explainer(engine).explain(said) == explanation


# --- interrupts ----------------------------------------------------------------------------------


@given(rule_files(), st.data())
@settings(max_examples=200)
def test_an_interrupt_is_never_taken_back_by_a_later_answer(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    engine = Engine(rule_set)
    said: dict[str, Given] = {}
    shown: set[str] = set()
    for question in drawn.draw(st.permutations(rule_set.questions)):
        said[question.id] = drawn.draw(st.sampled_from(all_answers(question, complete=question.required)))
        now = {ground.id for ground in engine.interrupts(said, said.keys())}
        assert shown <= now
        shown = now
    assert shown == {name for name in engine.evaluate(said).grounds if rule_set.ground[name].interrupt}


@given(rule_files(), st.data())
@settings(max_examples=100)
def test_an_interrupt_comes_as_soon_as_nothing_that_it_depends_on_is_still_asked(
    data: Members, drawn: st.DataObject
) -> None:
    rule_set = built(data)
    engine, brute_force = Engine(rule_set), BruteForce(rule_set)
    said = drawn.draw(answers(rule_set))
    counted, asked = brute_force.counted(said)
    certain, _ = brute_force.grounds(counted)
    due = [
        ground
        for ground in rule_set.grounds
        if ground.interrupt
        and ground.id in certain
        and not (asked - said.keys()).intersection(reads(rule_set, ground.when.tree))
    ]
    assert list(engine.interrupts(said, said.keys())) == due


def reads(rule_set: RuleSet, node: Node) -> Iterator[str]:
    """The questions that an expression reads, through values too, and those that decide whether these are asked."""
    for part in node.walk():
        if isinstance(part, Name) and part.name in rule_set.value:
            yield from reads(rule_set, rule_set.value[part.name].expression.tree)
        elif isinstance(part, Name) and part.name in rule_set.question:
            yield part.name
            ask_if = rule_set.question[part.name].ask_if
            if ask_if:
                yield from reads(rule_set, ask_if.tree)
