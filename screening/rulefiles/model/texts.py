"""The texts for people in a rule file: found by the schema, named by the ids on the way to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from screening.rulefiles.model.shape import Schema
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.model.problem import Path

TEXT = "#/$defs/text"
NAMING = ("id", "code", "category", "version", "term")
"""The members of a list's item that can name it, in this order of preference."""


class Text(NamedTuple):
    """One text for people."""

    id: str
    """Its name for translations, exceptions and reports, such as `questions.told.help`."""
    path: Path
    text: str


def texts(data: Data, schema: Schema) -> Iterator[Text]:
    """Every text for people in data of the right shape."""
    yield from _texts(data, schema, schema, (), ())


def _texts(data: Data, node: Any, schema: Schema, path: Path, names: tuple[str, ...]) -> Iterator[Text]:
    reference = node.get("$ref")
    if reference == TEXT:
        yield Text(".".join(names), path, str(data))
        return
    if reference:
        node = schema["$defs"][reference.rsplit("/", 1)[1]]
    if isinstance(data, dict):
        for key, value in data.items():
            member = node.get("properties", {}).get(key) or node.get("additionalProperties") or {}
            yield from _texts(value, member, schema, (*path, key), (*names, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(
                value, node.get("items", {}), schema, (*path, index), (*within(names), item_name(value, index))
            )


def within(names: tuple[str, ...]) -> tuple[str, ...]:
    """Questions are named without their page, so that a question keeps its name where it moves."""
    return names[-1:] if names[0] == "pages" and names[-1] == "questions" else names


def item_name(item: Data, index: int) -> str:
    """The id of a list's item, or its number counted from one."""
    if isinstance(item, dict):
        for member in NAMING:
            if member in item:
                return str(item[member])
    return str(index + 1)
