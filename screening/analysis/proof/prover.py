"""Proves a rule set's guarantees for every answer set, or finds a smallest answer set that breaks one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import z3

from screening.analysis.proof.guarantees import SINGLE
from screening.analysis.proof.pair_guarantees import PAIRS
from screening.analysis.proof.reachability import Target, shows, targets
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.minimal import Minimiser, Shows
from screening.analysis.solver.query import Query, Solver, UndecidedError
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers, Witnesses
from screening.rulefiles.checks import static_guarantees
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.rule_set import Guarantee

KINDS = {**SINGLE, **PAIRS}
EVERYTHING = "everything_reachable"
"""The kind of guarantee that stands for all targets of `reachability`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A smallest answer set, confirmed by the engine, and the second one where two were looked for."""

    answers: Answers
    changed: Answers | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one guarantee."""

    guarantee: str
    holds: bool
    seconds: float
    found: Found | None = None
    """The answer set that breaks it; or that shows it, where it says what can happen."""
    undecided: str = ""
    """Why nothing could be decided; empty where it was."""
    needless_exception: bool = False
    """The guarantee holds without its stated exception too."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A target, and a smallest answer set that shows it; None where nothing can."""

    target: Target
    found: Found | None


@dataclass(frozen=True)
class Proof:
    """All that was proved and found."""

    verdicts: tuple[Verdict, ...]
    reached: tuple[Reach, ...]
    approximated: tuple[str, ...]
    """Values that are not linear in the answers: proofs allow for more results of them than there are."""
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether every guarantee holds, and every ground holds for some answers and fails for others."""
        kept = all(verdict.holds and not verdict.needless_exception for verdict in self.verdicts)
        return kept and all(each.found for each in self.reached if each.target.what in ("ground", "fails"))


class Prover:
    """Proves about one rule set; `engine` confirms what the solver finds."""

    def __init__(self, engine: Engine) -> None:
        self.rule_set = engine.rule_set
        self.model = RuleModel(engine.rule_set)
        self.solver = Solver()
        self.witnesses = Witnesses(self.model)
        self.judge = Judge(engine)
        self.minimiser = Minimiser(engine.rule_set)

    # --- one guarantee ---

    def verdict(self, guarantee: Guarantee, reached: Iterable[Reach] = ()) -> Verdict:
        """Whether a guarantee holds, and the answer set that shows or breaks it."""
        start = time.perf_counter()
        if guarantee.kind in static_guarantees.STATIC:
            kept = static_guarantees.holds(self.rule_set, guarantee)
            return Verdict(guarantee.id, kept, time.perf_counter() - start)
        try:
            if guarantee.kind == EVERYTHING:
                return Verdict(guarantee.id, all(each.found for each in reached), time.perf_counter() - start)
            found = self._search(guarantee)
            needless = guarantee.except_when is not None and self._search(replace(guarantee, except_when=None)) is None
        except UndecidedError as error:
            return Verdict(guarantee.id, holds=False, seconds=time.perf_counter() - start, undecided=str(error))
        holds = (found is not None) == KINDS[guarantee.kind].can_happen
        return Verdict(guarantee.id, holds, time.perf_counter() - start, found, needless_exception=needless)

    def _search(self, guarantee: Guarantee) -> Found | None:
        kind = KINDS[guarantee.kind]
        confirmed = partial(kind.confirmed, self.judge, guarantee)
        for query in kind.queries(self.model, guarantee):
            if found := self.find(query, confirmed):
                return found
        return None

    def find(self, query: Query, confirmed: Shows) -> Found | None:
        """A smallest answer set (or pair) for a query, confirmed by the engine; None where there is none, by proof.

        Where the engine does not confirm what was found, an approximated term is to blame, or a strict answer left
        open: settled answers are looked for, then exact ones.
        """
        if self.solver.find(query) is None:
            return None
        settled = [query.model.settled_but(query.unsure)]
        if query.changed:
            settled.append(query.model.primed(settled[0], query.changed))
        for more, exact in ((settled, False), ([], False), (settled, True), ([], True)):
            model = self.solver.find(query, *more, exact=exact)
            if model is None:
                if exact and not more:
                    return None
                continue
            for answers, changed in self.witnesses.readings(model, query.changed, exact=exact):
                if confirmed(answers, changed):
                    smallest, other = self.minimiser.smallest(answers, changed, confirmed)
                    return Found(smallest, other if query.changed else None)
        raise UndecidedError("the solver found answers that the engine does not confirm")

    # --- everything ---

    def reach(self) -> Iterator[Reach]:
        """Every target with an answer set that shows it."""
        for target, queries in targets(self.model):
            confirmed = partial(shows, target, self.judge)
            yield Reach(target, next((found for query in queries if (found := self.find(query, confirmed))), None))

    def approximated(self) -> tuple[str, ...]:
        """The values whose number is not linear in the answers."""
        names = (value.id for value in self.rule_set.values)
        return tuple(name for name in names if self.model.is_approximated(name))


def prove(engine: Engine) -> Proof:
    """Prove every guarantee of a rule set, and reach everything that it speaks of."""
    start = time.perf_counter()
    prover = Prover(engine)
    reached = tuple(prover.reach())
    verdicts = tuple(prover.verdict(guarantee, reached) for guarantee in engine.rule_set.guarantees)
    return Proof(verdicts, reached, prover.approximated(), time.perf_counter() - start)


SOLVER = f"z3 {z3.get_version_string()}"
"""The solver, for receipts."""
