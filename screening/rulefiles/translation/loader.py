"""Translations beside a rule file, NAME.LANGUAGE.yaml: read and checked, each as the same rules with other texts.

A mistake in one stops the start as one in the rule file does. A gap (missing, stale or copied) does not: there the
rule file's own text stands in, marked as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.loading.loader import (
    FileProblem,
    LoadedRules,
    RuleFileError,
    located_problems,
    raise_if_any,
    read_shaped,
)
from screening.rulefiles.model.builder import build_rule_set
from screening.rulefiles.model.canonical import canonical_json, sha256
from screening.rulefiles.model.shape import translation_schema
from screening.rulefiles.model.texts import Text
from screening.rulefiles.review.state import ReviewState
from screening.rulefiles.translation.checks import Entries, find_gaps, find_mistakes, to_translate, urgent_texts
from screening.rulefiles.translation.frame_texts import frame_entries
from screening.rulefiles.translation.glossary import Never, load_glossary
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Untranslated

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
"""A language tag as file names hold it; no other file beside a rule file has a name like that."""


@dataclass(frozen=True)
class Translation:
    """A rule file in another language."""

    language: str
    """BCP 47."""
    path: FilePath
    data: Data
    """What its file holds."""
    rules: LoadedRules
    """The same rules with these texts; gaps are filled with the rule file's own."""
    banned: tuple[str, ...]
    """Words of this language that nobody is told."""
    count: int
    """How many texts are to be translated."""
    gaps: tuple[FileProblem, ...]
    """Texts that are missing, stale or copied, in the order of the rule file."""
    urgent_gap: bool
    """Whether one of them speaks of an emergency or says that this is no advice."""

    @cached_property
    def canonical(self) -> str:
        """What its file holds, as its canonical JSON; written once."""
        return canonical_json(self.data)

    def is_reviewed(self, review: ReviewState) -> bool:
        """Whether somebody has signed just this translation, and no translator disagrees."""
        return review.has_translation(self.language)

    def may_be_offered(self, review: ReviewState) -> bool:
        """Whether people who need it may be spoken to in it, outside a demonstration."""
        return not self.urgent_gap and self.is_reviewed(review)


def translation_path(rule_file: FilePath, language: str) -> FilePath:
    """Where the translation of a rule file into a language stands."""
    return rule_file.with_name(f"{rule_file.stem}.{language}.yaml")


def load_translations(rules: LoadedRules) -> dict[str, Translation]:
    """Every translation beside a rule file by its language, or `RuleFileError` with every mistake in all of them."""
    translations: dict[str, Translation] = {}
    problems: list[FileProblem] = []
    never = load_glossary(rules)
    for path in sorted(rules.path.parent.glob(f"{rules.path.stem}.*.yaml")):
        language = path.name.removeprefix(f"{rules.path.stem}.").removesuffix(".yaml")
        if LANGUAGE.fullmatch(language):
            try:
                translations[language] = load_translation(rules, path, language, never.get(language, ()))
            except RuleFileError as error:
                problems += error.problems
    if problems:
        raise RuleFileError(problems)
    return translations


def load_translation(rules: LoadedRules, path: FilePath, language: str, never: tuple[Never, ...]) -> Translation:
    """One translation, or `RuleFileError` with every mistake in it."""
    parsed = read_shaped(path, translation_schema())
    data: Any = parsed.data
    wanted = to_translate(rules)
    data["texts"] = {**frame_entries(rules, language), **data["texts"]}
    raise_if_any(find_mistakes(data, rules, language, wanted, never), parsed, path)
    entries: Entries = data["texts"]
    gaps = find_gaps(entries, wanted)
    missing = {gap.path[1] for gap in gaps}
    identity = sha256(canonical_json(data))
    return Translation(
        language=language,
        path=path,
        data=data,
        rules=_rules_with_texts(rules, language, identity, _texts(entries, wanted, missing, rules.rule_set.language)),
        banned=tuple(data.get("banned", {}).get("phrases", ())),
        count=len(wanted),
        gaps=tuple(located_problems(gaps, parsed, path)),
        urgent_gap=not missing.isdisjoint(urgent_texts(rules)),
    )


def _texts(
    entries: Entries, wanted: Mapping[str, Text], missing: set[str | int], source: str
) -> dict[tuple[str | int, ...], str]:
    """What stands at each path instead of the rule file's own text."""
    replacements: dict[tuple[str | int, ...], str] = {}
    for name, text in wanted.items():
        if name in missing:
            replacements[text.path] = Untranslated(text.text, source)
        elif not entries[name].get("same"):
            replacements[text.path] = entries[name]["text"]
    return replacements


def _rules_with_texts(
    rules: LoadedRules, language: str, identity: str, replacements: Mapping[tuple[str | int, ...], str]
) -> LoadedRules:
    """The same rules with other texts, ready to decide: what its engine gives back are its own texts too."""
    data: Any = _copied(rules.data)
    data["language"] = language
    for path, text in replacements.items():
        _replace_at(data, path, text)
    rule_set: RuleSet
    rule_set, _ = build_rule_set(data)
    engine = Engine(rule_set, plan=rules.engine.plan, functions=rules.engine.functions)
    texts = tuple(text._replace(text=replacements.get(text.path, text.text)) for text in rules.texts)
    return replace(
        rules,
        rule_set=rule_set,
        engine=engine,
        explainer=Explainer(engine, candidates=rules.explainer.candidates),
        data=data,
        texts=texts,
        translation=identity,
        _without={},
    )


def _copied(data: Data) -> Data:
    """Other mappings and lists that hold the same; quicker than `copy.deepcopy`, which looks for what is held twice."""
    if isinstance(data, dict):
        return {name: _copied(member) for name, member in data.items()}
    return [_copied(item) for item in data] if isinstance(data, list) else data


def _replace_at(data: Any, path: tuple[str | int, ...], text: Data) -> None:
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = text
