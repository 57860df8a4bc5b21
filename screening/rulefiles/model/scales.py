"""Lists of options that several questions share: written once as `scales`, and named by `options`.

The file, its hash and its translations keep a list where it is written. A question that names one has its options, and
what is wrong with one of them is told where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.model.problem import Path, Problem

SCALES = "scales"
_ID = re.compile(r"[a-z][a-z0-9_]*")


def scales_of(data: Data) -> Mapping[str, Any]:
    """The shared lists of a rule file, by name."""
    scales: Mapping[str, Any] = {}
    if isinstance(data, dict):
        listed: Any = data.get(SCALES)
        scales = listed if isinstance(listed, dict) else {}
    return scales


def named_scales(data: Data | None) -> Iterator[tuple[str, str, Path]]:
    """Each question that names a list: its id, the name of the list, and where it is named.

    The file may have any shape: places of what is wrong with it are looked up here too.
    """
    for number, page in enumerate(_listed(data, "pages")):
        for index, question in enumerate(_listed(page, "questions")):
            options = question.get("options") if isinstance(question, dict) else None
            if isinstance(options, str):
                yield str(question.get("id")), options, ("pages", number, "questions", index, "options")


def _listed(node: Any, name: str) -> list[Any]:
    members = node.get(name) if isinstance(node, dict) else None
    return members if isinstance(members, list) else []


def check_scales(data: Data) -> list[Problem]:
    """Every name of a list that there is none of, or that is no name, and every list that no question names."""
    known = scales_of(data)
    named = list(named_scales(data))
    unknown = [
        Problem("option_list.unknown", path, values={"name": name, "known": [*known]})
        for _, name, path in named
        if name not in known
    ]
    read = {name for _, name, _ in named}
    misnamed = [
        Problem("option_list.name", (SCALES, name), values={"name": name}) for name in known if not _ID.fullmatch(name)
    ]
    # a mistyped name leaves another one unread
    unread = [Problem("option_list.unused", (SCALES, name)) for name in known if name not in read]
    return misnamed + (unknown or unread)


def in_its_scale(path: Path, data: Data | None) -> Path:
    """Where a part of a question's options is written: in the list that the question names, if it names one."""
    for _, name, named_at in named_scales(data):
        if path[: len(named_at)] == named_at and len(path) > len(named_at):
            return (SCALES, name, *path[len(named_at) :])
    return path
