"""How far the solver goes before it gives up."""

from __future__ import annotations

import pytest
import z3

from screening.analysis.solver import session
from screening.analysis.solver.session import WORK_A_SECOND, checked

ENOUGH, TOO_LITTLE = 20.0, 0.001


def pigeons(holes: int) -> list[z3.BoolRef]:
    """One more pigeon than holes: there is no way, and the solver needs many steps to see it."""
    sits = [[z3.Bool(f"pigeon {pigeon} in {hole}") for hole in range(holes)] for pigeon in range(holes + 1)]
    some = [z3.Or(*row) for row in sits]
    alone = [
        z3.Not(z3.And(sits[one][hole], sits[other][hole]))
        for hole in range(holes)
        for one in range(holes + 1)
        for other in range(one)
    ]
    return [*some, *alone]


def work(seconds: float) -> int:
    """How much the solver has worked on the pigeons when it stops."""
    before = counted()
    checked(pigeons(10), seconds)
    return counted() - before


def counted() -> int:
    return int(z3.Solver().statistics().get_key_value("rlimit count"))


def test_the_solver_stops_where_its_work_is_at_an_end() -> None:
    assert checked(pigeons(6), ENOUGH)[0] == z3.unsat
    assert checked(pigeons(10), TOO_LITTLE)[0] == z3.unknown


@pytest.mark.parametrize("seconds", [0.01, 0.05])
def test_it_stops_by_its_work_and_not_by_the_clock(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "PATIENCE", 2_000)  # however busy the machine is, the clock is not what stops it
    assert work(seconds) == pytest.approx(seconds * WORK_A_SECOND, rel=0.5)
