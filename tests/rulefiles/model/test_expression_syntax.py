"""What people write instead of the expression language is told apart, with what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rulefiles.model.expression_syntax import Mistake, tell_apart
from screening.ruleset.language.expression_text import ExpressionError
from screening.ruleset.language.parsing import parse
from tests.support.every import for_every


def told(text: str) -> Mistake:
    """The first mistake of a text, as a rule author is told of it."""
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    first = raised.value.problems[0]
    return tell_apart(text, Mistake(first.code, first.column, first.values))


@for_every(
    ("text", "column", "written", "instead"),
    [
        ('told = "none"', 5, "=", "=="),
        ('definitely(told = "none")', 16, "=", "=="),
        ('told === "none"', 5, "===", "=="),
        ("age => 18", 4, "=>", ">="),
        ("age =< 18", 4, "=<", "<="),
        ("age <> 18", 4, "<>", "!="),
        ("a && b", 2, "&&", "and"),
        ("a || b", 2, "||", "or"),
        ("! a", 0, "!", "not"),
        ("a AND b", 2, "AND", "and"),
        ("a OR b", 2, "OR", "or"),
        ("NOT a", 0, "NOT", "not"),
        ("age ≥ 18", 4, "≥", ">="),
        ("age ≤ 18", 4, "≤", "<="),
        ("age × 2 > 5", 4, "×", "*"),
        ("told == “none”", 8, "“", '"'),
        ("told == ‘none’", 8, "‘", '"'),
        ("age² > 5", 3, "²", "number * number"),
        ("√age > 5", 0, "√", "sqrt(number)"),
        ("a & b", 2, "&", "and"),
        ("a | b", 2, "|", "or"),
        ("age > 1,5", 7, ",", "."),
        ("definitely(age > 1,5)", 18, ",", "."),
    ],
)
def test_a_usual_sign_of_another_language_is_told_with_our_own(
    text: str, column: int, written: str, instead: str
) -> None:
    assert told(text) == Mistake("expression.instead", column, {"text": written, "instead": instead})


@for_every(
    ("text", "code", "column"),
    [
        ("a and\nb", "expression.line_break", 5),
        (" a", "expression.space", 0),
        ("a and 5 €", "expression.character", 8),
        ("a # why", "expression.character", 2),
        ("age\u00a0> 5", "expression.other_space", 3),
        ("age >\u202f5", "expression.other_space", 5),
        ("a\u3000and b", "expression.other_space", 1),
        ('told == "no\u00a0ne"', "expression.other_space", 11),
        ("true", "expression.truth_value", 0),
        ("a == false", "expression.truth_value", 5),
        ("a and True", "expression.truth_value", 6),
        ("-a > 5", "expression.minus", 0),
        ("definitely(a + -5 > 5)", "expression.minus", 15),
        ("a\tand b", "expression.character", 1),
        ('told == "none', "expression.quote", 8),
        ("told == 'none", "expression.quote", 8),
        ('told == none"', "expression.quote_before", 8),
        ('told == "none and stage == "F4"', "expression.quote", 8),
        ('told == none" and stage == "F4"', "expression.quote_before", 8),
        ('told == "none" and stage == F4"', "expression.quote_before", 28),
        ('told in {"none, "other"}', "expression.quote", 9),
        ("(a or b", "expression.bracket", 0),
        ("a or b)", "expression.bracket", 6),
        ('told in {"none"', "expression.bracket", 8),
        ("(a or b}", "expression.bracket", 7),
        ("a or", "expression.unfinished", 2),
        ("age >", "expression.unfinished", 4),
        ("a b", "expression.beside", 2),
        ("a if b", "expression.syntax", 0),
    ],
)
def test_what_is_missing_or_too_many_is_told_where_it_stands(text: str, code: str, column: int) -> None:
    assert told(text)[:2] == (code, column)


def test_signs_inside_an_option_are_no_mistake() -> None:
    assert told('told == "a = b AND (c" and').code == "expression.unfinished"


def test_a_comma_between_the_options_of_a_set_is_no_decimal_comma() -> None:
    assert told('told in {"a", "b"} or').code == "expression.unfinished"


def test_an_option_in_single_quotation_marks_may_hold_a_double_one() -> None:
    assert told("told == 'a\"b' or").code == "expression.unfinished"


def test_a_character_that_cannot_be_seen_is_told_by_its_number() -> None:
    assert told("a\tand b").values == {"character": "U+0009"}


def test_any_other_mistake_is_told_as_the_parser_found_it() -> None:
    assert told("a % 2") == Mistake("expression.not_allowed", 0, {"text": "a % 2"})


_CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_]{0,8}", fullmatch=True)
_PART = st.tuples(st.sampled_from(["told", "stage"]), st.lists(_CODES, min_size=1, max_size=3, unique=True))


@given(st.lists(_PART, min_size=1, max_size=4), st.sampled_from([", ", ","]), st.data())
def test_a_quotation_mark_that_was_left_out_is_missed_at_its_own_text(
    parts: list[tuple[str, list[str]]], comma: str, data: st.DataObject
) -> None:
    text = " and ".join(
        f"{name} in {{{comma.join(f'{chr(34)}{code}{chr(34)}' for code in codes)}}}" for name, codes in parts
    )
    quotes = [index for index, character in enumerate(text) if character == '"']
    number = data.draw(st.integers(0, len(quotes) - 1))
    left_out = quotes[number]
    mistake = told(text[:left_out] + text[left_out + 1 :])
    opening = quotes[number - number % 2]
    assert (mistake.code, mistake.column) == ("expression.quote" if number % 2 else "expression.quote_before", opening)
