"""How many pages are still to come at most, against a judge that tries every answer, and on the whole liver file."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.pages_left import MOST_COMPLETIONS, PageCounter, page_counter
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.support.cases import RULES
from tests.support.rules import small_rules as small
from tests.support.rules.all_answers import accepted
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import Given
from tests.support.rules.random_rules import rule_files

ENGINE = RULES.explainer_without(frozenset()).engine


def judged(rule_set: RuleSet, answers: Mapping[str, Given], answered: Collection[str], off: frozenset[str]) -> int:
    """The most pages to come, by trying every answer to every question that has none."""
    brute = BruteForce(rule_set, off)
    free = [question for question in rule_set.questions if question.id not in answered]
    most = 0
    for chosen in product(*map(accepted, free)):
        whole = {**answers, **{question.id: one for question, one in zip(free, chosen, strict=True)}}
        _, asked = brute.counted(whole)
        most = max(
            most, sum(pages_for(page.questions, page.read_back, asked, whole, answered) for page in rule_set.pages)
        )
    return most


def pages_for(
    questions: Collection[Question],
    read_back: bool,
    asked: Collection[str],
    whole: Mapping[str, Given],
    answered: Collection[str],
) -> int:
    """How often one page is shown still."""
    coming = [question for question in questions if question.id in asked]
    if all(question.id in answered for question in coming):
        return 0
    typed = [question for question in coming if question.type is QuestionType.NUMBER and whole[question.id] is not None]
    return 1 + bool(read_back and typed)


@st.composite
def some_way_on(draw: st.DrawFn, *, arithmetic: bool) -> tuple[RuleSet, dict[str, Given], frozenset[str]]:
    """A random rule set whose pages hold one or two questions, some answers to it, and parts that are off."""
    members = draw(rule_files(arithmetic=arithmetic, most_questions=4))
    rule_set = small.built(members)
    pages = tuple(replace(page, read_back=draw(st.booleans())) for page in rule_set.pages)
    rule_set = replace(rule_set, pages=pages)
    answers = {
        question.id: draw(st.sampled_from(accepted(question))) for question in rule_set.questions if draw(st.booleans())
    }
    return rule_set, answers, draw(st.sampled_from([frozenset(), frozenset({"extra"})]))


def sizes(rule_set: RuleSet, answers: Collection[str]) -> int:
    """How many completions the judge has to try."""
    count = 1
    for question in rule_set.questions:
        if question.id not in answers:
            count *= len(accepted(question))
    return count


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(way=some_way_on(arithmetic=False))
def test_the_number_is_the_maximum_over_every_completion(way: tuple[RuleSet, dict[str, Given], frozenset[str]]) -> None:
    rule_set, answers, off = way
    assume(sizes(rule_set, answers) <= 3_000)
    counter = PageCounter(Engine(rule_set, off))
    left, wanted = counter.most_left(answers, answers.keys()), judged(rule_set, answers, answers.keys(), off)
    assert left >= wanted
    assert left == wanted or counter.classes.entangled


@pytest.mark.slow
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(way=some_way_on(arithmetic=True))
def test_with_formulas_the_number_is_never_too_small(way: tuple[RuleSet, dict[str, Given], frozenset[str]]) -> None:
    rule_set, answers, off = way
    assume(sizes(rule_set, answers) <= 3_000)
    counter = PageCounter(Engine(rule_set, off))
    assert counter.most_left(answers, answers.keys()) >= judged(rule_set, answers, answers.keys(), off)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_number_never_rises_while_the_liver_questions_are_answered(seed: int) -> None:
    dice = random.Random(seed)
    counter = page_counter(ENGINE)
    answers: dict[str, Given] = {}
    before = counter.most_left({}, ())
    while True:
        asked = ENGINE.asked_questions(answers)
        page = next(
            (page for page in RULES.rule_set.pages if any(q.id in asked - answers.keys() for q in page.questions)), None
        )
        left = counter.most_left(answers, answers.keys())
        assert left <= before
        if page is None:
            assert left == 0
            return
        assert left >= 1
        before = left
        for question in page.questions:
            answers[question.id] = dice.choice(some_answers(question))


def some_answers(question: Question) -> list[Given]:
    """A few answers of each sort."""
    if question.type is QuestionType.NUMBER:
        return [*(() if question.required else (None,)), question.units[0].minimum, question.units[0].maximum]
    if question.type is QuestionType.TEXT:
        return [WRITTEN, None]
    if question.type is QuestionType.CHOICE:
        return [*question.option, None]
    ordinary = [option.code for option in question.options if not option.exclusive]
    return [frozenset(), frozenset(ordinary[:1]), frozenset(ordinary), frozenset({None})]


def test_on_the_liver_file_nothing_is_left_to_guessing() -> None:
    counter = page_counter(ENGINE)
    assert not counter.classes.entangled
    group = max(counter._groups([page.id for page in RULES.rule_set.pages], ()), key=lambda page: len(page.questions))
    completions = 1
    for name in group.questions:
        completions *= len(counter._stand_ins[name])
    assert completions <= MOST_COMPLETIONS / 4


def test_pages_that_exclude_each_other_are_not_both_counted() -> None:
    rule_set = small.built(
        small.rule_file(
            [
                small.page(small.choice("way", "a", "b")),
                small.page(small.choice("left", "x", "y", ask_if='definitely(way == "a")')),
                small.page(small.choice("right", "x", "y", ask_if='definitely(way == "b")')),
                small.page(small.choice("more", "x", "y", ask_if='definitely(way == "b")')),
            ],
            [small.rule("one", small.ground("g", 'definitely(way == "a")'))],
        )
    )
    counter = PageCounter(Engine(rule_set))
    assert counter.most_left({}, ()) == 3
    assert counter.most_left({"way": "a"}, ["way"]) == 1
    assert counter.most_left({"way": "b"}, ["way"]) == 2
    assert counter.most_left({"way": None}, ["way"]) == 0
