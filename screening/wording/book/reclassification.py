"""What the solver found about judgement calls, for the book. Needs the solver, so that only commands load it."""

from __future__ import annotations

from screening.analysis.comparison.rule_sets import Comparison, Move
from screening.ruleset.engine.judgements import Variation
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.undecided import why_undecided
from screening.wording.authors.versions.pair import Pair
from screening.wording.authors.versions.reclassification import shown_by
from screening.wording.book.findings import MovedPair, TriedVariation
from screening.wording.language.languages import Language


def try_variation(
    rule_set: RuleSet, variation: Variation, comparison: Comparison, language: Language
) -> TriedVariation:
    """The pairs of a comparison with a changed rule set in words."""
    pair = Pair(rule_set, variation.rule_set, language)
    order = {name: number for number, name in enumerate(rule_set.category)}

    def place(move: Move) -> tuple[bool, list[int], list[int]]:
        """Settled pairs first, then by the order of the categories."""
        before, after = (sorted(order[category] for category in side) for side in (move.before, move.after))
        return not move.is_settled, before, after

    moves = (MovedPair(move.before, move.after, shown_by(move, pair)) for move in sorted(comparison.moves, key=place))
    return TriedVariation(variation, tuple(moves), why_undecided(comparison.undecided, language))
