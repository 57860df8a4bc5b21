"""Pages that repeat, such as one for each medicine: written once, and expanded into plain copies as the file is built.

The file, its hash, its translations and its pins keep a page where it is written. No reader of rules knows of lists:
there are as many plain pages, each with a last question for whether there is one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.language.repeated_groups import MORE, NO_MORE, copy_name, more_name
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.texts import Untranslated

NUMBER = "{number}"
"""What stands in texts of a repeated page for the number of the copy."""
_NAME = re.compile(r'"[^"]*"|[A-Za-z_]\w*')
_NOT_REPEATED = ("strict", "required", "if_not_asked", "ask_doctor", "illustration")
"""What no question of a repeated page has."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A page that repeats, as it is written."""

    name: str
    most: int
    ask_if: str
    questions: tuple[str, ...]
    asking: frozenset[int]
    """The places of its questions that have a condition of their own."""
    page: int
    """Its place among the pages as they are written."""


def repeated_pages(data: Data | None) -> list[Repeated]:
    """Every page of data of the right shape that repeats."""
    return [
        Repeated(
            page["id"],
            page["repeats"]["most"],
            page["repeats"].get("ask_if", ""),
            tuple(question["id"] for question in page["questions"]),
            frozenset(index for index, question in enumerate(page["questions"]) if "ask_if" in question),
            place,
        )
        for place, page in enumerate(_pages(data))
        if "repeats" in page
    ]


def _pages(data: Any) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = data.get("pages", []) if isinstance(data, dict) else []
    return pages


def expanded(data: Data) -> Data:
    """The same data with plain pages instead of those that repeat."""
    if not isinstance(data, dict) or not repeated_pages(data):
        return data
    pages: list[Data] = [copy for page in _pages(data) for copy in _copies(page)]
    return {**data, "pages": pages}


def _copies(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "repeats" not in page:
        yield page
        return
    repeats, plain = page["repeats"], {key: value for key, value in page.items() if key != "repeats"}
    own = [question["id"] for question in page["questions"]]
    for number in range(1, repeats["most"] + 1):
        asked = f'{more_name(page["id"], number - 1)} == "{MORE}"' if number > 1 else ""
        condition = f"definitely({asked})" if asked else repeats.get("ask_if", "")
        questions: list[Data] = [_copy(question, own, number, condition) for question in page["questions"]]
        questions.append(_more(page["id"], repeats, number, condition))
        numbered: Any = _numbered({**plain, "questions": questions}, number)
        yield {**numbered, "id": copy_name(page["id"], number)}


def _copy(question: dict[str, Any], own: list[str], number: int, condition: str) -> dict[str, Any]:
    written = question.get("ask_if", "")
    renamed = _NAME.sub(lambda match: copy_name(match[0], number) if match[0] in own else match[0], written)
    both = f"({renamed}) and {condition}" if renamed and condition else renamed or condition
    return {**question, "id": copy_name(question["id"], number), **({"ask_if": both} if both else {})}


def _more(name: str, repeats: dict[str, Any], number: int, condition: str) -> dict[str, Any]:
    """The question for whether there is one more; where a copy is not asked, there is none."""
    asked = {"ask_if": condition, "if_not_asked": NO_MORE} if condition else {}
    options = [{"code": MORE, "text": repeats["yes"]}, {"code": NO_MORE, "text": repeats["no"]}]
    return {
        "id": more_name(name, number),
        "type": "choice",
        "text": repeats["more"],
        "label": repeats["label"],
        "options": options,
        **asked,
    }


def _numbered(member: Data, number: int) -> Data:
    """Data with the number of the copy in its texts."""
    if isinstance(member, dict):
        return {key: _numbered(value, number) for key, value in member.items()}
    if isinstance(member, list):
        return [_numbered(item, number) for item in member]
    if isinstance(member, str) and NUMBER in member:
        text = member.replace(NUMBER, str(number))
        return Untranslated(text, member.language) if isinstance(member, Untranslated) else text
    return member


# --- where things stand -----------------------------------------------------------------------------


def written_name(name: str, data: Data) -> str:
    """The name by which a question is written that a repeated page has; any other is its own."""
    return _written_names(data).get(name, name)


def _written_names(data: Data | None) -> Mapping[str, str]:
    """By the name in a copy; whether there is one more is asked by the page itself."""
    names: dict[str, str] = {}
    for page in repeated_pages(data):
        for number in range(1, page.most + 1):
            names |= {copy_name(question, number): question for question in page.questions}
            names[more_name(page.name, number)] = page.name
    return names


def in_first_copy(path: Path, text: str, data: Data) -> tuple[Path, str]:
    """A text of the file as it stands once pages are expanded, and where: in the first copy."""
    if path[:1] != ("pages",):
        return path, text
    pages = repeated_pages(data)
    earlier = sum(page.most - 1 for page in pages if page.page < int(path[1]))
    is_repeated = any(page.page == path[1] for page in pages)
    return ("pages", int(path[1]) + earlier, *path[2:]), text.replace(NUMBER, "1") if is_repeated else text


def where_written(problems: list[Problem], data: Data | None) -> list[Problem]:
    """Problems of expanded pages, each where it is written, and once for all copies."""
    pages, names = repeated_pages(data), _written_names(data)
    told_once: dict[object, Problem] = {}
    for problem in problems:
        values = problem.values
        if values.get("name") in names:
            values = {**values, "name": names[str(values["name"])]}
        path = _written(problem.path, pages)
        once: tuple[object, ...] = (problem.code, path)
        if not any(path[:2] == ("pages", page.page) for page in pages):
            once = (*once, problem.column, repr(values))
        told_once.setdefault(once, replace(problem, path=path, values=values))
    return list(told_once.values())


def written_path(path: Path, data: Data | None) -> Path:
    """Where a part of an expanded page is written."""
    return _written(path, repeated_pages(data))


def _written(path: Path, pages: list[Repeated]) -> Path:
    if path[:1] != ("pages",) or len(path) < 2 or not pages:
        return path
    written, left = 0, int(path[1])
    for page in pages:
        if left < page.page - written:
            break
        left -= page.page - written
        if left < page.most:
            return _in_page(page, path[2:])
        left, written = left - page.most, page.page + 1
    return ("pages", written + left, *path[2:])


def _in_page(page: Repeated, rest: Path) -> Path:
    """The last question of a copy is written under `repeats`, and so is the condition of the first."""
    at: Path = ("pages", page.page)
    if rest[:1] == ("questions",) and rest[2:] == ("ask_if",) and rest[1] not in page.asking:
        return (*at, "repeats", "ask_if")
    if rest[:2] == ("questions", len(page.questions)):
        names = {"text": "more", "label": "label", "ask_if": "ask_if"}
        return (*at, "repeats", *([names[str(rest[2])]] if len(rest) > 2 and str(rest[2]) in names else []))
    return (*at, *rest)


# --- mistakes ---------------------------------------------------------------------------------------


def check_repeats(data: Data) -> list[Problem]:
    """Everything that a repeated page holds and cannot: what is said once where copies are not alike."""
    problems: list[Problem] = []
    for page in repeated_pages(data):
        for index, question in enumerate(_pages(data)[page.page]["questions"]):
            for member in _NOT_REPEATED:
                if member in question:
                    at: Path = ("pages", page.page, "questions", index, member)
                    problems.append(Problem("repeats.member", at, values={"member": member, "name": page.name}))
        problems += _asked_by_strict(page, data)
    return problems


def _asked_by_strict(page: Repeated, data: Data) -> Iterator[Problem]:
    """A strict question decides whether a list is asked for, and rules read the list.

    Rules read a strict question as settled, so that they cannot tell a list that nobody asked for from an empty one.
    """
    strict = {question["id"] for other in _pages(data) for question in other["questions"] if question.get("strict")}
    names = [name for name in _NAME.findall(page.ask_if) if name in strict]
    of_list = re.compile(rf"\b(?:any|count|sum)\(\s*{page.name}\b")
    if names and any(of_list.search(text) for text in _read_by_rules(data)):
        at: Path = ("pages", page.page, "repeats", "ask_if")
        yield Problem("repeats.strict", at, values={"name": names[0], "page": page.name})


def _read_by_rules(data: Any) -> Iterator[str]:
    """The conditions of rules, and what values are."""
    yield from (value["is"] for value in data.get("values", []))
    yield from (ground["when"] for rule in data.get("rules", []) for ground in rule["grounds"])
