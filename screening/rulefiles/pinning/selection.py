"""What is pinned: by what an answer is understood, what a result says and tells to do, and what guards both.

Not pinned is what is read for background (articles, claims, why a question is asked), and what proofs and cases judge
better than a hash does: the conditions of grounds, notes and values, and when a question is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.canonical import canonical_json, parse_canonical
from screening.rulefiles.model.texts import NAMING, item_name, within
from screening.rulefiles.translation.checks import fingerprint, to_translate
from screening.rulefiles.translation.frame_texts import frame_entries
from screening.rulefiles.translation.loader import Translation
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.model.problem import Path

_ALL: frozenset[str] = frozenset()
_FREE: Mapping[str, frozenset[str]] = {
    "disclaimer": _ALL,
    "limit": _ALL,
    "regulatory_statement": _ALL,
    "short_answer": _ALL,
    "emergency": frozenset({"illustrations"}),
    "undetermined": _ALL,
    "staff": _ALL,
    "section_titles": _ALL,
    "pages": frozenset({"title", "intro", "skip", "why", "who_can_tell", "ask_if", "illustration", "chapter"}),
    "scales": frozenset({"illustration"}),
    "values": frozenset({"is"}),
    "categories": frozenset({"ask_doctor", "passage", "article"}),
    "rules": frozenset({"when"}),
    "notes": frozenset({"when"}),
    "numbers": _ALL,
    "claims": frozenset({"says", "research"}),
    "claim_labels": _ALL,
    "shared": _ALL,
    "guarantees": _ALL,
    "doctor_paper": _ALL,
    "person_paper": _ALL,
    "topics": _ALL,
    "banned": _ALL,
    "sources": frozenset({"title", "publisher", "year", "address", "reference"}),
}
"""The parts of a rule file that are pinned, each with the members in it that are free to change."""


class Pinned(NamedTuple):
    """One member that is pinned."""

    id: str
    """Named as texts are, such as `questions.told.help`; without the last part it is all of the thing but its texts."""
    path: Path
    says: str
    """What stands there: a text as it is, anything else as canonical JSON."""
    is_text: bool

    @property
    def hash(self) -> str:
        """The beginning of the hash by which it is pinned; of a text the one that translations name it by."""
        return fingerprint(self.says)

    @property
    def shown(self) -> str:
        """What stands there, for people to read."""
        held: Any = self.says if self.is_text else parse_canonical(self.says)
        return (
            "; ".join(f"{name}: {_plain(value)}" for name, value in held.items())
            if isinstance(held, dict)
            else _plain(held)
        )

    @property
    def members(self) -> list[str]:
        """The members that are pinned as one, or, of a list, what it holds."""
        held = parse_canonical(self.says)
        return list(map(str, held)) if isinstance(held, dict | list) else [self.says]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return value if isinstance(value, str) else canonical_json(value)


def pinned(rules: LoadedRules) -> dict[str, Pinned]:
    """All that is pinned of a rule file, by id, in the order of the file."""
    texts = frozenset(text.path for text in rules.texts)
    data: Any = rules.data
    return {
        member.id: member
        for part, free in _FREE.items()
        if part in data
        for member in (*_order(data[part], part), *_members(data[part], (part,), (part,), free, texts))
    }


def pinned_translation(
    rules: LoadedRules, translation: Translation, own: Mapping[str, Pinned] | None = None
) -> dict[str, Pinned]:
    """The pinned texts as a translation says them; what it does not say (any more) is not among them.

    Nor is what the frame says in that language: a frame is never changed, and no author wrote it.

    `own` is what is pinned of the rule file, where the caller has it already.
    """
    by_frame = frame_entries(rules, translation.language)
    data: Any = translation.data
    wanted = to_translate(rules)
    gaps = {gap.problem.path[1] for gap in translation.gaps}
    says = {text.id: text.text for text in translation.rules.texts}
    return {
        member.id: Pinned(member.id, ("texts", member.id), says[member.id], is_text=True)
        for member in (pinned(rules) if own is None else own).values()
        if member.is_text and member.id in wanted and member.id not in gaps
        if data["texts"].get(member.id) != by_frame.get(member.id)
    }


def _order(data: Data, part: str) -> Iterator[Pinned]:
    """The order of the named things of a part that is a list of them."""
    if isinstance(data, list):
        yield Pinned(part, (part,), canonical_json(_own(data)), is_text=False)


def _members(
    data: Data, path: Path, names: tuple[str, ...], free: frozenset[str], texts: frozenset[Path]
) -> Iterator[Pinned]:
    """Every text below a part of the file; what else a thing holds is pinned as one."""
    if path in texts:
        yield Pinned(".".join(names), path, str(data), is_text=True)
    elif isinstance(data, dict):
        held = {key: value for key, value in data.items() if key not in free}
        told = {key for key in held if (*path, key) in texts or (*path, key, 0) in texts}
        own = {key: _own(value) for key, value in held.items() if key not in told and not isinstance(value, dict)}
        if own.keys() - set(NAMING):
            yield Pinned(".".join(names), path, canonical_json(own), is_text=False)
        for key, value in held.items():
            if isinstance(value, dict | list) or (*path, key) in texts:
                yield from _members(value, (*path, key), (*names, key), free, texts)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            if isinstance(item, dict) or (*path, index) in texts:
                yield from _members(item, (*path, index), (*within(names), item_name(item, index)), free, texts)


def _own(member: Data) -> Data:
    """A member as its thing holds it: of a list of named things their names, in their order."""
    if isinstance(member, list):
        return [item_name(item, index) if isinstance(item, dict) else item for index, item in enumerate(member)]
    return member
