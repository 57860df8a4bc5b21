"""Guarantees about what is told: texts that never stand on a page or paper where a condition holds.

The condition is read as answers are given, like those of texts. What the solver finds counts only where the text is
told in what is really made of such answers (`engine_oracle.Telling`).
"""

from __future__ import annotations

from collections.abc import Iterator

from screening.analysis.proof.guarantees import Kind
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import Answers
from screening.ruleset.formulas.algebra import FALSE, Formula, all_of, negation
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.text_places import TextPlace, text_places


def places_meant(rule_set: RuleSet, guarantee: Guarantee) -> tuple[TextPlace, ...]:
    """The places of the texts that a guarantee speaks of, by a topic or by name."""
    return tuple(
        place
        for place in text_places(rule_set)
        if not set(place.topics).isdisjoint(guarantee.topics) or any(map(place.is_named, guarantee.texts))
    )


def texts_told(judge: Judge, guarantee: Guarantee, answers: Answers) -> tuple[str, ...]:
    """Those of its texts that are told of an answer set, by id, each once."""
    told = judge.told(answers)
    meant = (place.id for place in places_meant(judge.rule_set, guarantee))
    return tuple(name for name in dict.fromkeys(meant) if name in told)


def speaks_of(model: RuleModel, guarantee: Guarantee) -> Formula:
    """The answer sets with which nothing that the guarantee names may be told."""
    included = model.formulas.as_given(*([guarantee.when.tree] if guarantee.when else []))
    if guarantee.except_when is None:
        return included
    return all_of(included, negation(model.formulas.as_given(guarantee.except_when.tree)))


def holds_as_given(judge: Judge, guarantee: Guarantee, answers: Answers) -> bool:
    """Whether an answer set is one of these, as the engine reads it."""
    included = guarantee.when is None or judge.holds_as_given(guarantee.when.tree, answers)
    return included and not (guarantee.except_when and judge.holds_as_given(guarantee.except_when.tree, answers))


def _never_shown(model: RuleModel, guarantee: Guarantee) -> Iterator[Query]:
    """For each place of each text: is there an answer set with which it stands there?"""
    meant = speaks_of(model, guarantee)
    for place in places_meant(model.rule_set, guarantee):
        formula = all_of(model.formulas.stands(place), meant)
        if formula is not FALSE:
            yield Query(model, (model.printed(formula),))


def _shown(judge: Judge, guarantee: Guarantee, answers: Answers, _: Answers) -> bool:
    return holds_as_given(judge, guarantee, answers) and bool(texts_told(judge, guarantee, answers))


TEXTS = {"never_shown": Kind(_never_shown, _shown)}
"""The kinds of guarantees about texts."""
