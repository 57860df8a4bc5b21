"""The liver rules: the engine against the brute force, and against a plainly written Python function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_UP, Context, Decimal, localcontext
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet, Value
from tests.benchmarks.plain_liver import decide
from tests.support.rules.brute_force import Answers, BruteForce, completed, subsets
from tests.support.rules.interpreter import Given
from tests.support.rules.random_liver import LiverAnswers, reads, telling
from tests.support.rules.random_rules import is_open

ASKED_WITH_CIRRHOSIS = ("transplant_talk", "other_comp", "child_pugh", "meld")


@pytest.fixture(scope="module")
def without_results(liver: LoadedRules) -> Engine:
    """The engine where the pages for numbers are switched off."""
    return Engine(liver.rule_set, frozenset({"results"}))


@pytest.fixture(scope="module")
def strategies(liver: LoadedRules) -> LiverAnswers:
    """Random answers."""
    return LiverAnswers(liver.rule_set)


@given(st.data())
@settings(max_examples=100)
def test_the_outcome_is_that_of_the_brute_force(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = drawn.draw(strategies.open)
    BruteForce(liver.rule_set).assert_same(liver.engine.evaluate(said), said)


@given(st.data())
@settings(max_examples=50)
def test_the_outcome_without_the_optional_part_is_that_of_the_brute_force(
    liver: LoadedRules, without_results: Engine, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = drawn.draw(strategies.open)
    BruteForce(liver.rule_set, frozenset({"results"})).assert_same(without_results.evaluate(said), said)


# --- against the plain function ------------------------------------------------------------------


@given(st.data())
@settings(max_examples=200)
def test_settled_answers_are_decided_as_the_plain_function_decides_them(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = dict(drawn.draw(strategies.settled))
    wanted = decide(said)
    assert liver.engine.functions.decide(said) == wanted
    assert liver.engine.evaluate(said).category == wanted
    assert liver.engine.possible(said) == {wanted}


@pytest.mark.slow
@given(st.data())
@settings(max_examples=15)
def test_with_nothing_strict_answered_every_category_that_some_completion_gives_is_possible_and_no_other(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = unsettled(liver.rule_set, drawn.draw(strategies.open))
    assert liver.engine.possible(said) == {decide(answers) for answers in telling_completions(liver.rule_set, said)}


@pytest.mark.slow
@pytest.mark.parametrize("told", [{"told": "liver_no_scar"}, {"told": "cirrhosis_unknown", "lsm": Decimal(14)}])
def test_the_same_over_each_of_seven_million_completions(liver: LoadedRules, told: Answers) -> None:
    said = unsettled(liver.rule_set, {**blank(liver.rule_set), "age": Decimal(50), **told})
    strict = [question for question in liver.rule_set.questions if question.strict]
    names = [question.id for question in strict]
    found = {
        decide({**said, **dict(zip(names, chosen, strict=True))})
        for chosen in product(*(completed(question, said[question.id]) for question in strict))
    }
    assert liver.engine.possible(said) == found


def blank(rule_set: RuleSet) -> dict[str, Given]:
    """No answer to any question."""
    return BruteForce(rule_set).state({})


def unsettled(rule_set: RuleSet, said: Answers) -> dict[str, Given]:
    """The answers without those to strict questions, and without those that are then not asked.

    The plain function asks again what is asked for every completion, the engine once for all of them.
    """
    kept = {**said, **{question.id: blank(rule_set)[question.id] for question in rule_set.questions if question.strict}}
    _, asked = BruteForce(rule_set).counted(kept)
    return {**kept, **{name: blank(rule_set)[name] for name in ASKED_WITH_CIRRHOSIS if name not in asked}}


def telling_completions(rule_set: RuleSet, said: Answers) -> Iterator[dict[str, Given]]:
    """All completions but those in which several options are ticked in one question.

    The plain function asks of ticks only whether one of some is there: more of them decide what one of them does.
    """
    strict = [question for question in rule_set.questions if question.strict]
    sides = [
        [
            answer
            for answer in completed(question, said[question.id])
            if not isinstance(answer, frozenset) or len(answer) <= 1
        ]
        for question in strict
    ]
    for chosen in product(*sides):
        yield {**said, **dict(zip([question.id for question in strict], chosen, strict=True))}


# --- what changes the outcome --------------------------------------------------------------------


@given(st.data())
@settings(max_examples=40)
def test_missing_are_the_open_questions_that_alone_or_as_inputs_of_a_value_change_the_possible_set(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = drawn.draw(strategies.open)
    outcome = liver.engine.evaluate(said)
    left = [
        question
        for question in liver.rule_set.questions
        if question.id in outcome.asked and is_open(question, said[question.id])
    ]
    alone = {question.id for question in left if changes(liver, said, [question], outcome.possible)}
    missing = liver.explainer.explain(said).missing
    assert alone <= set(missing)
    assert missing == tuple(question.id for question in left if question.id in missing)
    unknown = [value for value in liver.rule_set.values if outcome.values[value.id] is None]
    for name in set(missing) - alone:
        inputs_by_value = [
            [question for question in left if question.id in names_read(liver, value)] for value in unknown
        ]
        together = [
            inputs for inputs in inputs_by_value if name in {question.id for question in inputs} <= set(missing)
        ]
        assert any(changes(liver, said, inputs, outcome.possible) for inputs in together), name


def names_read(liver: LoadedRules, value: Value) -> set[str]:
    """The questions that a value reads, through other values too."""
    return set(reads(liver.rule_set, value.expression.tree))


def changes(liver: LoadedRules, said: Answers, questions: list[Question], possible: frozenset[str]) -> bool:
    """Whether some answers to all of these questions make anything else possible."""
    names = [question.id for question in questions]
    answers = product(*(later(liver.rule_set, question, said[question.id]) for question in questions))
    return any(liver.engine.possible({**said, **dict(zip(names, name, strict=True))}) != possible for name in answers)


def later(rule_set: RuleSet, question: Question, given: Given) -> list[Given]:
    """Answers to an open question: all options, all sets of ticks, and the numbers around each threshold."""
    if question.type is QuestionType.NUMBER:
        return list(telling(rule_set, question))
    if isinstance(given, frozenset):
        codes = [option.code for option in question.options if not option.exclusive and option.code not in given]
        return [(given - {None}) | more for more in subsets(codes)]
    if given is not None and given not in question.unsure_codes:
        return completed(question, given)
    return [option.code for option in question.options]


@pytest.mark.slow
@given(st.data())
@settings(max_examples=40)
def test_each_possible_category_is_settled_by_answers_of_which_none_can_be_left_out(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = drawn.draw(strategies.open)
    possible = liver.engine.possible(said)
    settled_by = liver.explainer.explain(said).settled_by
    settled = {settling.category for settling in settled_by}
    assert settled <= (possible if len(possible) > 1 else set())
    if len(possible) > 1 and settled != possible:  # only where an answer decides anew what is asked, and so what counts
        asked = liver.engine.asked_questions(said)
        assert any(liver.engine.asked_questions(answers) != asked for answers in strategies.completed(said))
    for settling in settled_by:
        assert liver.engine.possible({**said, **settling.answers}) == {settling.category}
        for name in settling.answers:
            fewer = {**said, **settling.answers, name: said[name]}
            assert liver.engine.possible(fewer) != {settling.category}


# --- other properties ----------------------------------------------------------------------------


@given(st.data())
@settings(max_examples=60)
def test_an_interrupt_is_never_taken_back_by_a_later_answer(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    answers = drawn.draw(strategies.open)
    said: dict[str, Given] = {}
    shown: set[str] = set()
    for name in drawn.draw(st.permutations(list(answers))):
        said[name] = answers[name]
        now = {ground.id for ground in liver.engine.interrupts(said, said.keys())}
        assert shown <= now
        shown = now
    grounds = liver.engine.evaluate(said).grounds
    assert shown == {name for name in grounds if liver.rule_set.ground[name].interrupt}


@given(st.data())
@settings(max_examples=60)
def test_the_ambient_decimal_context_changes_nothing(
    liver: LoadedRules, strategies: LiverAnswers, drawn: st.DataObject
) -> None:
    said = drawn.draw(strategies.open)
    outcome = liver.engine.evaluate(said)
    with localcontext(Context(prec=2, rounding=ROUND_UP)):
        assert liver.engine.evaluate(said) == outcome


@pytest.mark.parametrize(
    ("numbers", "fib4"),
    [
        ({"age": 50, "ast": 85, "alt": 60, "platelets": 140}, "3.919"),
        ({"age": 67, "ast": 40, "alt": 25, "platelets": 180}, "2.978"),
        ({"age": 41, "ast": 30, "alt": 45, "platelets": 250}, "0.733"),
    ],
)
def test_fib4_is_worked_out_as_the_clinical_document_does(
    liver: LoadedRules, numbers: Mapping[str, int], fib4: str
) -> None:
    outcome = liver.engine.evaluate({name: Decimal(number) for name, number in numbers.items()})
    value = outcome.values["fib4"]
    assert isinstance(value, Decimal)
    assert value.quantize(Decimal("0.001")) == Decimal(fib4)
