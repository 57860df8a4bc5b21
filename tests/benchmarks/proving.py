"""Proving the liver rules guarantee by guarantee, measuring their strength, and the memory that takes."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

from screening.analysis.proof.prover import prove
from screening.analysis.strength.measure import strength
from screening.rulefiles.loading.loader import LoadedRules


def report(rules: LoadedRules) -> Iterator[str]:
    """One line a figure."""
    proof = prove(rules.engine)
    yield f"proof: {proof.seconds:.1f} s (wanted: under 60), {len(proof.reached)} things reached"
    for verdict in sorted(proof.verdicts, key=lambda verdict: -verdict.seconds):
        yield f"  {verdict.seconds * 1e3:6.1f} ms  {verdict.guarantee}"
    start = time.perf_counter()
    result = strength(rules.engine, rules.explainer, rules.cases)
    yield f"strength: {time.perf_counter() - start:.0f} s for {len(result.mutants)} mutants (wanted: under 60)"
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    yield f"peak memory: {used[0] / 1024:.0f} MB, and {used[1] / 1024:.0f} MB in the largest worker"
