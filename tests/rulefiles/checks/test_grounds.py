"""Grounds that are closed unheard, never hold or always hold: found, compared with the engine on every answer set."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.checks.grounds import closing_questions, never_or_always, silently_closed, without_open
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain, State
from screening.ruleset.model.rule_set import RuleSet
from tests.conftest import ROOT
from tests.support.every import for_every
from tests.support.rules.small_rules import (
    Members,
    built,
    choice,
    ground,
    number,
    page,
    rule,
    rule_file,
    several,
    unit,
    value,
)

LENIENT = ("a", "b", "m", "n")
CODES = ("x", "y", "z")
NUMBERS = tuple(map(Decimal, ("0", "2", "2.5", "3", "5")))


def questions(ask_b: str, ask_s: str, **more: object) -> list[Members]:
    """Questions of every type, two of them asked only by a condition."""
    asked_b = {"ask_if": ask_b, **more} if ask_b else {}
    asked_s = {"ask_if": ask_s, "if_not_asked": "z"} if ask_s else {}
    return [
        choice("a", *CODES),
        choice("b", *CODES, **asked_b),
        several("m", "p", "q", {"code": "none", "exclusive": True}),
        number("n", unit(minimum=0, maximum=5, decimals=1)),
        choice("s", *CODES, strict=True, **asked_s),
    ]


ATOMS = [
    'a == "x"', 'a in {"x", "y"}', 'b == "y"', 'b != "z"', 'any_of(m, "p")', 'not any_of(m, "p", "q")', "n > 2",
    "n <= 3", "v", 'a == "x" and b == "y"', 'any_of(m, "q") or n > 2',
]  # fmt: skip
SETTLED = ["known(a)", "known(m)", "not known(n)", 's == "x"', 's in {"x", "y"}', 's != "z"']


def conditions() -> st.SearchStrategy[str]:
    """Conditions of a ground, plainly true or false wherever the strict question is settled."""
    wrapped = st.builds(
        "{}({})".format, st.sampled_from(["definitely", "possibly", "not definitely"]), st.sampled_from(ATOMS)
    )
    leaves = st.one_of(wrapped, wrapped, st.sampled_from(SETTLED))
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
            | st.builds("not ({})".format, inner)
        ),
        max_leaves=4,
    )


def rule_set(when: str, ask_b: str = "", ask_s: str = "", **more: object) -> RuleSet:
    """A rule set whose one ground interrupts."""
    asked = [page(question) for question in questions(ask_b, ask_s, **more)]
    values = [value("v", 'b == "y" or n > 3')]
    return built(
        rule_file(asked, [rule("found", ground("g", when, interrupt=True, open="whether it is so"))], values=values)
    )


def several_answers() -> list[frozenset[str | None]]:
    """Every answer to the several-choice question: ticks, and unsure of the rest."""
    ticks = [frozenset(codes) for codes in ((), ("p",), ("q",), ("p", "q"))]
    return [*ticks, *(ticked | {None} for ticked in ticks)]


ANSWERS: dict[str, list[Plain]] = {
    "a": [*CODES, None],
    "b": [*CODES, None],
    "m": list(several_answers()),
    "n": [*NUMBERS, None],
    "s": list(CODES),
}


def states(left_out: str = "") -> Iterator[State]:
    """Every answer set; one question may be left out."""
    for answers in product(*([None] if name == left_out else every for name, every in ANSWERS.items())):
        yield dict(zip(ANSWERS, answers, strict=True))


def holds(engine: Engine, state: State) -> bool:
    """Whether the ground holds as the engine decides."""
    counted, _ = engine.functions.effective(state)
    return "g" in engine.functions.observe(counted)[0]


def judged_closing(rules: RuleSet) -> list[str]:
    """The questions that close the ground, by trying every pair of answer sets."""
    engine = Engine(rules)
    hold = cache(lambda key: holds(engine, dict(zip(ANSWERS, key, strict=True))))

    def closes(name: str) -> bool:
        pairs: list[tuple[Plain, Plain]] = [(None, answer) for answer in ANSWERS[name] if answer is not None]
        if name == "m":
            pairs = [
                (less, more)
                for less in several_answers()
                for more in several_answers()
                if None in less and None not in more and less - {None} <= more
            ]
        return any(
            not hold(tuple({**state, name: less}.values())) and hold(tuple({**state, name: more}.values()))
            for less, more in pairs
            for state in states(left_out=name)
        )

    return [name for name in LENIENT if closes(name)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(conditions(), st.sampled_from(["", 'definitely(a == "x")', 'possibly(a == "x")', "known(a)"]), st.booleans())
def test_the_questions_that_close_a_ground_are_those_that_every_pair_of_answer_sets_shows(
    when: str, ask: str, of_strict: bool
) -> None:
    rules = rule_set(when, "" if of_strict else ask, ask if of_strict else "")
    assert closing_questions(rules.ground["g"], SymbolTable.of(rules)) == judged_closing(rules)


@settings(max_examples=60, deadline=None)
@given(conditions(), st.sampled_from(["", 'definitely(a == "x")']))
def test_a_ground_is_said_to_hold_never_or_always_only_where_it_does(when: str, ask: str) -> None:
    rules = rule_set(when, ask)
    engine = Engine(rules)
    found = {holds(engine, state) for state in states()}
    told = [problem.code for problem in never_or_always(rules)]
    if told or not ask:  # what `ask_if` alone keeps from holding is left to the proof
        assert told == (["ground.never"] if found == {False} else ["ground.always"] if found == {True} else [])


# --- files as authors write them -----------------------------------------------------------------


def nine_items(when: str, **of_last: object) -> RuleSet:
    """Nine items with scores, the last of them asking about harm to oneself."""
    options = [{"code": f"days_{score}", "score": score} for score in range(4)]
    items = [choice(f"item{item}", *options, **(of_last if item == 9 else {})) for item in range(1, 10)]
    total = value("total", f"sum({', '.join(f'score(item{item})' for item in range(1, 10))})")
    rules = [rule("found", ground("g", when, interrupt=True, open="whether it is so"))]
    return built(rule_file([page(query) for query in items], rules, values=[total]))


@for_every(
    ("when", "closing"),
    [
        ('definitely(item9 in {"days_1", "days_2", "days_3"})', ["item9"]),
        ("definitely(score(item9) > 0)", ["item9"]),
        ('not definitely(item9 == "days_0")', []),
        ('possibly(item9 != "days_0")', []),
        ("possibly(score(item9) > 0) and known(item9)", ["item9"]),
        ("definitely(total >= 20)", [f"item{item}" for item in range(1, 10)]),
        ("possibly(total >= 20)", []),
        ("definitely(total >= 20) or not known(total)", []),
        ('definitely(total >= 20) or possibly(item9 != "days_0")', [f"item{item}" for item in range(1, 9)]),
    ],
)
def test_nine_lenient_items_are_told_by_what_the_ground_reads(when: str, closing: list[str]) -> None:
    rules = nine_items(when)
    assert closing_questions(rules.ground["g"], SymbolTable.of(rules)) == closing
    assert [problem.code for problem in silently_closed(rules)] == ["ground.silently_closed"] * bool(closing)


def test_a_strict_or_required_item_closes_nothing() -> None:
    assert not list(silently_closed(nine_items('item9 != "days_0"', strict=True)))
    assert not list(silently_closed(nine_items('item9 != "days_0"', required=True)))


def test_a_question_that_decides_whether_a_strict_one_is_asked_closes_its_ground() -> None:
    asked = [
        choice("thoughts", "yes", "no"),
        choice("plan", "now", "no", strict=True, ask_if='definitely(thoughts == "yes")', if_not_asked="no"),
    ]
    rules = built(
        rule_file(
            [page(question_id) for question_id in asked],
            [rule("found", ground("g", 'plan == "now"', interrupt=True, open="whether"))],
        )
    )
    assert closing_questions(rules.ground["g"], SymbolTable.of(rules)) == ["thoughts"]


def test_a_reason_is_enough_and_one_without_need_is_told() -> None:
    when = 'definitely(a == "x")'
    asked = [page(question) for question in questions("", "")]

    def told(when: str, **members: object) -> list[str]:
        return [
            problem.code
            for problem in silently_closed(built(rule_file(asked, [rule("f", ground("g", when, **members))])))
        ]

    assert told(when, interrupt=True) == ["ground.silently_closed"]
    assert told(when) == []
    assert told(when, interrupt=True, unanswered_means_no="It is asked elsewhere.") == []
    assert told(when, unanswered_means_no="It is asked elsewhere.") == ["ground.needless_reason"]
    assert told('possibly(a == "x")', interrupt=True, unanswered_means_no="x") == ["ground.needless_reason"]


def test_an_interrupt_that_can_be_open_says_what_is_open() -> None:
    asked = [page(question) for question in questions("", "")]

    def told(when: str, **members: object) -> list[str]:
        return [
            problem.code for problem in without_open(built(rule_file(asked, [rule("f", ground("g", when, **members))])))
        ]

    assert told('s == "x"', interrupt=True) == ["ground.no_open"]
    assert told('s == "x"') == []
    assert told('s == "x"', interrupt=True, open="whether it is x") == []
    assert told('definitely(a == "x")', interrupt=True) == []


@for_every(
    ("when", "code"),
    [
        ("definitely(n > 5)", "ground.never"),
        ("possibly(n <= 5)", "ground.always"),
        ("definitely(n * n > 25)", "ground.never"),
        ("definitely(n + n < 0)", "ground.never"),
        ('definitely(a == "x" and a == "y")', "ground.never"),
        ('s in {"x", "y", "z"}', "ground.always"),
        ('s == "x" or s != "x"', "ground.always"),
        ("definitely(n > 3) and definitely(n < 2)", "ground.never"),
        ("1 > 2", "ground.never"),
        ('known(a) and definitely(n > 4) and not possibly(a in {"x", "y", "z"})', "ground.never"),
    ],
)
def test_conditions_that_no_or_every_answer_meets_are_told(when: str, code: str) -> None:
    assert [problem.code for problem in never_or_always(rule_set(when))] == [code]


def test_the_files_of_the_service_have_no_warnings() -> None:
    for name in ("liver", "audit-c"):
        assert not load_rule_file(ROOT / "rules" / f"{name}.yaml").warnings
