"""From text to syntax tree: what each form becomes, where it stands, and that any tree can be written and read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.language.expression_text import MAX_LENGTH, ExpressionError
from screening.ruleset.language.parsing import MAX_DEPTH, parse
from screening.ruleset.language.rendering import render
from screening.ruleset.language.signatures import SIGNATURES
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from tests.support.every import for_every
from tests.support.rules.random_expressions import AS_GIVEN, Author, Dice, Kind, Word, note_manner

A, B, C = ex.Name("a"), ex.Name("b"), ex.Name("c")
ONE, TWO = ex.Number(Decimal(1)), ex.Number(Decimal(2))

FORMS: list[tuple[str, ex.Node]] = [
    ("a", A),
    ("unknown", ex.Unknown()),
    ("7", ex.Number(Decimal(7))),
    ("7.50", ex.Number(Decimal("7.50"))),
    ("0.10", ex.Number(Decimal("0.1"))),
    ("not a", ex.Not(A)),
    ("a and b and c", ex.And((A, B, C))),
    ("a or b or c", ex.Or((A, B, C))),
    ("a or b and c", ex.Or((A, ex.And((B, C))))),
    ("not a and b", ex.And((ex.Not(A), B))),
    ("(a)", A),
    ("a < 1", ex.Comparison(A, "<", ONE)),
    ("a <= 1", ex.Comparison(A, "<=", ONE)),
    ("a > 1", ex.Comparison(A, ">", ONE)),
    ("a >= 1", ex.Comparison(A, ">=", ONE)),
    ("a == 1", ex.Comparison(A, "==", ONE)),
    ("a != 1", ex.Comparison(A, "!=", ONE)),
    ("1 < a <= b", ex.And((ex.Comparison(ONE, "<", A), ex.Comparison(A, "<=", B)))),
    ("a + 1", ex.Arithmetic(A, "+", ONE)),
    ("a - 1", ex.Arithmetic(A, "-", ONE)),
    ("a * 1", ex.Arithmetic(A, "*", ONE)),
    ("a / 1", ex.Arithmetic(A, "/", ONE)),
    ("a - b - c", ex.Arithmetic(ex.Arithmetic(A, "-", B), "-", C)),
    ("a + b * c", ex.Arithmetic(A, "+", ex.Arithmetic(B, "*", C))),
    ("(a + b) * c", ex.Arithmetic(ex.Arithmetic(A, "+", B), "*", C)),
    ("a if b else c", ex.Conditional(then=A, test=B, otherwise=C)),
    ("1 if a else 2 if b else c", ex.Conditional(ONE, A, ex.Conditional(TWO, B, C))),
    ('a == "x"', ex.Membership(A, ("x",))),
    ("a == 'x'", ex.Membership(A, ("x",))),
    ('a != "x"', ex.Not(ex.Membership(A, ("x",)))),
    ('a in {"y", "x"}', ex.Membership(A, ("y", "x"))),
    ('a in {"x"}', ex.Membership(A, ("x",))),
    ('a not in {"x", "y"}', ex.Not(ex.Membership(A, ("x", "y")))),
    ('any_of(a, "x", "y")', ex.AnyOf(A, ("x", "y"))),
    ("definitely(a)", ex.Definitely(A)),
    ("possibly(a)", ex.Possibly(A)),
    ("known(a)", ex.Known(A)),
    ("sqrt(a)", ex.SquareRoot(A)),
    ("min(a, 2)", ex.Extreme("min", (A, ex.Number(Decimal(2))))),
    ("max(a, 2, a)", ex.Extreme("max", (A, ex.Number(Decimal(2)), A))),
    ("round(a, 2)", ex.Round(A, 2)),
    ("round(a, -1)", ex.Round(A, -1)),
    ("power(a, -0.302)", ex.Power(A, ex.Number(Decimal("-0.302")))),
    ("power(0.9938, a)", ex.Power(ex.Number(Decimal("0.9938")), A)),
    ("power(2, 3)", ex.Power(ex.Number(Decimal(2)), ex.Number(Decimal(3)))),
    ("score(a)", ex.Score(A)),
    ("days_since(a)", ex.Since(A, Elapsed.DAYS)),
    ("months_since(a)", ex.Since(A, Elapsed.MONTHS)),
    ("years_since(a)", ex.Since(A, Elapsed.YEARS)),
    ("sum(a, b, 1)", ex.Sum((A, B, ONE))),
    ('may_be("x")', ex.MayBe("x")),
    ('holds("x")', ex.Holds("x")),
]


@pytest.mark.parametrize(("text", "tree"), FORMS, ids=[text for text, _ in FORMS])
def test_each_form_of_the_language_becomes_its_part_of_the_tree(text: str, tree: ex.Node) -> None:
    assert parse(text) == tree


def test_the_forms_above_use_every_function_of_the_language() -> None:
    for name in SIGNATURES:
        assert any(text.startswith(f"{name}(") for text, _ in FORMS)


@for_every(
    ("text", "columns"),
    [
        ("a and b", [0, 0, 6]),
        ("  a"[2:], [0]),
        ("not a", [0, 4]),
        ("(a) < b", [1, 1, 6]),
        ("a < b < c", [0, 0, 0, 4, 4, 4, 8]),
        ('a in {"x"}', [0, 0]),
        ('b or a != "x"', [0, 0, 5, 5, 5]),
        ("sum(a, sqrt(b))", [0, 4, 7, 12]),
        ("known(a)", [0, 6]),
        ('any_of(a, "x")', [0, 7]),
        ("1 if a else 2", [0, 0, 5, 12]),
    ],
)
def test_each_part_knows_the_column_in_which_it_stands(text: str, columns: list[int]) -> None:
    assert [part.column for part in parse(text).walk()] == columns


def test_a_column_takes_no_part_in_equality() -> None:
    assert ex.Name("a", column=3) == ex.Name("a")
    assert hash(ex.Name("a", column=3)) == hash(ex.Name("a"))


@pytest.mark.parametrize("space", ["", " ", "     "])
def test_spaces_between_words_do_not_matter(space: str) -> None:
    assert parse(f"a{space}+{space}b{space}") == parse("a + b")


def test_an_expression_may_be_as_long_and_as_deep_as_the_limits_say() -> None:
    assert parse("a" * MAX_LENGTH) == ex.Name("a" * MAX_LENGTH)
    parse("not " * (MAX_DEPTH - 1) + "a")
    with pytest.raises(ExpressionError):
        parse("not " * MAX_DEPTH + "a")


@st.composite
def trees(draw: st.DrawFn) -> ex.Node:
    """Any tree of the language."""
    words = [
        Word("a", Kind.NUMBER),
        Word("b", Kind.CONDITION),
        Word("c", Kind.CHOICE, ("x", "y", "z"), scored=True),
        Word("d", Kind.SEVERAL, ("x", "y", "z")),
    ]
    manner = draw(st.sampled_from([AS_GIVEN, note_manner(["first", "second"], ["ground"])]))
    author = Author(Dice(draw), words)
    return author.condition(manner) if draw(st.booleans()) else author.number(manner, 3)


@given(trees())
@settings(max_examples=300)
def test_any_tree_that_is_written_is_read_as_the_same_tree(tree: ex.Node) -> None:
    text = render(tree)
    if len(text) <= MAX_LENGTH:
        assert parse(text) == tree
