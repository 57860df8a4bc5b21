"""The formulas and the functions agree on what is certain of scores that are open."""

from __future__ import annotations

from itertools import product

from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.language.evaluation_mode import EvaluationMode
from tests.ruleset.formulas.evaluation import Facts
from tests.ruleset.language.test_comparison_bounds import CERTAIN, OPEN, one_ground
from tests.support.every import for_every

CODES = [None, "a", "b", "c", "b_or_c"]


@for_every("when", dict.fromkeys(when for when, _, _ in (*CERTAIN, *OPEN)))
def test_a_ground_that_reads_open_scores_is_read_alike(when: str) -> None:
    engine = one_ground(when)
    read = RuleFormulas(engine.rule_set).truth(engine.rule_set.grounds[0].when.tree, EvaluationMode.OPEN)
    for one, other in product(CODES, CODES):
        holding, open_ = engine.functions.observe({"one": one, "other": other})
        facts = Facts({"one": one, "other": other})
        assert facts.hold(read.true) == bool(holding), (one, other)
        assert facts.hold(read.false) == (not holding and not open_), (one, other)
