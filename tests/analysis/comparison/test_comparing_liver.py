"""Changes of the liver rules: every pair that answers at random show was found, and no number was passed over."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.analysis.comparison.rule_sets import compare
from screening.analysis.solver.undecided import Reason
from screening.ruleset.engine.engine import Engine
from tests.analysis.drawing import Drawing
from tests.rulefiles.edited import edited, rule_set_of
from tests.support.cases import LIVER, RULES

TEXT = LIVER.read_text(encoding="utf-8")
CHANGES = {
    "a threshold": ("lsm >= 8.0)\n", "lsm >= 10.0)\n"),
    "a value that many rules read": ("definitely(alt > 200) or definitely(ast > 200)", "definitely(ast > 200)"),
    "what counts as an event": ('when: ascites in {"now", "past"}\n', 'when: ascites == "now"\n'),
    "when a question is asked": ("if_not_asked: not_discussed\n", "if_not_asked: not_possible\n"),
}


def changed(change: tuple[str, str]) -> Engine:
    """The liver rules with one change."""
    return Engine(rule_set_of(edited(change, text=TEXT)))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_moves_at_random_was_found(change: tuple[str, str]) -> None:
    new = changed(change)
    found = compare(RULES.engine, new)
    assert not found.undecided
    assert not found.capped
    pairs = {(move.before, move.after) for move in found.moves}
    drawing = Drawing(RULES.rule_set, seed=11)
    shown = set()
    for _ in range(3_000):
        answers = drawing.answers()
        pair = RULES.engine.possible(answers), new.possible(answers)
        if pair[0] != pair[1]:
            shown.add(pair)
    assert shown
    assert shown <= pairs


@pytest.mark.slow
def test_a_threshold_of_a_computed_number_is_shown_by_numbers_that_lie_beside_it() -> None:
    new = changed(("definitely(fib4 > 2.67) and not", "definitely(fib4 > 1.3) and not"))
    found = compare(RULES.engine, new)
    assert not found.undecided
    assert ["no_sign", "unclear"] in [[*move.before, *move.after] for move in found.moves]
    for move in found.moves:
        fib4 = RULES.engine.evaluate(move.answers).values["fib4"]
        assert isinstance(fib4, Decimal)
        assert Decimal("1.3") < fib4 <= Decimal("2.67")
        assert (RULES.engine.possible(move.answers), new.possible(move.answers)) == (move.before, move.after)


ALT_OR_AST = "definitely(alt > 200) or definitely(ast > 200)"


@pytest.mark.slow
def test_nothing_moves_by_proof_where_a_rule_is_only_written_otherwise() -> None:
    found = compare(RULES.engine, changed((ALT_OR_AST, "not (possibly(alt <= 200) and possibly(ast <= 200))")))
    assert not found.identical
    assert found.nothing_moves


@pytest.mark.slow
def test_a_threshold_moved_between_two_numbers_that_can_be_typed_is_undecided() -> None:
    """A laboratory may print more digits than are typed today, and 200.5 would move."""
    found = compare(RULES.engine, changed((ALT_OR_AST, "definitely(alt >= 201) or definitely(ast >= 201)")))
    assert found.moves == ()
    assert found.undecided == (Reason.UNTYPED,)
    assert not found.nothing_moves
