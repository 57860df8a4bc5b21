"""Random rule files with random guarantees, proved, and judged on every answer set.

`python -m tests.analysis.proof.fuzz 500` tries so many files; `... 500 7 numbers` such as ask for numbers above all, of
which more bounds are tried.

Nothing may be proved that an answer set refutes, and nothing found that the brute force does not confirm. What is left
undecided is counted. A second number is the first seed; without it the seeds are new ones.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import prod

from screening.analysis.proof.prover import EVERYTHING, KINDS, prove
from screening.analysis.proof.verdicts import Proof, Verdict
from screening.analysis.solver.undecided import Reason
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.rule_set import RuleSet
from tests.analysis.proof.small_files import random_file
from tests.support.rules.all_answers import AllAnswers, AnswerSet, accepted, bounds
from tests.support.rules.interpreter import Given
from tests.support.rules.small_rules import built

MOST_ANSWER_SETS = 300
BOUNDS, MORE_BOUNDS = 2, 5
"""How many bounds are tried of each number, and how many in files of numbers."""
SECONDS = 2.0
"""How long one proof may take for what is not linear."""


@dataclass
class Report:
    """What came of some files."""

    files: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        return f"{self.files} files: {counts}; {len(self.wrong)} wrong"


def small_enough(rule_set: RuleSet) -> bool:
    """Whether every answer set can be tried."""
    return prod(len(accepted(question)) for question in rule_set.questions) <= MOST_ANSWER_SETS


def rule_sets(first: int, *, of_numbers: bool = False) -> Iterator[tuple[int, RuleSet]]:
    """Random rule sets with few answer sets, each with its seed."""
    seed = first
    while True:
        rule_set = built(random_file(seed, of_numbers=of_numbers))
        if small_enough(rule_set):
            yield seed, rule_set
        seed += 1


def fuzz(count: int, first: int, *, of_numbers: bool = False) -> Report:
    """Prove and judge some files."""
    report, tried = Report(), MORE_BOUNDS if of_numbers else BOUNDS
    for seed, rule_set in rule_sets(first, of_numbers=of_numbers):
        try:
            judged(rule_set, prove(Engine(rule_set), SECONDS), seed, report, tried)
        except Exception:
            report.wrong.append(f"seed {seed}: {traceback.format_exc()}")
        report.files += 1
        if report.files == count:
            return report
    return report


def judged(rule_set: RuleSet, proof: Proof, seed: int, report: Report, tried: int = BOUNDS) -> None:
    """Hold every verdict against every answer set, with the part on and off."""
    parts = frozenset(part.id for part in rule_set.parts)
    with_parts = [AllAnswers(rule_set, off, tried, seed) for off in (frozenset[str](), parts)]
    exact = [AllAnswers(rule_set, off) for off in (frozenset[str](), parts)]
    guarantees = {guarantee.id: guarantee for guarantee in rule_set.guarantees}
    for verdict in proof.verdicts:
        guarantee = guarantees[verdict.guarantee]
        if guarantee.kind != EVERYTHING:
            what = came_of(guarantee, verdict, exact if verdict.of_bounds else with_parts)
            report.counts[what] += 1
            if what.startswith("FALSE"):
                report.wrong.append(f"seed {seed}: {what}: {guarantee} {verdict}")


def came_of(guarantee: Guarantee, verdict: Verdict, with_parts: list[AllAnswers]) -> str:
    """Whether a verdict is right."""
    if verdict.undecided is not None:
        if verdict.undecided.reason is Reason.UNCONFIRMED:
            return "FALSE model"
        return f"undecided ({verdict.undecided.reason})"
    if verdict.example is None:
        kept = "kept of exact numbers" if verdict.of_bounds else "kept"
        found = any(judge.found(guarantee) for judge in with_parts)
        if found:
            return "FALSE cannot happen" if KINDS[guarantee.kind].can_happen else "FALSE proof"
        return "cannot happen" if KINDS[guarantee.kind].can_happen else kept
    answers = next(judge for judge in with_parts if judge.parts_off == verdict.example.parts_off)
    changed = verdict.example.answers if verdict.example.changed is None else verdict.example.changed
    on_the_way = guarantee.kind == "interrupt_kept"
    pair = [dict(state) if on_the_way else whole(answers, state) for state in (verdict.example.answers, changed)]
    if not all(is_accepted(answers, state) for state in pair) or not answers.is_found(guarantee, pair[0], pair[1]):
        return "FALSE witness"
    by = " by a bound" if any(isinstance(answer, Bound) for one in pair for answer in one.values()) else ""
    return ("can happen" if KINDS[guarantee.kind].can_happen else "broken") + by


def whole(answers: AllAnswers, given: AnswerSet) -> AnswerSet:
    """A witness with what it leaves out as unknown."""
    blank: AnswerSet = {
        question.id: frozenset({None}) if question.type == "several" else None
        for question in answers.rule_set.questions
    }
    return {**blank, **given}


def is_accepted(answers: AllAnswers, given: AnswerSet) -> bool:
    """Whether the form takes every answer."""

    def takes(name: str, value: Given) -> bool:
        question = answers.rule_set.question.get(name)
        if question is None:
            return True
        listed: Sequence[Given] = bounds(question) if isinstance(value, Bound) else accepted(question)
        return value in listed

    return all(takes(name, answer) for name, answer in given.items())


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()) * 1000
    done = fuzz(wanted, seed, of_numbers="numbers" in sys.argv)
    print(f"from seed {seed}: {done}")  # noqa: T201 - a command
    for line in done.wrong:
        print(line)  # noqa: T201 - the same
    raise SystemExit(bool(done.wrong))
