"""A rule set that was kept as canonical JSON when it judged something, ready to decide again."""

from __future__ import annotations

from pathlib import Path

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.builder import build_rule_set
from screening.rulefiles.model.canonical import parse_canonical, sha256
from screening.rulefiles.model.shape import rule_file_schema
from screening.rulefiles.model.texts import texts
from screening.rulefiles.yaml.parsed import Data, Parsed
from screening.ruleset.compiler.completions.completion_plan import plan_completions
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer


def rules_from(canonical: str) -> LoadedRules:
    """The rules; they were checked when they were loaded from their file, so nothing is checked anew."""
    data: Data = parse_canonical(canonical)
    rule_set, _ = build_rule_set(data)
    plan = plan_completions(rule_set)
    engine = Engine(rule_set, plan=plan)
    return LoadedRules(
        path=Path(),
        rule_set=rule_set,
        engine=engine,
        explainer=Explainer(engine),
        hash=sha256(canonical),
        data=data,
        texts=tuple(texts(data, rule_file_schema())),
        cases=(),
        completions=plan.completions,
        parsed=Parsed(data),
    )
