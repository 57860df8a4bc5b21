"""What the names in expressions stand for: the order of values, what they read, and what may be unknown."""

from __future__ import annotations

import pytest

from screening.rulefiles.model.builder import build_rule_set
from screening.ruleset.language.parsing import parse
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from tests.support.every import for_every
from tests.support.rules.small_rules import built, choice, ground, number, rule, rule_file, several, value, whole

DATA = rule_file(
    [
        number("age", required=True),
        number("size"),
        choice("fluid", "now", "never", strict=True),
        several("flags", "blood", "fever", strict=True),
        choice("told", {"code": "a", "score": 1}, {"code": "b", "score": 2}),
    ],
    [rule("found", ground("g", "settled"))],
    values=[
        value("settled", "definitely(doubled > 3)"),
        value("doubled", "size * 2"),
        value("wet", 'fluid == "now"'),
        value("both", "wet and doubled > 3"),
        value("old", "age > 60"),
    ],
)
NAMES = SymbolTable.of(built(DATA))


def test_each_value_comes_after_those_that_it_reads() -> None:
    assert [content.id for content in NAMES.values_in_order] == ["doubled", "settled", "wet", "both", "old"]


def test_the_values_that_expressions_read_are_found_through_other_values() -> None:
    assert [content.id for content in NAMES.values_read_by([parse("settled"), parse("age > 3")])] == [
        "doubled",
        "settled",
    ]
    assert [content.id for content in NAMES.values_read_by([parse("both")])] == ["doubled", "wet", "both"]
    assert NAMES.values_read_by([]) == ()


def test_the_questions_that_an_expression_reads_are_found_through_values() -> None:
    assert NAMES.questions_in(parse("both or age > 3")) == {"fluid", "size", "age"}
    assert NAMES.questions_in(parse("known(settled)")) == {"size"}
    assert NAMES.questions_in(parse("1 > 3")) == frozenset()


def test_what_an_expression_depends_on_leads_through_values_and_what_decides_whether_they_are_asked() -> None:
    questions = [choice("told", "scar", "fine"), number("size", ask_if="told_scar"), number("age")]
    values = [value("told_scar", 'definitely(told == "scar")'), value("big", "definitely(size > 3)")]
    names = SymbolTable.of(built(rule_file(questions, [rule("r", ground("g", "big"))], values=values)))
    assert names.depends_on(parse("big")) == {"size", "told"}
    assert names.depends_on(parse("age > 3")) == {"age"}
    assert names.depends_on(parse("1 > 3")) == frozenset()


def test_an_expression_is_strict_where_it_reads_a_strict_question() -> None:
    assert NAMES.is_strict(parse("age > 3 and both"))
    assert NAMES.is_strict(parse('any_of(flags, "blood")'))
    assert not NAMES.is_strict(parse("settled"))


@for_every(
    ("text", "in_rules", "as_given"),
    [
        ("age > 3", False, False),
        ("old", False, False),
        ("size > 3", True, True),
        ("definitely(size > 3)", False, False),
        ("possibly(size > 3)", False, False),
        ("known(size)", False, False),
        ("settled", False, False),
        ("doubled > 3", True, True),
        ('fluid == "now"', False, True),
        ("wet", False, True),
        ('any_of(flags, "blood")', False, True),
        ("both", True, True),
        ('told == "a"', True, True),
        ("score(told) > 1", True, True),
        ("unknown", True, True),
        ("sqrt(age) > 1", False, False),
        ("sqrt(age - 1) > 1", True, True),
        ("1 / (age + 1) > 1", False, False),
        ("power(age, 2) > 1", False, False),
        ("power(age, 0.5) > 1", False, False),
        ("power(age - 5, 0.5) > 1", True, True),
        ("power(age, -1) > 1", True, True),
        ("power(age + 1, -1.5) > 1", False, False),
        ("power(max(age, 1) / 3, -1.5) > 1", False, False),
        ("power(age if age > 3 else 0 - age, 0.5) > 1", True, True),
        ("power(round(age, 0), 0.5) > 1", False, False),
        ("power(size, 2) > 1", True, True),
        ("power(2, age) > 1", False, False),
        ("power(sqrt(age), 0.5) > 1", False, False),
        ("round(age / 3, 1) > 1", False, False),
        ("min(age, size) > 1", True, True),
        ("age / 2 > 1", False, False),
        ("age / 0 > 1", True, True),
        ("age / age > 1", True, True),
        ("age + age - age * age > 1", False, False),
        ("sum(age, size) > 1", True, True),
        ("age > 1 if old else age > 2", False, False),
        ("age > 1 if wet else age > 2", False, True),
        ('category == "found"', False, False),
        ('may_be("found") and holds("g")', False, False),
    ],
)
def test_what_may_be_unknown_depends_on_whether_strict_answers_are_settled(
    text: str, in_rules: bool, as_given: bool
) -> None:
    assert NAMES.may_be_unknown(parse(text), Setting.RULE) is in_rules
    assert NAMES.may_be_unknown(parse(text), Setting.GIVEN) is as_given


def test_the_parts_by_which_an_expression_may_be_unknown_are_the_outermost() -> None:
    parts = NAMES.unknown_parts(
        parse("size > 3 and sqrt(0 - size) > age / size and definitely(size > 3)"), Setting.RULE
    )
    assert [part.column for part in parts] == [0, 13, 30]


@pytest.mark.parametrize(
    ("text", "inlined"),
    [
        ("settled", "definitely(size * 2 > 3)"),
        ("not both", 'not (fluid == "now" and size * 2 > 3)'),
        ("1 if old else doubled", "1 if age > 60 else size * 2"),
        ("sum(doubled, sqrt(doubled)) - doubled", "sum(size * 2, sqrt(size * 2)) - size * 2"),
        ("old or possibly(wet)", 'age > 60 or possibly(fluid == "now")'),
        ("known(doubled)", "known(doubled)"),
        ('any_of(flags, "blood")', 'any_of(flags, "blood")'),
    ],
)
def test_values_are_written_out_down_to_questions(text: str, inlined: str) -> None:
    assert NAMES.inline(parse(text)) == parse(inlined)


def test_every_cycle_of_values_is_told_once() -> None:
    values = [value("a", "b"), value("b", "c and d"), value("c", "not a"), value("d", "d"), value("e", "a or d")]
    rule_set, _ = build_rule_set(whole({**DATA, "values": values}))
    assert list(SymbolTable.of(rule_set).cycles()) == [("a", "b", "c", "a"), ("d", "d")]
    assert list(NAMES.cycles()) == []
