"""Proves a rule set's guarantees for every answer set, or finds a smallest answer set that breaks one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import z3

from screening.analysis.proof.guarantees import SINGLE, Kind
from screening.analysis.proof.pair_guarantees import PAIRS
from screening.analysis.proof.reachability import Queries, Target, shows, targets
from screening.analysis.proof.text_guarantees import TEXTS, texts_told
from screening.analysis.proof.verdicts import Example, Proof, Reach, Verdict
from screening.analysis.solver.engine_oracle import Judge, Telling
from screening.analysis.solver.minimal import Minimiser, still
from screening.analysis.solver.numbers import on_grid
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.session import SECONDS, Solver
from screening.analysis.solver.typed_bounds import typed_number
from screening.analysis.solver.undecided import Reason, UndecidedError
from screening.analysis.solver.witness import Answers, Witness, Witnesses
from screening.analysis.solver.witness_dates import FIRST
from screening.rulefiles.checks import static_guarantees
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.lengths import TooLongError
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.guarantees import Guarantee

KINDS: Mapping[str, Kind] = {**SINGLE, **PAIRS, **TEXTS}
EVERYTHING = "everything_reachable"
"""The kind of guarantee that stands for all targets of `reachability`."""
TOTAL_SECONDS = 30.0
"""How long a whole proof may take for what is not linear, where nothing else is said."""
MOST_CHECKS = 3
"""How often the solver is asked at most about one query that is not linear."""

Confirmed = Callable[[Judge, Answers, Answers], bool]
"""Whether the engine agrees that an answer set (and a second one, where there are two) is what was looked for."""


class Prover:
    """Proves about one rule set; `engine` confirms what the solver finds."""

    def __init__(self, engine: Engine, seconds: float = SECONDS, telling: Telling | None = None) -> None:
        """`seconds`: how long one question may take that is not linear; `telling`: see `Judge`."""
        self.rule_set = engine.rule_set
        self.model = RuleModel(engine.rule_set)
        """The answer sets whose numbers are exact: what can happen is looked for there first."""
        self.every = RuleModel(engine.rule_set, bounded=True)
        """All of them."""
        self.solver = Solver(seconds)
        self._with_bounds: dict[Target, Queries] | None = None
        self.judge = Judge(engine, telling)
        self.minimiser = Minimiser(engine.rule_set)

    # --- one guarantee ---

    def verdict(self, guarantee: Guarantee, reached: Iterable[Reach] = ()) -> Verdict:
        """Whether a guarantee holds, and the answer set that shows or breaks it."""
        start = time.perf_counter()
        if guarantee.kind in static_guarantees.STATIC:
            kept = static_guarantees.holds(self.rule_set, guarantee)
            return Verdict(guarantee.id, kept, time.perf_counter() - start)
        if guarantee.kind == EVERYTHING:
            return _everything(guarantee, [*reached])
        example: Example | None = None
        of_bounds: UndecidedError | None = None
        try:
            example, of_bounds = self._decided(guarantee)
            needless = guarantee.except_when is not None and self._is_needless(guarantee)
        except UndecidedError as error:
            if example is None:
                return Verdict(guarantee.id, holds=False, seconds=time.perf_counter() - start, undecided=error)
            needless = False  # it is broken as it stands, whatever its exception does
        if example and guarantee.kind in TEXTS:
            judge = self.judge.without(example.parts_off)
            example = replace(example, texts=texts_told(judge, guarantee, example.answers))
        holds = (example is not None) == KINDS[guarantee.kind].can_happen
        return Verdict(guarantee.id, holds, time.perf_counter() - start, example, None, needless, of_bounds)

    def _is_needless(self, guarantee: Guarantee) -> bool:
        """Whether a guarantee holds without its exception too."""
        example, of_bounds = self._decided(replace(guarantee, except_when=None))
        return example is None and of_bounds is None

    def _decided(self, guarantee: Guarantee) -> tuple[Example | None, UndecidedError | None]:
        """An answer set that is looked for, or that there is none: of exact numbers where bounds are undecided."""
        kind = KINDS[guarantee.kind]
        if kind.can_happen:
            return self._search(guarantee, self.model) or self._search(guarantee, self.every), None
        try:
            example = self._search(guarantee, self.every)
        except UndecidedError as error:
            return self._search(guarantee, self.model), error
        return (self._of_exact(guarantee) or example) if example and example.has_bound else example, None

    def _of_exact(self, guarantee: Guarantee) -> Example | None:
        """An example of exact numbers, which is easier to read, where one is found."""
        try:
            return self._search(guarantee, self.model)
        except UndecidedError:
            return None

    def _search(self, guarantee: Guarantee, model: RuleModel) -> Example | None:
        """An answer set that a query of the guarantee is about; one query may be undecided where another has one."""
        kind = KINDS[guarantee.kind]
        queries = Queries(lambda: kind.queries(model, guarantee))
        return self._first(queries, lambda judge, *pair: kind.confirmed(judge, guarantee, *pair))

    def _first(self, queries: Iterable[Query], confirmed: Confirmed) -> Example | None:
        """What one of some queries finds; `UndecidedError` where none does and one is undecided, or too long."""
        undecided: UndecidedError | None = None
        try:
            for query in queries:
                try:
                    if example := self.find(query, confirmed):
                        return example
                except UndecidedError as error:
                    undecided = error
        except TooLongError:
            undecided = UndecidedError(Reason.SIZE)
        if undecided:
            raise undecided
        return None

    def find(self, query: Query, confirmed: Confirmed) -> Example | None:
        """A smallest answer set (or pair) for a query, confirmed by the engine; None where there is none, by proof."""
        witnesses = Witnesses(query.model)
        for candidate in self.solver.candidates(query):
            for witness in witnesses.readings(candidate, query):
                if example := self._confirmed(query, witness, confirmed):
                    return example
        return None

    def _confirmed(self, query: Query, witness: Witness, confirmed: Confirmed) -> Example | None:
        """A witness made small, if the engine says of it what the solver does, and the form accepts it."""
        judge = self.judge.without(witness.parts_off)

        def shows(answers: Answers, changed: Answers) -> bool:
            return self._can_be_typed(answers) and self._can_be_typed(changed) and confirmed(judge, answers, changed)

        if not still(shows, witness.answers, witness.changed):
            return None
        answers, changed = self.minimiser.smallest(witness.answers, witness.changed, shows)
        return Example(answers, changed if query.change else None, witness.parts_off)

    def _can_be_typed(self, answers: Answers) -> bool:
        """Whether the form takes every number."""
        numbers = ((self.rule_set.question.get(name), typed_number(answer)) for name, answer in answers.items())
        return all(on_grid(question, number) for question, number in numbers if question and number is not None)

    # --- everything ---

    def reach(self) -> Iterator[Reach]:
        """Every target with an answer set that shows it."""
        for target, queries in targets(self.model):
            yield self.reach_one(target, queries)

    def reach_one(self, target: Target, queries: Iterable[Query]) -> Reach:
        """One target with an answer set that shows it, if there is one."""
        if example := self._with_nothing_known(target):
            return Reach(target, example)
        undecided: list[UndecidedError | None] = []
        for asked in (queries, Queries(partial(self._of_bounds, target))):
            try:
                if example := self._first(asked, partial(shows, target)):
                    return Reach(target, example)
                undecided.append(None)
            except UndecidedError as error:
                undecided.append(error)
        of_exact, of_all = undecided
        return Reach(target, None, of_all and of_exact, None if of_exact else of_all)

    def _of_bounds(self, target: Target) -> Iterator[Query]:
        """The same questions about all answer sets: what no exact number shows, a bound may."""
        if self._with_bounds is None:
            self._with_bounds = dict(targets(self.every))
        yield from self._with_bounds[target]

    def _with_nothing_known(self, target: Target) -> Example | None:
        """That nothing is decided is shown by nobody's answer to anything; of long sums the solver finds that late."""
        undecided = target == Target("category", self.rule_set.undetermined.category)
        if not undecided or any(question.required for question in self.rule_set.questions):
            return None
        nothing: Answers = {TODAY: DayRange.of_day(FIRST)} if self.rule_set.has_dates else {}
        return Example(nothing, None) if shows(target, self.judge, nothing, nothing) else None


def _everything(guarantee: Guarantee, reached: Sequence[Reach]) -> Verdict:
    """The guarantee that every target can occur."""
    impossible = any(reach.is_impossible for reach in reached)
    undecided = next((reach.undecided for reach in reached if reach.undecided), None)
    return Verdict(guarantee.id, not impossible and not undecided, 0.0, undecided=None if impossible else undecided)


def prove(engine: Engine, seconds: float = TOTAL_SECONDS, telling: Telling | None = None) -> Proof:
    """Prove every guarantee of a rule set, and reach everything that it speaks of; `telling`: see `Judge`.

    `seconds`, of a quiet machine, are for all questions together that are not linear: first each has a small share of
    half of them; then the other half is shared among the questions still undecided.
    """
    start = time.perf_counter()
    prover = Prover(engine, telling=telling)
    listed = list(targets(prover.model))
    guarantees = [guarantee for guarantee in engine.rule_set.guarantees if guarantee.kind != EVERYTHING]
    prover.solver.seconds = seconds / 2 / MOST_CHECKS / max(1, len(listed) + len(guarantees))
    reached = list(prover.reach())
    verdicts = {guarantee.id: prover.verdict(guarantee) for guarantee in guarantees}
    left_over = [*(reach.left_over for reach in reached), *(verdict.left_over for verdict in verdicts.values())]
    prover.solver.seconds = seconds / 2 / MOST_CHECKS / max(1, len(list(filter(None, left_over))))
    for guarantee in guarantees:
        if verdicts[guarantee.id].left_over:
            verdicts[guarantee.id] = prover.verdict(guarantee)
    for index, (target, queries) in enumerate(listed):
        if reached[index].left_over:
            reached[index] = prover.reach_one(target, queries)
    ordered = (
        verdicts.get(guarantee.id) or prover.verdict(guarantee, reached) for guarantee in engine.rule_set.guarantees
    )
    return Proof(tuple(ordered), tuple(reached), prover.model.computed_values, time.perf_counter() - start)


SOLVER = f"z3 {z3.get_version_string()}"
"""The solver, for receipts."""
