"""What stands in a rule file and its translations otherwise than it is pinned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from screening.rulefiles.loading.loader import FileProblem, LoadedRules, RuleFileError, located_problems, read_shaped
from screening.rulefiles.model.shape import translation_schema
from screening.rulefiles.pinning.pin_file import REMOVED, PinFile
from screening.rulefiles.pinning.selection import Pinned, pinned, pinned_translation
from screening.rulefiles.translation.loader import Translation
from screening.ruleset.model.problem import Problem

_NAMED = 3
"""How many ids a sentence about several names."""


@dataclass(frozen=True, slots=True)
class Unpinned:
    """What differs from its pins in one language."""

    language: str
    file: FilePath
    """The rule file, or the translation."""
    changed: tuple[Pinned, ...] = ()
    added: tuple[Pinned, ...] = ()
    removed: tuple[str, ...] = ()
    """Ids that are pinned and stand there no more."""

    @property
    def hashes(self) -> dict[str, str]:
        """What an entry says that pins it all."""
        present = {member.id: member.hash for member in (*self.changed, *self.added)}
        return present | dict.fromkeys(self.removed, REMOVED)


def unpinned(rules: LoadedRules, translations: Iterable[Translation], pins: PinFile) -> tuple[Unpinned, ...]:
    """What differs from its pins, a language each; languages in which nothing differs are left out.

    A text that a translation does not say, or says of an older original, is a gap of the translation and no change.
    """
    own = pinned(rules)
    language = rules.rule_set.language
    differing = [_differing(language, rules.path, own, pins.hashes(language), own.keys())]
    for translation in translations:
        says, told = pinned_translation(rules, translation, own), pins.hashes(translation.language)
        differing.append(_differing(translation.language, translation.path, says, told, own.keys()))
    return tuple(difference for difference in differing if difference.hashes)


def _differing(
    language: str, file: FilePath, says: Mapping[str, Pinned], told: Mapping[str, str], known: Collection[str]
) -> Unpinned:
    """What of one file differs; what is not known any more is gone from it."""
    return Unpinned(
        language,
        file,
        changed=tuple(member for name, member in says.items() if name in told and told[name] != member.hash),
        added=tuple(member for name, member in says.items() if name not in told),
        removed=tuple(name for name in told if name not in known),
    )


def raise_if_unpinned(differing: Iterable[Unpinned], rules: LoadedRules) -> None:
    """Raise `RuleFileError` where anything differs from its pins.

    Each change is a mistake with its place; what is new, and what is gone, is one a file.
    """
    problems: list[FileProblem] = []
    for unpinned_file in differing:
        parsed = (
            rules.parsed if unpinned_file.file == rules.path else read_shaped(unpinned_file.file, translation_schema())
        )
        problems += located_problems([*_problems(unpinned_file, rules.path)], parsed, unpinned_file.file)
    if problems:
        raise RuleFileError(problems)


def _problems(one: Unpinned, rule_file: FilePath) -> Iterator[Problem]:
    for member in one.changed:
        values: dict[str, object] = {"name": member.id, "file": str(rule_file)}
        if member.is_text:
            yield Problem("pins.changed_text", member.path, values={**values, "text": member.says})
        else:
            yield Problem("pins.changed", member.path, values={**values, "members": member.members})
    if one.added:
        values = {**_several([member.id for member in one.added]), "file": str(rule_file)}
        yield Problem("pins.added", one.added[0].path, values=values)
    if one.removed:
        yield Problem("pins.removed", values={**_several(one.removed), "file": str(rule_file)})


def _several(names: tuple[str, ...] | list[str]) -> dict[str, object]:
    more = f", ... ({len(names)})" if len(names) > _NAMED else ""
    return {"names": f"{', '.join(names[:_NAMED])}{more}"}
