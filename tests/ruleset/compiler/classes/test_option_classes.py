"""Which options no rule tells apart, and the numbers on either side of each threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.compiler.classes.option_classes import (
    OptionClasses,
    merge_tests,
    rule_conditions,
    strict_classes,
    thresholds,
)
from screening.ruleset.language.parsing import parse
from screening.ruleset.language.symbol_table import SymbolTable
from tests.support.every import for_every
from tests.support.rules.interpreter import Ticks
from tests.support.rules.small_rules import Members, built, choice, ground, number, rule, rule_file, several, value

COLOUR = choice("colour", "red", "green", "blue", "grey", strict=True)
SIGNS = several("signs", "fever", "rash", "cough", strict=True)


def classes_of(question: Members, *grounds: str, values: Mapping[str, str] | None = None) -> Sequence[Sequence[str]]:
    """The classes of one strict question under one rule with these grounds."""
    named = [ground(f"g{index}", when) for index, when in enumerate(grounds)]
    listed = [value(name, expression) for name, expression in (values or {}).items()]
    (found,) = strict_classes(
        built(rule_file([number("age", required=True), question], [rule("found", *named)], values=listed))
    )
    return found.classes


# --- the liver rules -----------------------------------------------------------------------------


def test_the_liver_rules_have_576_completions(liver: LoadedRules) -> None:
    assert liver.completions == liver.engine.plan.completions == 576


def test_the_liver_rules_tell_as_many_options_apart_as_the_document_says(liver: LoadedRules) -> None:
    assert {classes.question.id: len(classes.classes) for classes in strict_classes(liver.rule_set)} == {
        "red_flags": 1,
        "ascites": 3,
        "he": 2,
        "bleed": 3,
        "jaundice": 4,
        "cancer": 2,
        "situation": 1,
    }


# --- which options are one class -----------------------------------------------------------------


def test_options_that_every_condition_treats_alike_are_one_class() -> None:
    assert classes_of(COLOUR, 'colour in {"red", "green"}') == (("red", "green"), ("blue", "grey"))
    assert classes_of(COLOUR, 'colour == "red"') == (("red",), ("green", "blue", "grey"))


def test_a_question_that_no_rule_reads_is_one_class() -> None:
    assert classes_of(COLOUR, "age > 3") == (("red", "green", "blue", "grey"),)


def test_splitting_a_rule_into_more_grounds_splits_no_class() -> None:
    one = classes_of(COLOUR, 'colour in {"red", "green", "blue"}')
    assert classes_of(COLOUR, 'colour == "red"', 'colour == "green"', 'colour == "blue"') == one
    ticked = classes_of(SIGNS, 'any_of(signs, "fever", "rash")')
    assert classes_of(SIGNS, 'any_of(signs, "fever")', 'any_of(signs, "rash")') == ticked == (("fever", "rash"),)


def test_a_condition_split_over_values_splits_no_class_either() -> None:
    values = {"warm": 'colour == "red"', "cold": 'not (colour != "blue")', "any_colour": "warm or cold"}
    assert classes_of(COLOUR, "any_colour", values=values) == (("red", "blue"), ("green", "grey"))


def test_rules_for_different_categories_do_split_classes() -> None:
    rules = [rule("first", ground("g", 'colour == "red"')), rule("second", ground("h", 'colour == "green"'))]
    (found,) = strict_classes(built(rule_file([COLOUR], rules)))
    assert found.classes == (("red",), ("green",), ("blue", "grey"))


def test_options_tested_beside_another_question_are_told_apart() -> None:
    assert classes_of(COLOUR, 'colour == "red" and age > 3', 'colour == "green"') == (
        ("red",),
        ("green",),
        ("blue", "grey"),
    )


def test_options_with_different_scores_are_told_apart_where_the_score_is_read() -> None:
    scored = [{"code": "a", "score": 1}, {"code": "b", "score": 1}, {"code": "c", "score": 2}]
    assert classes_of(choice("grade", *scored, strict=True), "score(grade) > 1") == (("a", "b"), ("c",))
    assert classes_of(choice("grade", *scored, strict=True), "age > 1") == (("a", "b", "c"),)


def test_options_that_leave_others_open_or_exclude_them_are_in_no_class() -> None:
    colour = choice("colour", "red", "green", {"code": "reddish", "leaves_open": ["red", "green"]}, strict=True)
    assert classes_of(colour, 'colour == "red"') == (("red",), ("green",))
    signs = several("signs", "fever", "rash", {"code": "none", "exclusive": True}, strict=True)
    assert classes_of(signs, 'any_of(signs, "fever")') == (("fever",),)


def test_notes_values_and_ask_if_split_no_class() -> None:
    data = rule_file(
        [COLOUR, number("size", ask_if='definitely(colour == "blue")')],
        [rule("found", ground("g", 'colour == "red"'))],
        values=[value("v", 'colour == "green"', label="Green")],
    )
    assert strict_classes(built(data))[0].classes == (("red",), ("green", "blue", "grey"))


# --- completions ---------------------------------------------------------------------------------


def option_classes_of(question: Members, *grounds: str) -> OptionClasses:
    """The classes of one strict question with all that they can do."""
    named = [ground(f"g{index}", when) for index, when in enumerate(grounds)]
    return strict_classes(built(rule_file([question], [rule("found", *named)])))[0]


def test_a_choice_has_a_completion_for_each_class_and_several_choices_one_for_each_set_of_classes() -> None:
    assert option_classes_of(COLOUR, 'colour == "red"').completions == 2
    assert option_classes_of(SIGNS, 'any_of(signs, "fever")').completions == 2
    both = option_classes_of(SIGNS, 'any_of(signs, "fever") and any_of(signs, "rash", "cough")')
    assert both.classes == (("fever",), ("rash", "cough"))
    assert both.completions == 4


def test_a_choice_is_completed_by_one_option_of_each_class_that_may_be_true() -> None:
    colour = choice("colour", "red", "green", "blue", {"code": "dark", "leaves_open": ["green", "blue"]}, strict=True)
    assert option_classes_of(colour, 'colour == "red"').choice_candidates() == {
        None: ("red", "green"),
        "red": ("red",),
        "green": ("green",),
        "blue": ("blue",),
        "dark": ("green",),
    }


def test_ticks_are_completed_by_every_set_of_the_classes_not_yet_ticked() -> None:
    found = option_classes_of(SIGNS, 'any_of(signs, "fever") and any_of(signs, "rash", "cough")')
    assert found.several_candidates(ticks(None)) == (ticks(), ticks("fever"), ticks("rash"), ticks("fever", "rash"))
    assert found.several_candidates(ticks("cough", None)) == (ticks("cough"), ticks("cough", "fever"))
    assert found.several_candidates(ticks("rash")) == (ticks("rash"),)
    assert found.several_candidates(ticks()) == (ticks(),)


def ticks(*codes: str | None) -> Ticks:
    """An answer to a several-choice question."""
    return frozenset(codes)


# --- joining -------------------------------------------------------------------------------------


@for_every(
    ("text", "joined"),
    [
        ('a == "x" or a == "y"', 'a in {"x", "y"}'),
        ('a in {"x", "y"} and a in {"y", "z"}', 'a in {"y"}'),
        ('not (a != "x")', 'a == "x"'),
        ('not (a == "x" or b > 1)', 'a != "x" and not b > 1'),
        ('not (a != "x" and b > 1)', 'not b > 1 or a == "x"'),
        ('any_of(s, "x") or any_of(s, "y")', 'any_of(s, "x", "y")'),
        ('any_of(s, "x") and any_of(s, "y")', 'any_of(s, "x") and any_of(s, "y")'),
        ('not any_of(s, "x") and not any_of(s, "y")', 'not any_of(s, "x", "y")'),
        ('(a == "x" or b > 1) or a == "y"', 'b > 1 or a in {"x", "y"}'),
        ("definitely(b > 1)", "definitely(b > 1)"),
    ],
)
def test_conditions_on_one_question_are_joined(text: str, joined: str) -> None:
    assert merge_tests(parse(text)) == parse(joined)


# --- thresholds ----------------------------------------------------------------------------------


def test_a_value_of_which_only_known_is_asked_is_a_condition_of_its_own() -> None:
    data = rule_file(
        [choice("colour", "red", "green"), number("size")],
        [rule("found", ground("g", "known(used)"))],
        values=[
            value("used", 'size if colour == "red" and known(big) else unknown'),
            value("big", "unknown if size > 7 else 1"),
        ],
    )
    rule_set = built(data)
    names = SymbolTable.of(rule_set)
    asked, used, big = rule_conditions(rule_set)
    assert (asked, used, big) == (
        parse("known(used)"),
        names.values["used"].expression.tree,
        names.values["big"].expression.tree,
    )
    assert thresholds([asked, used, big], names) == {"size": (Decimal(7),)}


@for_every(
    ("when", "size"),
    [
        ("definitely(size > 7)", "7"),
        ("definitely(7 < size)", "7"),
        ("definitely(size > 7 or size <= 3.5)", "3.5 7"),
        ("definitely(2 < size < 9)", "2 9"),
        ("definitely(size > limit)", "7 8"),
        ("definitely(used > 5)", "5"),
        ("definitely(size > 7 if age > 18 else size > 8)", "7 8"),
        ("definitely(size * 2 > 7)", ""),
        ("definitely(size > age)", ""),
    ],
)
def test_the_thresholds_of_a_number_are_what_it_is_compared_with(when: str, size: str) -> None:
    data = rule_file(
        [number("age", required=True), number("size")],
        [rule("found", ground("g", when))],
        values=[value("limit", "7 if age > 18 else 8"), value("used", "unknown if age > 18 else size")],
    )
    rule_set = built(data)
    found = thresholds([reason.when.tree for reason in rule_set.grounds], SymbolTable.of(rule_set))
    assert found.get("size", ()) == tuple(map(Decimal, size.split()))
