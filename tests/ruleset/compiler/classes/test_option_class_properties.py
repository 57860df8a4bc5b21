"""Classes and thresholds on random rule sets: what is said to make no difference makes none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.compiler.classes.option_classes import OptionClasses, rule_conditions, strict_classes, thresholds
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import Known, Name, Node
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import Given, Reading
from tests.support.rules.random_rules import answers, rule_files
from tests.support.rules.small_rules import Members, built


@given(rule_files(most_questions=4), st.data())
@settings(max_examples=100)
def test_joining_and_writing_values_out_changes_no_meaning(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    names = SymbolTable.of(rule_set)
    brute_force = BruteForce(rule_set)
    complete = brute_force.counted(drawn.draw(answers(rule_set, settled=True)))[0]
    conditions = rule_conditions(rule_set)[: len(rule_set.rules)]
    for condition, one in zip(conditions, rule_set.rules, strict=True):
        wanted = [Reading(rule_set, complete).truth(ground.when.tree) for ground in one.grounds]
        assert Reading(rule_set, complete).truth(condition) is any(wanted)
        assert not values_named(condition, names)


@given(rule_files(most_questions=4), st.data())
@settings(max_examples=100)
def test_options_of_one_class_are_interchangeable_in_every_completion(data: Members, drawn: st.DataObject) -> None:
    rule_set = built(data)
    brute_force = BruteForce(rule_set)
    complete = brute_force.counted(drawn.draw(answers(rule_set, settled=True)))[0]
    for classes in strict_classes(rule_set):
        for swapped in swaps(classes, complete[classes.question.id]):
            other = {**complete, classes.question.id: swapped}
            assert decided(rule_set, other) == decided(rule_set, complete)


@given(st.data())
@settings(max_examples=50)
def test_a_threshold_lies_between_any_two_numbers_that_are_decided_differently(drawn: st.DataObject) -> None:
    rule_set = built(drawn.draw(rule_files(arithmetic=False, most_questions=4)))
    limits = thresholds(rule_conditions(rule_set), SymbolTable.of(rule_set))
    complete = BruteForce(rule_set).counted(drawn.draw(answers(rule_set, settled=True)))[0]
    for question in rule_set.questions:
        if question.type is QuestionType.NUMBER:
            for low, high in product(map(Decimal, range(9)), map(Decimal, range(1, 10))):
                if decided(rule_set, {**complete, question.id: low}) != decided(
                    rule_set, {**complete, question.id: high}
                ):
                    assert any(min(low, high) <= number <= max(low, high) for number in limits.get(question.id, ()))


def values_named(condition: Node, names: SymbolTable) -> set[str]:
    """The values that a condition names; only `known` may."""
    asked = {id(part.subject) for part in condition.walk() if isinstance(part, Known)}
    return {
        part.name for part in condition.walk() if isinstance(part, Name) and id(part) not in asked
    } & names.values.keys()


def swaps(classes: OptionClasses, answer: Given) -> list[Given]:
    """The answer with one option replaced by another of its class; of several choices with more of a class ticked."""
    found: list[Given] = []
    for codes in classes.classes:
        for one, other in combinations(codes, 2):
            if isinstance(answer, frozenset):
                touched = answer & {one, other}
                found += [(answer - {one, other}) | more for more in ({one}, {other}, {one, other}) if touched]
            elif answer in (one, other):
                found.append(other if answer == one else one)
    return found


def decided(rule_set: RuleSet, complete: Mapping[str, Given]) -> str:
    """The category of complete answers."""
    return BruteForce(rule_set).decided(complete, rule_set.rules)
