"""How strong cases and guarantees are: which mutants of the rules they notice, and an answer set for each they miss."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from screening.analysis.comparison.difference import Differences, different
from screening.analysis.proof.prover import EVERYTHING, Prover
from screening.analysis.solver.undecided import UndecidedError
from screening.analysis.solver.witness import Answers
from screening.analysis.strength.beside_cases import find_beside
from screening.analysis.strength.mutation import Mutant, mutants
from screening.rulefiles.cases.case_file import Case, run_cases
from screening.ruleset.compiler.completions.completion_plan import plan_completions
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.dates import DatesUnreadError
from screening.ruleset.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one mutant: caught by a case or a guarantee, the same for every answer set, or missed."""

    number: int
    """Its place among `mutants`."""
    case: str = ""
    guarantee: str = ""
    equivalent: bool = False
    missed: Answers | None = None
    """A smallest answer set that tells the mutant apart, and that no case has."""
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """An answer set that tells mutants apart from the rules: the first of them, and what each would give."""

    mutant: Mutant
    answers: Answers
    others: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """Every mutant with what became of it."""

    mutants: tuple[Mutant, ...]
    judged: tuple[Judged, ...]

    @property
    def missed(self) -> tuple[Judged, ...]:
        """What nothing caught, and is not equivalent."""
        return tuple(
            judgement
            for judgement in self.judged
            if not (judgement.case or judgement.guarantee or judgement.equivalent)
        )

    def telling(self, engine: Engine) -> Iterator[Telling]:
        """Answer sets that together would catch all that no case does, as few as one pass finds."""
        waiting = [
            (judgement, Engine(self.mutants[judgement.number].rule_set))
            for judgement in self.judged
            if judgement.missed
        ]
        while waiting:
            answers = waiting[0][0].missed or {}
            outcome = engine.evaluate(answers)
            others = [(judgement, changed.evaluate(answers)) for judgement, changed in waiting]
            caught = [(judgement, other) for judgement, other in others if list(different(outcome, other))]
            numbers = {judgement.number for judgement, _ in caught}
            waiting = [pair for pair in waiting if pair[0].number not in numbers]
            yield Telling(self.mutants[caught[0][0].number], answers, tuple(other for _, other in caught))


class Bench:
    """Judges mutants of one rule set."""

    def __init__(self, engine: Engine, explainer: Explainer, cases: Sequence[Case]) -> None:
        self.explainer = explainer
        # what is missing is not compared: it is slow to find, and follows from the possible categories
        self.own_cases = cases
        self.cases = [replace(case, expected=_without_missing(case)) for case in cases]
        self.mutants = tuple(mutants(engine.rule_set))
        self.differences = Differences(engine)

    def judge(self, number: int) -> Judged:
        """What becomes of one mutant: first the cases, which are quick; then whether there is a difference at all."""
        rule_set = self.mutants[number].rule_set
        plan = plan_completions(rule_set)
        if not plan.is_feasible:
            return Judged(number, undecided="it has more completions than a rule file may have")
        engine = Engine(rule_set, plan=plan)
        if case := self._failing_case(engine):
            return Judged(number, case=case)
        try:
            difference = self.differences.find(engine)
        except DatesUnreadError as error:
            beside = find_beside(self.own_cases, self.differences, engine)
            reason = "" if beside else f"it reads the strict date {error} in several units"
            return Judged(number, missed=beside, undecided=reason)
        except UndecidedError as error:
            return Judged(number, guarantee=_broken(engine), undecided=str(error))
        if difference is None:
            return Judged(number, equivalent=True)
        return Judged(number, guarantee=_broken(engine), missed=difference)

    def _failing_case(self, engine: Engine) -> str:
        """The first case that is not as expected."""
        return next((case.name for case in self.cases if run_cases([case], engine, self.explainer)), "")


def _without_missing(case: Case) -> dict[str, object]:
    return {key: member for key, member in case.expected.items() if key != "missing"}


def _broken(engine: Engine) -> str:
    """The first guarantee that a mutant does not keep."""
    prover = Prover(engine)
    listed = (guarantee for guarantee in engine.rule_set.guarantees if guarantee.kind != EVERYTHING)
    return next((guarantee.id for guarantee in listed if not prover.verdict(guarantee).holds), "")


# --- all of them, on every core ------------------------------------------------------------------

_bench: list[Bench] = []
"""The bench of a worker process; a forked worker finds it made."""


def strength(engine: Engine, explainer: Explainer, cases: Sequence[Case]) -> Strength:
    """Judge every mutant of a rule set."""
    bench = Bench(engine, explainer, cases)
    _bench[:] = [bench]
    try:
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as workers:
            judged = tuple(workers.map(_judge, range(len(bench.mutants)), chunksize=16))
    finally:
        _bench.clear()
    return Strength(bench.mutants, judged)


def _judge(number: int) -> Judged:
    return _bench[0].judge(number)
