"""What is wrong with texts before anybody prints them: characters that no font has, languages of which no PDF is made.

Looked for where a rule file is checked and where the service starts. What people type is not known then: on paper
that has signs (`signs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from screening.documents.coverage import lost_characters
from screening.rulefiles.loading.loader import FileProblem, LoadedRules, RuleFileError, located_problems
from screening.rulefiles.translation.loader import Translation
from screening.rulefiles.yaml.invisible import code_point
from screening.rulefiles.yaml.parsed import Data
from screening.rulefiles.yaml.reader import read_yaml
from screening.rulefiles.yaml.source_columns import Position
from screening.ruleset.model.problem import Path as DataPath
from screening.ruleset.model.problem import Problem
from screening.wording.language.languages import CATALOGUES
from screening.wording.language.negotiation import script_of

READ_BACK = ("Latn", "Grek", "Cyrl", "Hans")
"""Scripts (ISO 15924) whose text comes out of a whole PDF as it went in: `tests/documents/test_scripts.py` reads it.
Fonts are shipped for more: names need them."""
_MOST = 8
"""Characters that one sentence names."""


def is_on_paper(language: str) -> bool:
    """Whether a PDF may be in a language (BCP 47)."""
    return script_of(language) in READ_BACK


def require_fonts(rules: LoadedRules, translations: Mapping[str, Translation]) -> None:
    """Raise `RuleFileError` where a text of these, or a message in one of their languages, would be lost on paper."""
    problems = [*_of_rules(rules)]
    for translation in translations.values():
        problems += _of_translation(translation)
    for language in (rules.rule_set.language, *translations):
        problems += catalogue_problems(CATALOGUES / f"{language}.po")
    if problems:
        raise RuleFileError(problems)


def without_paper(rules: LoadedRules, translations: Mapping[str, Translation]) -> tuple[FileProblem, ...]:
    """The translations of which no PDF is made, each with why."""
    problems = []
    for translation in translations.values():
        if not is_on_paper(translation.language):
            values = {"name": translation.language, **_scripts(translation.language), "own": rules.rule_set.language}
            problem = Problem("font.no_paper", ("language",), values=values)
            problems += _located([problem], translation.path)
    return tuple(problems)


@cache
def catalogue_problems(file: Path) -> tuple[FileProblem, ...]:
    """The messages of a catalogue that would be lost on paper; where there is no catalogue, none."""
    if not file.exists() or not next(lost_characters(file.read_text(encoding="utf-8")), None):
        return ()
    with file.open("rb") as opened:
        messages = [message for message in read_po(opened) if message.id]
    return tuple(
        FileProblem(str(file), Position(message.lineno or 1, 1), Problem("font.message", values=values))
        for message in messages
        if (values := _lost_in(_name(message), " ".join(_strings(message))))
    )


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _of_rules(rules: LoadedRules) -> list[FileProblem]:
    """Every text of a rule file, those for authors and clinics too: the rule book prints them."""
    names = {text.path: text.id for text in rules.texts}
    problems = [
        problem
        for path, text in _texts(rules.data, ())
        if (problem := _lost(names.get(path, ".".join(map(str, path))), path, text))
    ]
    if not is_on_paper(rules.rule_set.language):
        values = {"name": rules.rule_set.language, **_scripts(rules.rule_set.language)}
        problems.append(Problem("font.no_paper_at_all", ("language",), values=values))
    return located_problems(problems, rules.parsed, rules.path)


def _of_translation(translation: Translation) -> list[FileProblem]:
    data: Any = translation.data
    problems = [
        problem
        for name, entry in data["texts"].items()
        if (problem := _lost(name, ("texts", name, "text"), entry.get("text", "")))
    ]
    return _located(problems, translation.path)


def _located(problems: list[Problem], path: Path) -> list[FileProblem]:
    """Problems with their places in a file that was read before."""
    return located_problems(problems, read_yaml(path.read_bytes()), path) if problems else []


def _texts(data: Data, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """Every text in data, whatever it is for."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


def _lost(name: str, path: DataPath, text: str) -> Problem | None:
    """What is lost of one text, at the first of its characters."""
    first = next(lost_characters(text), None)
    return Problem("font.text", path, first[0], _lost_in(name, text)) if first else None


def _lost_in(name: str, text: str) -> dict[str, object]:
    """The values of a problem with the characters that are lost, each once; empty where none is."""
    characters = list(dict.fromkeys(character for _, character in lost_characters(text)))
    if not characters:
        return {}
    return {"text": name, "characters": [f"{character} {code_point(character)}" for character in characters[:_MOST]]}


def _scripts(language: str) -> dict[str, object]:
    return {"script": script_of(language), "possible_scripts": READ_BACK}
