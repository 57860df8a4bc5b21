"""Numbers with more digits than can be written out: powers of powers end no proof."""

from __future__ import annotations

import pytest

from screening.analysis.proof.prover import prove
from screening.analysis.solver.intervals import MOST_DIGITS, Intervals
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.formulas.terms import parts
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.expression import Name
from tests.support.rules import small_rules as small


@pytest.mark.parametrize("huge", ["power(power(power(size, 9), 9), 9)", "sqrt(power(power(power(size, -9), 9), 9))"])
def test_a_power_of_powers_ends_no_proof_and_its_bounds_hold(huge: str) -> None:
    size = small.number("size", small.unit(minimum=1, maximum=1000), required=True)
    listed = [small.rule("found", small.ground("g", "size > 500 and worked_out > 2"))]
    data = small.rule_file([size], listed, values=[small.value("worked_out", huge)])
    data["guarantees"] = [
        {"id": "kept", "kind": "implies", "text": "It is so.", "when": "size <= 500", "then": ["other"]},
    ]
    rules = small.engine(data)
    [kept] = [verdict for verdict in prove(rules).verdicts if verdict.guarantee == "kept"]
    assert kept.holds
    [term] = {span.low for span in RuleFormulas(rules.rule_set).number(Name("worked_out"), EvaluationMode.GIVEN)}
    for part in parts(term):
        low, high = Intervals(rules.rule_set).of(part)
        assert low is None or low == 0 or abs(low.adjusted()) <= MOST_DIGITS
        assert high is None or high == 0 or abs(high.adjusted()) <= MOST_DIGITS
        assert low is None or high is None or low <= high
