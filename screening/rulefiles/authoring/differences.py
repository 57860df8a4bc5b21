"""What differs between two rule files, as written: questions, conditions, sources, cases and texts, by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.canonical import canonical_json
from screening.rulefiles.model.scales import SCALES, scales_of
from screening.rulefiles.model.texts import item_name
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.model.problem import Path
from screening.ruleset.reading.answer_reader import raw_answer


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is not the same in both files; None where a file has no such part."""

    id: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A question, value, ground, note, source or case that one file lacks, or of which some members differ."""

    what: str
    id: str
    is_in_old: bool
    is_in_new: bool
    members: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs, in the order of the new file and then of the old one."""

    items: tuple[ItemChange, ...]
    """Of questions, values, grounds, notes and categories what decides or is asked; of sources and cases all."""
    texts: tuple[Change, ...]
    rule_order: Change | None
    """The categories in the order in which the rules are tried, where that differs."""
    languages: tuple[str, str]


def differences(old: LoadedRules, new: LoadedRules) -> Differences:
    """What differs between two rule files and the cases beside them."""
    items: list[ItemChange] = []
    for what, before, after in zip(_KINDS, _items(old), _items(new), strict=True):
        items += _item_changes(what, before, after)
    items += _item_changes("case", _cases(old.cases), _cases(new.cases))
    texts = _changes(_texts(old), _texts(new))
    order = Change("rules", _order(old), _order(new))
    return Differences(
        tuple(items),
        tuple(texts),
        order if order.old != order.new else None,
        (old.rule_set.language, new.rule_set.language),
    )


Members = Mapping[str, str]
"""The members of a thing, each as one text, by its path of ids within the thing."""

_KINDS = ("question", "value", "ground", "note", "category", "source")
_APART = ("sources", "guarantees", "changes")
"""Members of a file whose texts are told with what they belong to, or elsewhere."""


def _items(rules: LoadedRules) -> Iterator[Mapping[str, Members]]:
    """For each kind of thing, its things by id, with the members that are no texts (of sources: with all)."""
    data: Any = rules.data
    texts = frozenset(text.path for text in rules.texts)
    pages = [(("pages", n, "questions"), page["questions"]) for n, page in enumerate(data["pages"])]
    grounds = [(("rules", n, "grounds"), rule["grounds"]) for n, rule in enumerate(data["rules"])]
    for lists, without in (
        (pages, texts),
        ([(("values",), data.get("values", []))], texts),
        (grounds, texts),
        ([(("notes",), data.get("notes", []))], texts),
        ([(("categories",), data["categories"])], texts),
        ([(("sources",), data["sources"])], frozenset[Path]()),
    ):
        yield {
            item["id"]: {
                **dict(_leaves(item, (*path, n), (), without)),
                **dict(_leaves(*_shared_options(item, data), ("options",), without)),
            }
            for path, things in lists
            for n, item in enumerate(things)
        }


def _shared_options(item: Mapping[str, Any], data: Data) -> tuple[Data, Path]:
    """The list of options that a question names, and where it is written; otherwise nothing."""
    name = item.get("options")
    return (scales_of(data)[name], (SCALES, name)) if isinstance(name, str) else ([], ())


def _leaves(data: Data, path: Path, names: tuple[str, ...], without: frozenset[Path]) -> Iterator[tuple[str, str]]:
    """Every member of a thing that is no text, named by the ids on the way to it."""
    if path in without:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key), (*names, key), without)
    elif isinstance(data, list) and (not data or any(isinstance(item, dict | list) for item in data)):
        for index, value in enumerate(data):
            yield from _leaves(value, (*path, index), (*names, item_name(value, index)), without)
    elif names != ("id",):
        yield ".".join(names), data if isinstance(data, str) else canonical_json(data)


def _cases(cases: tuple[Case, ...]) -> dict[str, Members]:
    by_name: dict[str, Members] = {}
    for case in cases:
        expected = {key: member for key, member in case.expected.items() if key not in ("name", "number", "answers")}
        answers = {name: raw_answer(answer) for name, answer in case.answers.items()}
        by_name[case.name] = dict(_leaves(_plain({**expected, "answers": answers}), (), (), frozenset()))
    return by_name


def _plain(data: Any) -> Data:
    """The data with "I'm not sure" as a case file writes it."""
    if isinstance(data, dict):
        return {key: _plain(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return "unsure" if data is None else data


def _texts(rules: LoadedRules) -> dict[str, str]:
    return {text.id: text.text for text in rules.texts if text.path[0] not in _APART}


def _order(rules: LoadedRules) -> str:
    return ", ".join(rule.category for rule in rules.rule_set.rules)


def _item_changes(what: str, old: Mapping[str, Members], new: Mapping[str, Members]) -> Iterator[ItemChange]:
    for name in [*new, *(name for name in old if name not in new)]:
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            yield ItemChange(what, name, is_in_old=before is not None, is_in_new=after is not None)
        elif before != after:
            yield ItemChange(what, name, is_in_old=True, is_in_new=True, members=tuple(_changes(before, after)))


def _changes(old: Members, new: Members) -> Iterator[Change]:
    for name in [*new, *(name for name in old if name not in new)]:
        if old.get(name) != new.get(name):
            yield Change(name, old.get(name), new.get(name))
