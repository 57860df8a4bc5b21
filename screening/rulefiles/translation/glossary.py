"""The glossary beside a rule file, NAME.glossary.yaml: how a term is said in other languages, and how it never is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screening.rulefiles.loading.loader import LoadedRules, raise_if_any, read_shaped
from screening.rulefiles.model.shape import glossary_schema
from screening.ruleset.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Never:
    """A form that a translation must not use for a term."""

    form: str
    term: str
    say: str
    """How the term is said instead."""
    why: str


def load_glossary(rules: LoadedRules) -> dict[str, tuple[Never, ...]]:
    """The forms that are never used, by language; none where no glossary stands beside the rule file."""
    path = rules.path.with_name(f"{rules.path.stem}.glossary.yaml")
    if not path.exists():
        return {}
    parsed = read_shaped(path, glossary_schema())
    data: Any = parsed.data
    if data["rules"] != rules.rule_set.id:
        values = {"name": data["rules"], "wanted": rules.rule_set.id}
        raise_if_any([Problem("glossary.other_rules", ("rules",), values=values)], parsed, path)
    by_language: dict[str, list[Never]] = {}
    for term in data["terms"]:
        for language, entry in term["languages"].items():
            forms = by_language.setdefault(language, [])
            for never in entry.get("never", ()):
                forms.append(Never(never["form"], term["term"], entry["say"], never["why"]))
    return {language: tuple(forms) for language, forms in by_language.items()}
