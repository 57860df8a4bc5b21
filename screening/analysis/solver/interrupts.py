"""Interrupts that are taken back: shown, and no longer true once a question not answered before is answered."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from screening.analysis.solver.encoding import nothing_known
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.rule_set import Ground


def interrupt_taken_back(model: RuleModel, _: Guarantee) -> Iterator[Query]:
    """For each interrupt, and whatever it waits for, each question: else a wait too short would never be found."""
    for ground in model.rule_set.grounds:
        if ground.interrupt:
            yield from _taken_back_by_an_answer(model, ground)


def _taken_back_by_an_answer(model: RuleModel, ground: Ground) -> Iterator[Query]:
    holds = model.formulas.holding[ground.id]
    waits_for = sorted(model.formulas.names.depends_on(ground.when.tree))
    said = model.encoding.said
    answered = [z3.Implies(z3.Not(nothing_known(given)), said[name]) for name, given in model.encoding.given.items()]
    waited = (z3.Implies(model.printed(model.formulas.asked(name)), said[name]) for name in waits_for)
    shown = [model.printed(holds), *waited]
    for name in model.encoding.given:
        change = model.variable_names(name)
        still = model.printed(holds, change)
        if not still.eq(model.printed(holds)):
            yield Query(model, (*answered, *shown, z3.Not(said[name]), z3.Not(still)), change, on_the_way=True)


def taken_back(judge: Judge, _: Guarantee, answers: Answers, changed: Answers) -> bool:
    """Whether an interrupt that is shown after some answers is not after one more."""
    before = judge.engine.interrupts(answers, answers.keys())
    after = judge.engine.interrupts(changed, changed.keys())
    return not set(before) <= set(after)
