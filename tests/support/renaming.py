"""A rule file with every id of its questions, options, pages, values, categories, grounds and notes renamed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.model.shape import rule_file_schema
from screening.rulefiles.review.proof_receipt import matching_receipt, write_receipt
from screening.rulefiles.translation.checks import fingerprint, to_translate
from screening.rulefiles.translation.loader import Translation, load_translations
from screening.rulefiles.yaml.parsed import Data
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.rule_set import RuleSet

SCHEMA = rule_file_schema()
NAMES = ("#/$defs/id", "#/$defs/code")
EXPRESSION = "#/$defs/expression"
TEXT = "#/$defs/text"
TEXT_ID = "#/$defs/text_id"
WORD = re.compile(r"[A-Za-z0-9_]+")
NEW = re.compile(r"zq\d{3}")


def names_of(rule_set: RuleSet) -> list[str]:
    """All that is renamed, in the order of the file."""
    options = (option.code for question in rule_set.questions for option in question.options)
    things = (rule_set.pages, rule_set.questions, rule_set.values, rule_set.categories, rule_set.notes)
    grounds = (ground.id for rule in rule_set.rules for ground in rule.grounds)
    return list(dict.fromkeys([*(block.id for some in things for block in some), *options, *grounds]))


class Renaming:
    """Old names to new ones, which sort the other way round and mean nothing."""

    def __init__(self, rule_set: RuleSet) -> None:
        names = names_of(rule_set)
        self.new = {name: f"zq{len(names) - index:03}" for index, name in enumerate(names)}
        self.old = {new: name for name, new in self.new.items()}

    def words(self, text: str) -> str:
        """An expression, or the name of a text, with its names renamed."""
        return WORD.sub(lambda found: self.new.get(found[0], found[0]), text)

    def placeholders(self, text: str) -> str:
        """A text with the names in braces renamed."""
        return re.sub(r"\{(\w+)\}", lambda found: "{" + self.new.get(found[1], found[1]) + "}", text)

    def back(self, text: str) -> str:
        """A text made with the renamed file as the first file would have made it."""
        return NEW.sub(lambda found: self.old[found[0]], text)

    def data(self, data: Any, node: Any) -> Any:
        """Data of the shape that a node of the schema describes."""
        reference = node.get("$ref")
        if reference in NAMES:
            return self.new.get(data, data)
        if reference == EXPRESSION:
            return self.words(data)
        if reference == TEXT:
            return self.placeholders(data)
        if reference == TEXT_ID:
            return self.text_id(data)
        if reference:
            node = SCHEMA["$defs"][reference.rsplit("/", 1)[1]]
        if isinstance(data, dict):
            return {
                key if key in node.get("properties", {}) else self.text_id(key): self.member(key, value, node)
                for key, value in data.items()
            }
        if isinstance(data, list):
            return [self.data(member, node.get("items", {})) for member in data]
        return data

    def member(self, key: str, data: Any, node: Any) -> Any:
        """One member of an object; pictures keep the names of their files."""
        if key in ("illustration", "illustrations"):
            return data
        return self.data(data, node.get("properties", {}).get(key) or node.get("additionalProperties") or {})

    def text_id(self, name: str) -> str:
        """The id of a question, or of a text such as `questions.told.help`."""
        return ".".join(self.new.get(piece, piece) for piece in name.split("."))

    def cases(self, data: Any) -> Any:
        """Cases: every name in them but their sentences."""
        if isinstance(data, dict):
            kept = ("name", "kind", "rules", "unit")
            return {self.new.get(key, key): value if key in kept else self.cases(value) for key, value in data.items()}
        if isinstance(data, list):
            return [self.cases(member) for member in data]
        return self.new.get(data, data) if isinstance(data, str) else data


def renamed(path: Path, rules: LoadedRules, folder: Path) -> tuple[LoadedRules, Renaming]:
    """The rule file and its cases renamed into a folder, and loaded from there."""
    renaming = Renaming(rules.rule_set)
    target = folder / path.name
    _write(target, renaming.data(rules.data, SCHEMA))
    cases = path.with_name(f"{path.stem}.cases.yaml")
    _write(folder / cases.name, renaming.cases(read_yaml(cases.read_bytes()).data))
    found = load_rule_file(target)
    if receipt := matching_receipt(path, rules.hash):
        write_receipt(target, replace(receipt, sha256=found.hash))
    for translation in load_translations(rules).values():
        _write(target.with_name(f"{path.stem}.{translation.language}.yaml"), _translated(translation, found, renaming))
    return found, renaming


def _translated(translation: Translation, found: LoadedRules, renaming: Renaming) -> Data:
    """A translation of the renamed file: its texts stand in the same order under other ids."""
    wanted = to_translate(translation.rules)
    told = (text.text for text in translation.rules.texts if text.id in wanted)
    texts: dict[str, Data] = {}
    for (name, original), text in zip(to_translate(found).items(), told, strict=True):
        same = renaming.placeholders(text) == original.text
        said: dict[str, Data] = {"same": True} if same else {"text": renaming.placeholders(text)}
        texts[name] = {"of": fingerprint(original.text), **said}
    return {"rules": found.rule_set.id, "language": translation.language, "texts": texts}


def _write(path: Path, data: Data) -> None:
    """JSON is YAML; numbers that YAML would read otherwise stand as the file's reader gave them."""
    path.write_text(json.dumps(data, default=float, ensure_ascii=False, indent=1), encoding="utf-8")
