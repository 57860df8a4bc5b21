"""What is proved where numbers may be bounds: guarantees that exact numbers keep, and that a bound keeps or breaks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from screening.analysis.proof.prover import Prover, prove
from screening.analysis.proof.reachability import Target, targets
from screening.analysis.proof.verdicts import Reach, Verdict
from screening.analysis.solver.typed_bounds import is_higher
from screening.analysis.solver.undecided import Reason
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import INFINITY, Bound, Plain
from screening.ruleset.model.dates import DayRange
from screening.ruleset.reading.raw_plain import bound_text
from tests.support.rules import small_rules as small
from tests.support.rules.small_rules import Members

NUMBER = small.unit(minimum=1, maximum=10)


def rules(grounds: Mapping[str, str], guarantee: Members, *, required: bool = False, notes: str = "") -> Engine:
    """A rule file of one number, `a`; each ground is that of a category of its name, the severest first."""
    listed = [small.rule(name, small.ground(f"g_{name}", when)) for name, when in grounds.items()]
    added = [small.note("n", notes)] if notes else []
    values = [small.value("share", "1 / a")]
    data = small.rule_file([small.number("a", NUMBER, required=required)], listed, notes=added, values=values)
    for severity, category in enumerate(reversed(data["categories"])):
        category["severity"] = severity
    data["guarantees"] = [{"id": "g", "text": "It is so.", **guarantee}]
    return small.engine(data)


def verdict(engine: Engine) -> Verdict:
    """What becomes of the one guarantee."""
    [guarantee] = engine.rule_set.guarantees
    return Prover(engine).verdict(guarantee)


SIDES = {"high": "definitely(a > 5)", "low": "definitely(a <= 5)"}
BROKEN: Mapping[str, tuple[Mapping[str, str], Members]] = {
    "what is known lies on one side": (SIDES, {"kind": "implies", "when": "known(a)", "then": ["high", "low"]}),
    "one over it is known where it is": (
        {"high": "known(share)", "low": "not known(a)"},
        {"kind": "implies", "when": "known(a)", "then": ["high"]},
    ),
    "what is not high is low": (
        SIDES,
        {"kind": "implies", "when": "known(a) and not definitely(a > 5)", "then": ["low"]},
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_exact_numbers_keep_and_a_bound_breaks_is_broken_by_a_bound_as_it_is_typed(name: str) -> None:
    found = verdict(rules(*BROKEN[name]))
    assert not found.holds
    assert found.undecided is None
    assert found.example is not None
    bound = found.example.answers["a"]
    assert isinstance(bound, Bound)
    assert bound_text(bound)[0] in "<>"


KEPT: Mapping[str, tuple[Mapping[str, str], Members]] = {
    "nothing is on both sides": (SIDES, {"kind": "implies", "when": "definitely(a > 5)", "then": ["high"]}),
    "more is never milder": (
        SIDES | {"low": "not definitely(a > 5)"},
        {"kind": "never_milder_raised", "question": "a", "direction": "up"},
    ),
    "what is above 7 is above 5": (SIDES, {"kind": "never_with", "when": "definitely(a > 7)", "never": ["low"]}),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_bounds_keep_too_is_proved_of_all(name: str) -> None:
    found = verdict(rules(*KEPT[name]))
    assert found.holds
    assert found.of_bounds is None


def test_a_number_that_must_be_given_is_completed_by_what_its_bound_leaves_and_beyond_its_range() -> None:
    sides = {"high": "a > 12", "low": "a <= 12"}
    within, beyond = ({"kind": "implies", "then": then} for then in (["high", "low", "other"], ["low"]))
    assert verdict(rules(sides, within, required=True)).holds
    found = verdict(rules(sides, beyond, required=True))
    assert found.example is not None
    bound = found.example.answers["a"]
    assert isinstance(bound, Bound)
    assert bound.high == INFINITY


def test_what_bounds_alone_can_show_is_reached_by_one() -> None:
    engine = rules(SIDES, {"kind": "implies", "then": ["high", "low", "other"]}, notes="known(a) and not known(share)")
    [reach] = [reach for reach in prove(engine).reached if reach.target == Target("note", "n")]
    assert isinstance(reach, Reach)
    assert reach.example is not None
    assert isinstance(reach.example.answers["a"], Bound)
    assert reach.target in dict(targets(Prover(engine).model))


def dated(guarantee: Members) -> Engine:
    """A rule file that works with a number and a date."""
    sides = {"high": "definitely(a * years_since(born) > 5)", "low": "definitely(a * years_since(born) <= 5)"}
    listed = [small.rule(name, small.ground(f"g_{name}", when)) for name, when in sides.items()]
    asked = [small.number("a", NUMBER), small.date("born", 100, required=True)]
    return small.engine(small.rule_file(asked, listed, guarantees=[{"id": "g", "text": "It is so.", **guarantee}]))


def test_bounds_are_gone_through_beside_dates() -> None:
    kept = {"kind": "never_with", "when": "definitely(a > 5) and years_since(born) >= 1", "never": ["low", "other"]}
    found = verdict(dated(kept))
    assert found.holds
    assert found.of_bounds is None
    found = verdict(dated({"kind": "implies", "when": "known(a)", "then": ["high", "low"]}))
    assert found.example is not None
    assert isinstance(found.example.answers["a"], Bound)
    assert isinstance(found.example.answers["born"], DayRange)


def test_what_hangs_on_pairs_of_numbers_that_bounds_leave_is_proved_of_exact_numbers_and_said_to_be() -> None:
    grounds = {"high": "a * b > 50", "low": "a * b <= 50"}
    listed = [small.rule(name, small.ground(f"g_{name}", when)) for name, when in grounds.items()]
    asked = [small.number("a", NUMBER, strict=True, help="See your letter."), small.number("b", NUMBER, required=True)]
    never = {"kind": "never_with", "unsure": ["a"], "when": "b >= 6 and b <= 9", "never": ["low", "high"]}
    file = small.rule_file(asked, listed, guarantees=[{"id": "g", "text": "It is so.", **never}])
    found = verdict(small.engine(file))
    assert found.holds
    assert found.of_bounds is not None
    assert found.of_bounds.reason is Reason.PAIRS
    assert found.left_over is None


def of_many(count: int, guarantee: Members, *, high: str, required: bool = False, note: str = "") -> Engine:
    """A rule file of so many numbers, called a, b, ..., that may lie below zero."""
    signed = small.unit(minimum=-9, maximum=9)
    asked = [small.number(name, signed, required=required) for name in "abcdefghij"[:count]]
    listed = [small.rule("high", small.ground("g_high", high))]
    notes = [small.note("n", note)] if note else []
    return small.engine(
        small.rule_file(asked, listed, notes=notes, guarantees=[{"id": "g", "text": "It is so.", **guarantee}])
    )


SIGNED = "definitely(a * b + c * d + a * d + b * c > 5)"
"""Each product of two bounds is one of many intervals, by where its factors lie: of four there are too many."""
TOO_LONG: Mapping[str, tuple[int, Members]] = {
    "cases of a number": (4, {"high": SIGNED}),
    "sorts of completions": (7, {"high": "a + b + c + d + e + f + g > 5", "required": True}),
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_formulas_of_bounds_that_are_too_long_are_given_up_and_the_guarantee_is_proved_of_exact_numbers(
    name: str,
) -> None:
    count, members = TOO_LONG[name]
    found = verdict(of_many(count, {"kind": "implies", "then": ["high", "other"]}, **members))
    assert found.holds
    assert found.of_bounds is not None
    assert found.of_bounds.reason is Reason.SIZE
    assert found.left_over is None


def test_what_breaks_a_guarantee_is_found_among_exact_numbers_where_formulas_of_bounds_are_too_long() -> None:
    found = verdict(of_many(4, {"kind": "never_with", "never": ["high"]}, high=SIGNED))
    assert not found.holds
    assert found.undecided is None
    assert found.example is not None
    assert not found.example.has_bound


def test_what_no_exact_number_shows_is_said_to_be_of_exact_numbers_alone_where_bounds_are_too_long() -> None:
    engine = of_many(
        4, {"kind": "implies", "then": ["high", "other"]}, high=SIGNED, note=f"{SIGNED} and definitely(a > 9)"
    )
    [reach] = [reach for reach in Prover(engine).reach() if reach.target == Target("note", "n")]
    assert reach.is_impossible
    assert reach.of_bounds is not None
    assert reach.of_bounds.reason is Reason.SIZE
    assert reach.left_over is None


FIVE, BELOW, UP_TO = Decimal(5), Bound(Decimal(0), Decimal(5), False, True), Bound(Decimal(0), Decimal(5), False, False)
ABOVE, FROM = Bound(Decimal(5), INFINITY, True, True), Bound(Decimal(5), INFINITY, False, True)


@pytest.mark.parametrize(
    ("lower", "higher"), [(BELOW, UP_TO), (UP_TO, FIVE), (FIVE, FROM), (FROM, ABOVE), (BELOW, ABOVE)]
)
def test_a_bound_is_higher_where_no_end_is_lower_and_one_is_higher(lower: Plain, higher: Plain) -> None:
    assert is_higher(higher, lower)
    assert not is_higher(lower, higher)
    assert not is_higher(lower, lower)


def test_neither_of_two_bounds_is_higher_where_one_holds_the_other() -> None:
    inner = Decimal(3)
    assert not is_higher(inner, BELOW)
    assert not is_higher(BELOW, inner)
    assert not is_higher(None, BELOW)
