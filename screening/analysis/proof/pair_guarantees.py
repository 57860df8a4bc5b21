"""Guarantees about two answer sets that differ in one thing: what may not become milder, and what changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations

import z3

from screening.analysis.proof.guarantees import Kind, conditions, spoken_of_by
from screening.analysis.solver.encoding import Choice, Numeric, Several, Variable, nothing_known, variables
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.rule_set import Guarantee


def _milder(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    return spoken_of_by(judge, guarantee, answers) and judge.is_milder(changed, than=answers)


def _raised(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """The same answers but for one number."""
    number, counted = model.encoding.given[guarantee.question], model.formulas.counted(guarantee.question)
    if isinstance(number, Numeric) and isinstance(counted, Numeric):
        changed = (number.value,)
        other = model.primed(number.value, changed)
        moved = other > number.value if guarantee.direction == "up" else other < number.value
        yield Query(model, (*conditions(model, guarantee), counted.known, moved, model.milder(changed)), changed)


def _changed(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """The same answers but for one option chosen, or one more ticked."""
    answer = model.encoding.given[guarantee.question]
    if isinstance(answer, Several):
        for code in guarantee.to:
            tick = answer.options[code]
            changed = tuple(_tick(model, guarantee.question, code))
            ticked_more = (z3.Not(answer.unsure), z3.Not(tick), model.primed(tick, changed))
            yield Query(model, (*conditions(model, guarantee), *ticked_more, model.milder(changed)), changed)
    elif isinstance(answer, Choice):
        pairs = [*combinations(guarantee.order, 2)]
        pairs += [(before, after) for before in guarantee.changed_from for after in guarantee.to]
        changed = tuple(model.variables_of(guarantee.question))
        milder = (*conditions(model, guarantee), model.milder(changed))
        for before, after in pairs:
            moved = (answer.options[before], model.primed(answer.options[after], changed))
            yield Query(model, (*moved, *milder), changed)


def _tick(model: RuleModel, name: str, code: str) -> Iterator[Variable]:
    """The variables of one tick, as given and as completed."""
    answer = model.encoding.given[name]
    if isinstance(answer, Several):
        yield answer.options[code]
    if name in model.encoding.settled:
        yield model.encoding.settled[name].options[code]


def _forgotten(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """The same answers but for one that is known in the first set and unknown in the second."""
    changed = tuple(model.variables_of(guarantee.question))
    unknown = nothing_known(model.encoding.given[guarantee.question])
    moved = (z3.Not(unknown), model.primed(unknown, changed))
    yield Query(model, (*conditions(model, guarantee), *moved, model.milder(changed)), changed)


def _can_be_milder(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    if guarantee.forgotten:
        yield from _forgotten(model, guarantee)
    elif guarantee.direction:
        yield from _raised(model, guarantee)
    else:
        yield from _changed(model, guarantee)


def _unaffected(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """Two answer sets that differ in what should not matter, and in their category."""
    changes = [tuple(variables(model.encoding.given[name])) for name in guarantee.questions]
    changes += [tuple(_tick(model, name, code)) for name, codes in guarantee.options.items() for code in codes]
    for changed in changes:
        for holds in model.category.values():
            yield Query(model, (*conditions(model, guarantee), holds, z3.Not(model.primed(holds, changed))), changed)


def _affected(judge: Judge, guarantee: Guarantee, answers: Answers, changed: Answers) -> bool:
    return spoken_of_by(judge, guarantee, answers) and judge.category(answers) != judge.category(changed)


def _never_decides(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """The same answers with two results of a value, whatever they are, and two of the categories."""
    free = RuleModel(model.rule_set, guarantee.value)
    changed = tuple(free.formulas.free_variables)
    for one, other in permutations(guarantee.categories, 2):
        yield Query(free, (free.category[one], free.primed(free.category[other], changed)), changed)


def _decided(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    """The value cannot be set in the engine; that it is read at all by these categories is what was found."""
    return judge.category(answers) in guarantee.categories


def _interrupt_taken_back(model: RuleModel, _: Guarantee) -> Iterator[Query]:
    """An interrupt is shown; then a question not answered before is answered, and the ground holds no more.

    Every question is tried, whatever the interrupt waits for: else a wait that is too short would never be found.
    """
    formulas = model.formulas
    for ground in model.rule_set.grounds:
        if not ground.interrupt:
            continue
        holds = formulas.condition(ground.when.tree, EvaluationMode.OPEN).true
        waits_for = sorted(formulas.names.depends_on(ground.when.tree))
        shown = z3.And(
            holds,
            *(z3.Not(z3.And(formulas.asked(each), nothing_known(model.encoding.given[each]))) for each in waits_for),
        )
        for name in model.encoding.given:
            changed = tuple(model.variables_of(name))
            still = model.primed(holds, changed)
            if not still.eq(holds):
                yield Query(model, (shown, nothing_known(model.encoding.given[name]), z3.Not(still)), changed)


def _taken_back(judge: Judge, _: Guarantee, answers: Answers, changed: Answers) -> bool:
    before = judge.engine.interrupts(answers, answers.keys())
    after = judge.engine.interrupts(changed, changed.keys())
    return not set(before) <= set(after)


PAIRS: Mapping[str, Kind] = {
    "never_milder_raised": Kind(_raised, _milder),
    "never_milder_changed": Kind(_changed, _milder),
    "never_milder_unknown": Kind(_forgotten, _milder),
    "can_be_milder": Kind(_can_be_milder, _milder, can_happen=True),
    "unaffected_by": Kind(_unaffected, _affected),
    "never_decides": Kind(_never_decides, _decided),
    "interrupt_kept": Kind(_interrupt_taken_back, _taken_back),
}
