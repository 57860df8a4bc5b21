"""What `screening book` asks the solver: who moves if a judgement is changed, and where thresholds matter."""

from __future__ import annotations

from collections.abc import Mapping

import click

from screening.analysis.comparison.rule_sets import compare
from screening.analysis.thresholds.crossing import Crossing, Effect, all_thresholds, shown_by_cases
from screening.analysis.thresholds.crossing_search import CrossingSearch
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.judgements import judgements, variations
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.model.problem import Path
from screening.wording.book.findings import TriedVariation
from screening.wording.book.reclassification import try_variation as in_words
from screening.wording.language.languages import Language

MOST_OPEN = 1
"""Pairs of possible sets shown for a change: one tells that there are some."""


def judgement_variations(rules: LoadedRules, language: Language) -> Mapping[Path, tuple[TriedVariation, ...]]:
    """For each judgement, by its place, what moves where it is made otherwise; progress goes to standard error."""
    all_of = list(judgements(rules.rule_set))
    formulas = RuleFormulas(rules.rule_set)
    results = {}
    for number, judgement in enumerate(all_of, start=1):
        progress = language.gettext(
            "%(number)s of %(all)s: %(name)s", number=number, all=len(all_of), name=judgement.id
        )
        click.echo(progress, err=True)
        tried = [
            (variation, compare(rules.engine, Engine(variation.rule_set), MOST_OPEN, formulas))
            for variation in variations(rules.rule_set, judgement)
        ]
        results[judgement.path] = tuple(
            in_words(rules.rule_set, variation, comparison, language) for variation, comparison in tried
        )
    return results


def crossings(rules: LoadedRules) -> tuple[Crossing, ...]:
    """What each threshold can change; where the solver cannot decide, what the cases show."""
    search = CrossingSearch(rules.engine)
    answers = [case.plain(rules.rule_set) for case in rules.cases]
    results = []
    for threshold in all_thresholds(rules.rule_set):
        crossing = search.crossing(threshold)
        if crossing.effect is Effect.NOTHING and not crossing.proved:
            crossing = search.smallest(shown_by_cases(rules.engine, threshold, answers))
        results.append(crossing)
    return tuple(results)
