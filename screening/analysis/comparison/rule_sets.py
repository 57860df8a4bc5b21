"""Compares two rule sets: every pair of possible categories that some answer set moves between, or the proof of none.

Each pair comes with a smallest answer set that both engines confirm, and with how far its numbers reach.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import z3

from screening.analysis.comparison.boundaries import Boundary, boundaries
from screening.analysis.comparison.same_rules import decide_alike
from screening.analysis.comparison.two_forms import TwoForms
from screening.analysis.solver.minimal import Minimiser
from screening.analysis.solver.session import LINEAR_SECONDS, SECONDS, refined
from screening.analysis.solver.undecided import Reason, UndecidedError
from screening.analysis.solver.witness import Answers
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY

MOST_MOVES = 200
"""Pairs of possible sets after which the search stops, and says so; pairs of single categories are all found."""

MOST_UNDECIDED = 3
"""Pairs that can be neither shown nor ruled out, after which the search gives up: each may take long."""

Categories = frozenset[str]
Pair = tuple[Categories, Categories]


@dataclass(frozen=True, slots=True)
class Move:
    """A pair of possible sets that an answer set moves between; sets of one are categories."""

    before: Categories
    after: Categories
    answers: Answers
    """A smallest answer set, in the terms of whichever form asks each question."""
    parts_off: frozenset[str]
    """The parts that must be off for it; most often none."""
    ordinary: tuple[str, ...]
    """The questions whose answers say nothing that a rule looks for."""
    boundaries: tuple[Boundary, ...]

    @property
    def is_settled(self) -> bool:
        """Whether there is one category before and one after."""
        return len(self.before) == len(self.after) == 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moves between two rule sets."""

    moves: tuple[Move, ...] = ()
    identical: bool = False
    """Questions and rules decide alike word for word: there was nothing to search."""
    disjoint: bool = False
    """No answer set is accepted by both forms."""
    capped: bool = False
    """More pairs of possible sets can happen than were looked for."""
    undecided: tuple[Reason, ...] = ()
    """Why not every pair was shown or ruled out; what was not found is then not proved."""
    seconds: float = 0.0

    @property
    def nothing_moves(self) -> bool:
        """Whether it is proved that every answer set that both forms accept keeps its possible categories."""
        return not (self.moves or self.disjoint or self.undecided)


def compare(old: Engine, new: Engine, most: int = MOST_MOVES, formulas: RuleFormulas | None = None) -> Comparison:
    """Every way in which an answer set moves; pairs of possible sets up to `most` of them.

    `formulas` are those of the old rule set, for who compares it with many.
    """
    start = time.perf_counter()
    if decide_alike(old.rule_set, new.rule_set):
        return Comparison(identical=True)
    search = Search(old, new, formulas)
    comparison = Comparison(disjoint=not search.has_answers())
    if not comparison.disjoint:
        moves: list[Move] = []
        try:
            moves.extend(search.moves(search.settled))
            for move in search.moves(z3.Not(search.settled)):
                if sum(not other.is_settled for other in moves) == most:
                    comparison = replace(comparison, capped=True)
                    break
                moves.append(move)
        except UndecidedError as error:
            search.undecided.append(error.reason)
        comparison = replace(comparison, moves=tuple(moves), undecided=tuple(dict.fromkeys(search.undecided)))
    return replace(comparison, seconds=time.perf_counter() - start)


class Search:
    """Looks for answer sets that move, one for each pair of possible sets."""

    def __init__(self, old: Engine, new: Engine, formulas: RuleFormulas | None = None) -> None:
        self.forms = TwoForms(old, new, formulas)
        self._minimisers = Minimiser(new.rule_set), Minimiser(old.rule_set)
        before, after = (
            {name: model.printed(formula) for name, formula in model.formulas.possible.items()}
            for model in (self.forms.old, self.forms.new)
        )
        self._names = tuple({**before, **after})
        none = z3.Or()
        self._before = {name: z3.Bool(f"before {name}") for name in self._names}
        self._after = {name: z3.Bool(f"after {name}") for name in self._names}
        self._definitions = [
            side[name] == possible.get(name, none)
            for side, possible in ((self._before, before), (self._after, after))
            for name in self._names
        ]
        self._differs = z3.Or(*(z3.Xor(self._before[name], self._after[name]) for name in self._names))
        self._solver = self._started()
        self.undecided: list[Reason] = []
        """Why some pairs could be neither shown nor ruled out."""

    @property
    def settled(self) -> z3.BoolRef:
        """Where one category is possible before, and one after."""
        return z3.And(*(z3.AtMost(*side.values(), 1) for side in (self._before, self._after)))

    def _started(self, *more: z3.BoolRef) -> z3.Solver:
        solver = z3.Solver()
        solver.set("timeout", int(LINEAR_SECONDS * 1000))
        solver.add(*self._definitions, *self.forms.domain, *self.forms.bounds_of(self._definitions), *more)
        return solver

    def _assignment(self, *more: z3.BoolRef) -> z3.ModelRef | None:
        """An assignment of numbers that are exact, or, of powers, between straight lines; None where there is none."""
        fresh = self.forms.fresh(self._definitions)
        solver = self._started(*more)
        if all(reading.equation is not None for reading in fresh):
            return _model(solver)
        answer, model = refined(solver.assertions(), fresh, SECONDS)
        if answer == z3.unknown and model is None:
            raise UndecidedError(Reason.TIME)
        return model

    def has_answers(self) -> bool:
        """Whether both forms accept any answer set."""
        return _model(self._solver) is not None

    def moves(self, among: z3.BoolRef) -> Iterator[Move]:
        """A move for each pair of sets that differ, among answer sets of one sort; raises `UndecidedError`."""
        self._solver.push()
        self._solver.add(self._differs, among)
        all_parts = list(self.forms.parts.values())
        while assignment := _model(self._solver, *all_parts) or _model(self._solver):
            pair = self._pair(assignment)
            shown = self._confirmed(assignment, pair) or self._exactly(pair)
            self._solver.add(z3.Not(self._is(pair)))
            if shown is not None:
                yield self._move(pair, *shown)
        self._solver.pop()

    def _pair(self, assignment: z3.ModelRef) -> Pair:
        one, other = (
            frozenset(name for name, possible in side.items() if z3.is_true(assignment.eval(possible)))
            for side in (self._before, self._after)
        )
        return one, other

    def _is(self, pair: Pair) -> z3.BoolRef:
        sides = zip((self._before, self._after), pair, strict=True)
        return z3.And(*(side[name] == (name in names) for side, names in sides for name in self._names))

    def _shows(self, pair: Pair, answers: Answers, parts_off: frozenset[str]) -> bool:
        try:
            return self.forms.possible(answers, parts_off) == pair
        except ValueError:
            return False

    def _confirmed(
        self, assignment: z3.ModelRef, pair: Pair, *, typed: bool = False
    ) -> tuple[Answers, frozenset[str]] | None:
        """The answer set of a model, and the parts off, if both engines say of it what the model says."""
        off = frozenset(name for name, on in self.forms.parts.items() if z3.is_false(assignment[on]))
        for answers in [self.forms.as_typed(assignment)] if typed else self.forms.readings(assignment):
            if self._shows(pair, answers, off):
                self.forms.serves(answers)
                return answers, off
        return None

    def _exactly(self, pair: Pair) -> tuple[Answers, frozenset[str]] | None:
        """The same with equations, then with numbers that can be typed: an answer set, or None by proof or for want."""
        exact = [*self.forms.equations_of(self._definitions), self._is(pair)]
        try:
            assignment = self._assignment(*exact)
            if assignment is None:
                return None
            if shown := self._confirmed(assignment, pair):
                return shown
            assignment = self._assignment(*exact, *self.forms.typed)
        except UndecidedError as error:
            self._give_up(error)
            return None
        shown = self._confirmed(assignment, pair, typed=True) if assignment else None
        if shown is None:
            self._give_up(UndecidedError(Reason.UNCONFIRMED if assignment else Reason.UNTYPED))
        return shown

    def _give_up(self, error: UndecidedError) -> None:
        """Leave one pair undecided; after some of these the whole search ends."""
        self.undecided.append(error.reason)
        if len(self.undecided) > MOST_UNDECIDED:
            raise error

    def _move(self, pair: Pair, answers: Answers, off: frozenset[str]) -> Move:
        for minimiser in self._minimisers:
            answers, _ = minimiser.smallest(answers, answers, lambda candidate, _: self._shows(pair, candidate, off))
        reach = boundaries(self.forms, answers, lambda candidate: self._shows(pair, candidate, off))
        ordinary = tuple(name for name, answer in answers.items() if self._is_ordinary(name, answer))
        return Move(*pair, answers, off, ordinary, tuple(reach))

    def _is_ordinary(self, name: str, answer: Plain) -> bool:
        if name == TODAY:
            return False
        asked = [minimiser for minimiser in self._minimisers if name in minimiser.rule_set.question]
        return all(member.is_ordinary(name, answer) for member in asked)


def _model(solver: z3.Solver, *assumed: z3.BoolRef) -> z3.ModelRef | None:
    answer = solver.check(*assumed)
    if answer == z3.unknown:
        raise UndecidedError(Reason.TIME)
    return solver.model() if answer == z3.sat else None
