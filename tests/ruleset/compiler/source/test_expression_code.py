"""The parts of generated code: exact numbers whatever the surroundings, constants by name, and how deep it may nest."""

from __future__ import annotations

from decimal import ROUND_UP, Context, Decimal, Inexact, localcontext

import pytest

from screening.ruleset.compiler.numbers.arithmetic import add, divide, multiply, square_root, subtract
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.language.evaluation_mode import common_score, is_nothing, is_number, not_asked
from screening.ruleset.language.expression_text import ExpressionError
from screening.ruleset.language.parsing import MAX_DEPTH, parse
from screening.ruleset.language.symbol_table import SymbolTable
from tests.support.every import for_every
from tests.support.rules.small_rules import (
    built,
    choice,
    engine,
    ground,
    number,
    question,
    rule,
    rule_file,
    several,
    value,
)

TWO, THREE = Decimal(2), Decimal(3)


def test_numbers_are_joined_exactly_and_are_unknown_where_a_part_is() -> None:
    assert add(Decimal("0.1"), Decimal("0.2")) == Decimal("0.3")
    assert subtract(TWO, THREE) == Decimal(-1)
    assert multiply(Decimal("3.00"), Decimal("17.1")) == Decimal("51.3")
    assert divide(THREE, TWO) == Decimal("1.5")
    for joined in (add, subtract, multiply, divide):
        assert joined(None, TWO) is joined(TWO, None) is joined(None, None) is None


def test_division_by_zero_and_the_root_of_a_negative_are_unknown() -> None:
    assert divide(TWO, Decimal(0)) is divide(Decimal(0), Decimal("0.0")) is None
    assert square_root(Decimal(-1)) is square_root(None) is None
    assert square_root(Decimal(0)) == 0
    assert square_root(Decimal("6.25")) == Decimal("2.5")


def test_no_digit_is_lost_to_the_ambient_context() -> None:
    long = Decimal("123456789.123456789")
    with localcontext(Context(prec=3, rounding=ROUND_UP, traps=[Inexact])):
        assert add(long, long) == Decimal("246913578.246913578")
        assert subtract(long, Decimal("0.000000001")) == Decimal("123456789.123456788")
        assert multiply(long, TWO) == Decimal("246913578.246913578")
        assert divide(long, TWO) == Decimal("61728394.5617283945")
        assert str(square_root(TWO)) == "1.414213562373095048801688724"
        assert str(divide(Decimal(1), THREE)) == "0." + "3" * 28


def test_equal_constants_share_a_name_and_different_ones_do_not() -> None:
    constants = Constants()
    seven = constants.name("D", Decimal("7.0"))
    assert constants.name("D", Decimal(7)) == seven
    assert constants.name("D", Decimal(8)) != seven
    assert constants.name("O", frozenset({"a"})) != constants.name("O", frozenset({"a", None}))
    assert constants.by_name[seven] == 7


def test_options_have_a_common_score_where_all_have_the_same() -> None:
    scores = {"a": TWO, "b": TWO, "c": THREE}
    assert common_score(scores, frozenset({"a", "b"})) == 2
    assert common_score(scores, frozenset({"a", "c"})) is None


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        (choice("q", "a", "b"), None),
        (choice("q", "a", "b", ask_if="1 < 2", if_not_asked="a"), "a"),
        (number("q"), None),
        (several("q", "a", "b"), frozenset({None})),
        (several("q", "a", "b", ask_if="1 < 2", if_not_asked="a"), frozenset({"a"})),
        (several("q", "a", {"code": "n", "exclusive": True}, ask_if="1 < 2", if_not_asked="n"), frozenset()),
    ],
)
def test_a_question_that_is_not_asked_counts_as_the_file_says(asked: dict[str, object], counts: object) -> None:
    assert not_asked(question(asked)) == counts


VALUES = {"n": "size + 1", "c": "size > 1", "nothing": "unknown", "still_nothing": "nothing"}
RULES = [rule("r", ground("g", "known(size)"))]
NAMES = SymbolTable.of(built(rule_file([number("size")], RULES, values=[value(*pair) for pair in VALUES.items()])))


@for_every(
    ("text", "number_", "nothing"),
    [
        ("1", True, False),
        ("size", True, False),
        ("n", True, False),
        ("sum(size, 1)", True, False),
        ("unknown if c else size", True, False),
        ("size if c else unknown", True, False),
        ("c", False, False),
        ("size > 1", False, False),
        ("unknown if c else c", False, False),
        ("unknown", False, True),
        ("nothing", False, True),
        ("still_nothing if c else unknown", False, True),
    ],
)
def test_an_expression_is_a_number_or_a_condition_or_nothing_at_all(text: str, number_: bool, nothing: bool) -> None:
    assert is_number(parse(text), NAMES) is number_
    assert is_nothing(parse(text), NAMES) is nothing


def test_a_value_that_is_unknown_may_stand_for_a_number_and_for_a_condition() -> None:
    values = [
        value("nothing", "unknown"),
        value("as_number", "nothing > 3"),
        value("small", "nothing < 3"),
        value("as_condition", "nothing or size > 3"),
        value("settled", "definitely(nothing)"),
        value("possible", "possibly(not nothing)"),
        value("is_known", "known(nothing)"),
        value("chosen", "nothing if size > 3 else unknown"),
    ]
    judging = engine(rule_file([number("size")], [rule("r", ground("g", "not possibly(small)"))], values=values))
    outcome = judging.evaluate({"size": Decimal(1)})
    assert outcome.values == {
        "nothing": None,
        "as_number": None,
        "small": None,
        "as_condition": None,
        "settled": False,
        "possible": True,
        "is_known": False,
        "chosen": None,
    }
    assert outcome.grounds == ()


@pytest.mark.parametrize("innermost", ['strict == "y"', "definitely(size > 1)"])
@pytest.mark.parametrize(
    ("deeper", "most"),
    [
        ("not ({})", MAX_DEPTH),
        ('strict == "x" and ({})', MAX_DEPTH),
        ('strict == "x" or not ({})', MAX_DEPTH),
        ("({}) if 1 < 2 else 2 < 3", MAX_DEPTH),
        ("2 < 3 if 1 < 2 else ({})", MAX_DEPTH),
        ("1 < 2 if ({}) else 2 < 3", 8),  # such a test stands twice in the code, once for true and once for false
    ],
)
def test_the_deepest_condition_that_can_be_parsed_can_be_compiled(deeper: str, most: int, innermost: str) -> None:
    text = deepest(deeper, innermost, most)
    questions = [choice("strict", "x", "y", strict=True), number("size")]
    compiled = engine(rule_file(questions, [rule("r", ground("g", text))], values=[value("v", text)]))
    assert compiled.possible({"strict": "x"}) <= {"r", "other"}


@pytest.mark.parametrize(
    "deeper", ["1 + ({})", "({}) * 2", "({}) / 2", "sqrt({})", "sum({}, 1)", "({}) if a > 1 else 2"]
)
def test_the_deepest_number_that_can_be_parsed_can_be_compiled(deeper: str) -> None:
    text = deepest(deeper, "a", MAX_DEPTH)
    values = [value("deep", text)]
    compiled = engine(rule_file([number("a")], [rule("r", ground("g", "definitely(deep > 1)"))], values=values))
    assert compiled.evaluate({}).category == "other"


def deepest(deeper: str, text: str, most: int) -> str:
    """A text nested so many times, or as often as the language allows."""
    for _ in range(most):
        nested = deeper.format(text)
        try:
            parse(nested)
        except ExpressionError:
            break
        text = nested
    return text
