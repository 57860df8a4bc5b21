"""What is no expression, why, and where."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.language.expression_text import MAX_LENGTH, ExpressionError, SyntaxProblem
from screening.ruleset.language.parsing import MAX_DEPTH, parse
from screening.ruleset.language.signatures import SIGNATURES
from tests.support.every import for_every


def refusals(text: str) -> list[tuple[str, int]]:
    """The code and column of every mistake found in a text."""
    return [(problem.code, problem.column) for problem in problems(text)]


def problems(text: str) -> list[SyntaxProblem]:
    """Every mistake found in a text, which must have one."""
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    return raised.value.problems


UNREADABLE = [
    ("", "expression.empty", 0),
    ("   ", "expression.empty", 0),
    (" a", "expression.syntax", 0),
    ("a\n", "expression.character", 1),
    ("a and\nb", "expression.character", 5),
    ("a\tand b", "expression.character", 1),
    ("a  # why", "expression.character", 3),
    ("größe > 3", "expression.character", 2),
    ("a ≥ 3", "expression.character", 2),
    ('a == "ä"', "expression.character", 6),
    ("a\x00", "expression.character", 1),
    ("a" * (MAX_LENGTH + 1), "expression.too_long", MAX_LENGTH),
]

NO_GRAMMAR = [
    "a and",
    "and a",
    "a b",
    "(a",
    "a)",
    "a = 1",
    "a < > b",
    "a == 'x",
    "if a else b",
    "a if b",
    "return a",
    "import os",
    "a; b",
    "007",
    "0777",
    "1__0",
    "1if a else b",
    'a == "\\d"',
]

NOT_ALLOWED = [
    ("a.b", 0),
    ("1 < a.real", 4),
    ("a[0]", 0),
    ("lambda: a", 0),
    ('f"{a}"', 0),
    ("(a := 1)", 1),
    ("[a for a in b]", 0),
    ("{a for a in b}", 0),
    ("{a: b}", 0),
    ("{1, 2}", 0),
    ("[a]", 0),
    ("()", 0),
    ("None", 0),
    ("...", 0),
    ('b"x"', 0),
    ("a is b", 0),
    ("a is not b", 0),
    ("a % 2", 0),
    ("a // 2", 0),
    ("a @ b", 0),
    ("a | b", 0),
    ("a & b", 0),
    ("a << 1", 0),
    ("+a", 0),
    ("~a", 0),
    ("1e3", 0),
    ("1_000", 0),
    ("0x10", 0),
    (".5", 0),
    ("5.", 0),
    ("1j", 0),
    ("definitely(condition=a)", 0),
    ("sum(a, b, start=1)", 0),
    ("sum(a, **b)", 0),
    ("sum(a, *b)", 7),
    ("definitely(*a)", 11),
    ("a.b(1)", 0),
    ("sqrt(a)(b)", 0),
    ("(1)(2)", 0),
    ("(yield a)", 1),
    ("await a", 0),
]

WRONG_ARGUMENTS = [
    "definitely()",
    "definitely(a, b)",
    "possibly()",
    "possibly(a, b)",
    "sqrt()",
    "min(a)",
    "max()",
    "round(a)",
    "round(a, b)",
    "round(a, 1, 2)",
    "power(a)",
    "power(a, b)",
    "power(a, 2, 3)",
    "sqrt(a, b)",
    "sum()",
    "sum(a)",
    "known()",
    "known(a, b)",
    "known(a > 3)",
    'known("a")',
    "known(*a)",
    "score()",
    "days_since()",
    "days_since(a + 1)",
    "months_since(a, b)",
    'years_since("2024-05-17")',
    "score(a + 1)",
    'score("a")',
    "any_of()",
    "any_of(a)",
    "any_of(a, b)",
    'any_of(a, "x", 1)',
    'any_of(a, "x", *b)',
    'any_of("a", "x")',
    'any_of(a, {"x"})',
    "may_be(a)",
    "may_be()",
    'may_be("x", "y")',
    "holds(a)",
    "holds(1)",
    'holds("x", "y")',
]

TEXTS_AND_OPTIONS = [
    ('"x"', "expression.bare_text", 0),
    ('a and "x"', "expression.bare_text", 6),
    ('"x" == a', "expression.bare_text", 0),
    ('"x" + a', "expression.bare_text", 0),
    ('definitely("x")', "expression.bare_text", 11),
    ('a < "x"', "expression.membership", 0),
    ('a in "x"', "expression.membership", 0),
    ('a == {"x"}', "expression.membership", 0),
    ('a in ["x"]', "expression.membership", 0),
    ('a in ("x", "y")', "expression.membership", 0),
    ("a in b", "expression.membership", 0),
    ("a in {b}", "expression.membership", 0),
    ("a in {1, 2}", "expression.membership", 0),
    ('a in {"x", b}', "expression.membership", 0),
    ("a in {}", "expression.membership", 0),
    ('a + 1 == "x"', "expression.membership", 0),
    ('1 in {"x"}', "expression.membership", 0),
    ('known(a) == "x"', "expression.membership", 0),
    ('a in {"x", "y", "x"}', "expression.repeated_option", 5),
    ('b or any_of(a, "x", "x")', "expression.repeated_option", 5),
]


@for_every(("text", "code", "column"), UNREADABLE)
def test_a_text_that_cannot_be_read_at_all_is_refused(text: str, code: str, column: int) -> None:
    assert refusals(text) == [(code, column)]


@for_every("text", NO_GRAMMAR)
def test_what_the_grammar_does_not_have_is_refused(text: str) -> None:
    (problem,) = problems(text)
    assert problem.code == "expression.syntax"
    assert 0 <= problem.column <= len(text)  # where exactly is for Python's own parser to say, and differs by release


@for_every(("text", "column"), NOT_ALLOWED)
def test_what_python_has_but_the_language_has_not_is_refused(text: str, column: int) -> None:
    assert refusals(text) == [("expression.not_allowed", column)]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("(a, b)", "expression.comma", 0),
        ("a or b ** 2", "expression.power", 5),
        ("a or b ^ 2", "expression.power", 5),
        ("a or {b}", "expression.braces", 5),
        ('a < "5"', "expression.quoted_number", 4),
    ],
)
def test_what_is_often_meant_is_refused_with_what_to_write(text: str, code: str, column: int) -> None:
    assert refusals(text) == [(code, column)]


@for_every("call", WRONG_ARGUMENTS)
def test_wrong_arguments_are_refused_with_the_way_the_function_is_written(call: str) -> None:
    (problem,) = problems(f"a or {call}")
    name = call.partition("(")[0]
    assert (problem.code, problem.column) == ("expression.arguments", 5)
    assert problem.values["name"] == name
    assert problem.values["signature"] == SIGNATURES[name]


def test_every_function_has_wrong_arguments_above() -> None:
    assert {call.partition("(")[0] for call in WRONG_ARGUMENTS} == set(SIGNATURES)


@pytest.mark.parametrize("text", ["log(a)", "print(a)", "__import__(a)", "exec(a)", "unknown(a)"])
def test_an_unknown_function_is_refused_with_the_names_of_those_there_are(text: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.column) == ("expression.no_such_function", 0)
    assert problem.values["known"] == list(SIGNATURES)


@for_every(("text", "code", "column"), TEXTS_AND_OPTIONS)
def test_a_text_stands_only_where_it_is_an_option(text: str, code: str, column: int) -> None:
    assert refusals(text) == [(code, column)]


@for_every(
    "deeper",
    ["not {}", "definitely({})", "a and {}", "a + {}", "a if b else {}", "{} if a else b", "sum(a, {})", "a < {}"],
)
def test_a_text_that_nests_too_deeply_is_refused(deeper: str) -> None:
    text = "a"
    for _ in range(MAX_DEPTH):
        text = deeper.format(f"({text})")
    assert {problem.code for problem in problems(text)} == {"expression.too_deep"}
    assert all(problem.values == {"limit": MAX_DEPTH} for problem in problems(text))


def test_a_text_that_nests_far_too_deeply_for_python_is_refused_too() -> None:
    assert [problem.code for problem in problems("(" * 900 + "a" + ")" * 900)] == ["expression.syntax"]
    assert [problem.code for problem in problems("not " * 499 + "a")] == ["expression.too_deep"]


@for_every(
    ("text", "code", "column"),
    [
        ("True", "expression.truth_value", 0),
        ("not False", "expression.truth_value", 4),
        ("a and true", "expression.truth_value", 6),
        ("a == false", "expression.truth_value", 5),
        ("a < -b", "expression.minus", 4),
        ("round(a, 0.5) > 1", "expression.rounded_digits", 0),
        ("round(a, 11) > 1", "expression.rounded_digits", 0),
        ("round(-a, 1) > 1", "expression.minus", 6),
        ("power(a, 100.5) > 1", "expression.exponent", 0),
        ("power(-2, a) > 1", "expression.base", 0),
        ("power(0, a) > 1", "expression.base", 0),
        ("power(-2, 3) > 1", "expression.minus", 6),
        ("a < --1", "expression.minus", 4),
        ("a + -1 > 3", "expression.minus", 4),
        ("a < (-1 if b else 2)", "expression.minus", 5),
        ("a < -1e3", "expression.not_allowed", 5),
    ],
)
def test_truth_values_and_misplaced_minus_signs_have_sentences_of_their_own(text: str, code: str, column: int) -> None:
    assert refusals(text) == [(code, column)]


def test_every_mistake_of_a_text_is_reported() -> None:
    text = 'a.b and log(c) and definitely() and -d and "x" and e in {f} and any_of(g, "x", "x")'
    assert refusals(text) == [
        ("expression.not_allowed", 0),
        ("expression.no_such_function", 8),
        ("expression.arguments", 19),
        ("expression.minus", 36),
        ("expression.bare_text", 43),
        ("expression.membership", 51),
        ("expression.repeated_option", 64),
    ]


def test_a_refused_part_is_quoted() -> None:
    (problem,) = problems("a and (b.c > 1)")
    assert problem.values == {"text": "b.c"}


def test_the_error_tells_its_reasons_to_a_programmer() -> None:
    with pytest.raises(ExpressionError, match=r"expression\.minus at column 4"):
        parse("not -a")


def test_a_text_that_python_only_warns_of_is_refused_without_a_warning() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert [problem.code for problem in problems('a == "\\d"')] == ["expression.syntax"]
        assert [problem.code for problem in problems("1if a else b")] == ["expression.syntax"]
    assert seen == []


WORDS = """
    a b 1 2.5 0 1e9 0x1 1_0 ( ) , < <= > >= == != + - * / % ** ~ @ . : := { } [ ] ; = \\ é ' " #
    and or not in is if else lambda unknown True None for yield "x" "y" f"{a}" b"x" a) "x")
"""
TOKENS = [*WORDS.split(), *(f"{name}(" for name in SIGNATURES)]
texts = st.one_of(
    st.text(),
    st.text("ab1. ()<>=!+-*/,\"'{}[]notandrif", max_size=60),
    st.lists(st.sampled_from(TOKENS)).map(" ".join),
)


@given(texts)
@settings(max_examples=300)
def test_any_text_is_an_expression_or_is_refused_with_a_reason(text: str) -> None:
    try:
        parse(text)
        reasons = None
    except ExpressionError as error:
        reasons = error.problems
    assert reasons != []
    assert all(0 <= problem.column <= len(text) for problem in reasons or [])
