"""What each kind of guarantee needs to say anything: one without it would be kept by every file, or broken by each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet

Either = tuple[str, ...]
"""Members of which one is enough."""

_CHANGED: Either = ("order", "to", "direction", "forgotten")
NEEDED: Mapping[str, tuple[Either, ...]] = {
    "implies": (("then",),),
    "never_with": (("never",),),
    "keeps_possible": (("unsure",), ("categories",)),
    "never_milder_raised": (("question",), ("direction",)),
    "never_milder_changed": (("question",), ("order", "to")),
    "never_milder_unknown": (("question",),),
    "can_be_milder": (("question",), _CHANGED),
    "unaffected_by": (("questions", "options"),),
    "never_decides": (("value",), ("categories",)),
    "reachable": (("categories",),),
    "same_as_unsure": (("options",),),
    "interrupts": (("grounds",),),
    "never_shared": (("categories",),),
    "cites_sources": (("cited_by",),),
    "numbers_shown": (("numbers",),),
}
"""The members of each kind that no guarantee of it can do without."""


def check_guarantee_members(rule_set: RuleSet) -> Iterator[Problem]:
    """Every guarantee that leaves out what its kind speaks of."""
    for index, guarantee in enumerate(rule_set.guarantees):
        for either in NEEDED.get(guarantee.kind, ()):
            if not any(_says(guarantee, member) for member in either):
                code = "guarantee.says_neither" if len(either) > 1 else "guarantee.says_nothing"
                values = {"name": guarantee.id, "kind": guarantee.kind, "wanted": list(either)}
                yield Problem(code, ("guarantees", index), values=values)


def _says(guarantee: Guarantee, member: str) -> bool:
    return bool(getattr(guarantee, member))
