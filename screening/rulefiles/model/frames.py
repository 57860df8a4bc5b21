"""The frame of a rule file: what it says in every subject, under what its author wrote.

`frame: 1` in a rule file stands for all of `rules/frames/1.yaml` that the file does not say itself. It is put in as the
file is read, before the shape is checked and before the hash is taken, so that nothing behind knows of frames: the rule
set that was hashed and kept holds every word. A frame is never changed; another default is another version.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from screening.resources import resource
from screening.rulefiles.model.shape import rule_file_schema
from screening.rulefiles.model.texts import texts
from screening.rulefiles.yaml.parsed import Data, Parsed
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.problem import Path, Problem

FRAME = "frame"
_MUCH = 3
"""So many members missing that the frame would say are no slips of the pen: the frame was left out."""
VERSIONS = (1,)
LANGUAGES = ("en", "ms", "id", "zh-Hans")
"""The languages in which each frame has its texts, its own first."""
_ADDED: tuple[Path, ...] = (("sources",), ("categories",), ("banned", "phrases"))
"""The lists of a frame that stand behind the author's own; any other list is the author's or the frame's as a whole."""


@dataclass(frozen=True)
class Frame:
    """What a frame says, and each of its texts in every language, by the text's id."""

    version: int
    data: Any
    texts: Mapping[str, Mapping[str, str]]

    def texts_in(self, language: str) -> Mapping[str, str]:
        """Its texts in a language, or none."""
        return self.texts.get(language, {})

    def said_in(self, language: str) -> Any:
        """All of it with its texts in a language, as data that nobody else holds."""
        data: Any = deepcopy(self.data)
        for text in texts(self.data, rule_file_schema()):
            inner = data
            for key in text.path[:-1]:
                inner = inner[key]
            inner[text.path[-1]] = self.texts[language][text.id]
        return data


@cache
def frame(version: int) -> Frame:
    """The frame of a version that there is."""
    folder = resource("rules") / "frames"
    data = read_yaml((folder / f"{version}.yaml").read_bytes()).data
    own = {text.id: text.text for text in texts(data or {}, rule_file_schema())}
    others: Any = {
        language: read_yaml((folder / f"{version}.{language}.yaml").read_bytes()).data for language in LANGUAGES[1:]
    }
    return Frame(version, data, {LANGUAGES[0]: own, **others})


def put_into_frame(parsed: Parsed) -> tuple[int | None, list[Problem]]:
    """Put what a file of rules does not say itself into its data, and return its frame or what is wrong with that.

    What the frame says has the place of the part of the author's in which it stands, else that of `frame`: every place
    lies in the author's file.
    """
    own: Any = parsed.data
    if not isinstance(own, dict) or FRAME not in own:
        return None, []
    version = own[FRAME]
    if isinstance(version, bool) or version not in VERSIONS:
        return None, [Problem("frame.unknown", (FRAME,), values={"name": version, "names": list(VERSIONS)})]
    language = own.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        return None, [Problem("frame.language", ("language",), values={"name": language, "names": list(LANGUAGES)})]
    given = frame(int(version)).said_in(language)
    unclear = given["undetermined"]["category"]
    if isinstance(own.get("undetermined"), dict) and own["undetermined"].get("category", unclear) != unclear:
        given["categories"] = []  # the author's own stands for what matches no rule
    added: list[Path] = []
    parsed.data = _merged({key: value for key, value in own.items() if key != FRAME}, given, (), added)
    for path in added:
        beside = parsed.keys.get(path[:-1]) if isinstance(path[-1], str) else None
        parsed.positions[path] = beside or parsed.position((FRAME,))
    return int(version), []


def left_out(data: Data | None, problems: list[Problem]) -> list[Problem]:
    """The same problems; where a file without a frame lacks much that the frame says, one instead of one each."""
    said = frame(VERSIONS[-1]).said_in(LANGUAGES[0])
    absent = [problem for problem in problems if problem.code == "shape.missing" and _says(said, problem)]
    if len(absent) < _MUCH or not isinstance(data, dict) or FRAME in data:
        return problems
    values = {"names": [problem.values["name"] for problem in absent], "version": VERSIONS[-1]}
    return [Problem("frame.left_out", (), values=values), *(other for other in problems if other not in absent)]


def _says(said: Any, missing: Problem) -> bool:
    """Whether the frame says what is missing somewhere."""
    for key in (*missing.path, missing.values["name"]):
        if not isinstance(said, dict) or key not in said:
            return False
        said = said[key]
    return True


def _merged(own: Any, given: Any, path: Path, added: list[Path]) -> Data:
    if isinstance(own, dict) and isinstance(given, dict):
        merged: dict[str, Data] = dict(own)
        for key, value in given.items():
            if key in own:
                merged[key] = _merged(own[key], value, (*path, key), added)
            else:
                merged[key] = value
                added.append((*path, key))
        return merged
    if isinstance(own, list) and path in _ADDED:
        named = [_name(item) for item in own]
        behind = [item for item in given if _name(item) not in named]
        added += [(*path, len(own) + number) for number in range(len(behind))]
        return [*own, *behind]
    kept: Data = own
    return kept


def _name(item: Any) -> Any:
    return item.get("id") if isinstance(item, dict) else item
