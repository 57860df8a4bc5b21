"""Whether an outcome may be sent to a clinic: the rule file says which categories may, and never in an emergency."""

from __future__ import annotations

from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.rule_set import RuleSet, Tone


def may_be_shared(rule_set: RuleSet, outcome: Outcome) -> bool:
    """Whether a person may be offered to send this outcome.

    Its own category decides, never the one underlying it; and while anything that calls for help is possible, help
    comes first.
    """
    calls_for_help = any(rule_set.category[category].tone is Tone.URGENT for category in outcome.possible)
    return rule_set.category[outcome.category].share and not calls_for_help
