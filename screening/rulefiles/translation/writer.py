"""Writes the file of a translation: what is there stays, what is missing is added, each text below its original."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from textwrap import wrap
from typing import Any, NamedTuple

from screening.rulefiles.loading.loader import LoadedRules, raise_if_any, read_shaped
from screening.rulefiles.model.shape import translation_schema
from screening.rulefiles.model.texts import Text
from screening.rulefiles.translation.checks import Entries, fingerprint, to_translate
from screening.rulefiles.translation.frame_texts import frame_entries
from screening.rulefiles.translation.loader import translation_path
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Problem

WIDTH = 116


class Written(NamedTuple):
    """What became of a translation file."""

    path: FilePath
    empty: int
    """Texts that are still to be translated."""
    stale: int
    """Texts whose original has changed."""
    dropped: tuple[tuple[str, str], ...]
    """Ids and translations of texts that the rule file does not hold any more."""


def write_translation(rules: LoadedRules, language: str) -> Written:
    """Write or update a translation file. Its part above `texts` stays as it is, comments too."""
    path = translation_path(rules.path, language)
    entries: Entries = {}
    head = _head(rules, language)
    if path.exists():
        parsed = read_shaped(path, translation_schema())
        data: Any = parsed.data
        entries = data["texts"]
        above = _above_texts(parsed.text)
        if above is None:
            raise_if_any([Problem("translation.texts_last", ("texts",))], parsed, path)
        head = above or ""
    by_frame = frame_entries(rules, language)
    wanted = {name: text for name, text in to_translate(rules).items() if name in entries or name not in by_frame}
    current = {name: entries.get(name, {}) for name in wanted}
    path.write_text(
        f"{head}texts:\n" + "".join(_entry(wanted[name], current[name]) for name in wanted), encoding="utf-8"
    )
    return Written(
        path,
        sum(not (entry.get("same") or entry.get("text")) for entry in current.values()),
        sum(_is_stale(wanted[name], entry) for name, entry in current.items()),
        tuple((name, str(entry.get("text", ""))) for name, entry in entries.items() if name not in wanted),
    )


def _head(rules: LoadedRules, language: str) -> str:
    return (
        "# yaml-language-server: $schema=translation.schema.json\n"
        "#\n"
        f"# {rules.path.name} in another language. How to translate: README.md. Each original stands above its text.\n"
        "# Not reviewed by a translator until it is signed.\n"
        f"\nrules: {rules.rule_set.id}\nlanguage: {language}\nbanned:\n  phrases: []\n\n"
    )


def _above_texts(text: str) -> str | None:
    """What stands above `texts`, or nothing where other parts follow it."""
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.rstrip() == "texts:"), None)
    if start is None or any(line[0].isalpha() for line in lines[start + 1 :]):
        return None
    return "".join(lines[:start])


def _is_stale(original: Text, entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("text") or entry.get("same")) and entry["of"] != fingerprint(original.text)


def _entry(original: Text, entry: Mapping[str, Any]) -> str:
    """One text with its original above it."""
    return "".join(f"  {line}\n" for line in _lines(original, entry))


def _lines(original: Text, entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"# {line}" for line in wrap(" ".join(original.text.split()), WIDTH - 2, break_long_words=False))
    of = fingerprint(original.text)
    if _is_stale(original, entry):
        yield f'# The original has changed. Once this fits it again, write of: "{of}"'
        of = entry["of"]
    yield f"{_key(original.id)}:"
    yield f'  of: "{of}"'
    if entry.get("same"):
        yield "  same: true"
    else:
        yield from _value("text", entry.get("text", ""))
    if "note" in entry:
        yield from _value("note", entry["note"])


def _key(name: str) -> str:
    return name if all(character.isalnum() or character in "._/*" for character in name) else _quote(name)


def _value(name: str, text: str) -> Iterator[str]:
    """A member with a text: in one line, or folded where it is long and nothing is lost by that."""
    line = f"  {name}: {text}"
    plain = read_yaml(f"{name}: {text}\n".encode())
    if len(line) <= WIDTH and not plain.problems and plain.data == {name: text}:
        yield line
        return
    folded = [f"  {name}: >-", *(f"    {line}" for line in wrap(text, WIDTH - 4, break_on_hyphens=False))]
    if len(line) > WIDTH and read_yaml("\n".join(folded).encode()).data == {name: text}:
        yield from folded
    else:
        yield f"  {name}: {_quote(text)}"


def _quote(text: str) -> str:
    """A text in double quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
