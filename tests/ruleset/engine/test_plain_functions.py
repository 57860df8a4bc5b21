"""The plain functions beside which deciding is measured say what the engine says: else the figures compare nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.model.questions import Question, QuestionType
from tests.benchmarks import plain_ckd, plain_phq9
from tests.conftest import ROOT
from tests.support.rules.random_liver import whole_answers

PLAIN: dict[str, Callable[[dict[str, Any]], str]] = {"ckd": plain_ckd.decide, "phq-9": plain_phq9.decide}
SELDOM = {"signs": frozenset[str](), "situation": frozenset[str](), "thoughts": "not_at_all"}
"""What most people say: left to chance, nearly every answer set is an emergency."""


@cache
def rules_of(name: str) -> LoadedRules:
    return load_rule_file(ROOT / "rules" / f"{name}.yaml")


def answer(question: Question) -> st.SearchStrategy[Any]:
    if question.type is not QuestionType.NUMBER:
        anything = whole_answers(rules_of("ckd").rule_set, question)
        return st.one_of(*[st.just(SELDOM[question.id])] * 3, anything) if question.id in SELDOM else anything
    unit = question.stored_unit
    low, high = unit.minimum, unit.maximum
    some = st.sampled_from([number for number in (low, high, Decimal(3), Decimal(30)) if low <= number <= high])
    return some | st.decimals(low, min(high, Decimal(300)), places=unit.decimals)


@pytest.mark.parametrize("name", PLAIN)
@given(drawn=st.data())
@settings(max_examples=60)
def test_a_plain_function_gives_the_category_of_the_engine(name: str, drawn: st.DataObject) -> None:
    rules = rules_of(name)
    said = {question.id: drawn.draw(answer(question), label=question.id) for question in rules.rule_set.questions}
    state = rules.engine.state(said)
    assert rules.engine.functions.decide(state) == PLAIN[name](state) == rules.engine.evaluate(said).category
