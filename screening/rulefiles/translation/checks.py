"""What is wrong in a translation, and what is missing from it: one function a check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from screening.rulefiles.checks.texts import PhraseFinder, placeholders
from screening.rulefiles.checks.units import not_printed
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.canonical import sha256
from screening.rulefiles.model.repeats import in_first_copy, written_name
from screening.rulefiles.model.scales import SCALES, named_scales
from screening.rulefiles.model.texts import Text
from screening.rulefiles.translation.glossary import Never
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.rule_set import Tone

Entries = Mapping[str, Mapping[str, Any]]
"""The texts of a translation as its file holds them, by id."""

FOR_AUTHORS = (("guarantees",), ("glossary",), ("guide", "passages"), ("staff",))
"""The parts whose texts stand in the rule book or at the desk of a clinic alone: both speak one language."""
NOT_ADVICE = ("disclaimer", "limit", "regulatory_statement")
"""The texts that say what this is not."""
DIGITS = 8
"""Hexadecimal digits by which a translation names the text that it was made from."""


def fingerprint(text: str) -> str:
    """The beginning of the hash of a text, by which a translation says what it was made from."""
    return sha256(text)[:DIGITS]


def to_translate(rules: LoadedRules) -> dict[str, Text]:
    """The texts that people are told, by id, in the order of the rule file."""
    return {text.id: text for text in rules.texts if not any(text.path[: len(own)] == own for own in FOR_AUTHORS)}


def urgent_texts(rules: LoadedRules) -> frozenset[str]:
    """The ids of the texts without which nobody may be spoken to: on emergencies, and that this is no advice."""
    rule_set = rules.rule_set
    urgent = {category.id for category in rule_set.categories if category.tone is Tone.URGENT}
    grounds = [ground for rule in rule_set.rules if rule.category in urgent for ground in rule.grounds]
    asked = {name for ground in grounds for name in rules.engine.names.depends_on(ground.when.tree)}
    beginnings = (
        "emergency.",
        *(f"categories.{category}." for category in urgent),
        *(f"rules.{category}." for category in urgent),
        *(f"questions.{written_name(question, rules.data)}." for question in asked),
        *(f"scales.{scale}." for question, scale, _ in named_scales(rules.data) if question in asked),
    )
    return frozenset(text.id for text in rules.texts if text.id in NOT_ADVICE or text.id.startswith(beginnings))


# --- gaps ----------------------------------------------------------------------------------------


def find_gaps(entries: Entries, wanted: Mapping[str, Text]) -> list[Problem]:
    """Every text that is missing, was made from another version of the original, or is the original itself."""
    return [problem for name, text in wanted.items() if (problem := _gap(name, text.text, entries.get(name)))]


def _gap(name: str, original: str, entry: Mapping[str, Any] | None) -> Problem | None:
    path: Path = ("texts", name)
    values = {"text": name}
    if entry is None or not (entry.get("same") or entry.get("text", "").strip()):
        return Problem("translation.missing", path, values=values)
    if entry["of"] != fingerprint(original):
        return Problem("translation.stale", path, values={**values, "of": fingerprint(original)})
    if not entry.get("same") and entry["text"] == original:
        return Problem("translation.copied", path, values=values)
    return None


# --- mistakes ------------------------------------------------------------------------------------


def find_mistakes(
    data: Any, rules: LoadedRules, language: str, wanted: Mapping[str, Text], never: Sequence[Never]
) -> list[Problem]:
    """Everything for which a translation cannot be used."""
    entries: Entries = data["texts"]
    return [
        *_whose(data, rules, language),
        *_names(entries, wanted),
        *_placeholders(entries, wanted),
        *_printed_ranges(entries, wanted, rules),
        *_told_apart(entries, wanted),
        *_banned_phrases(data, entries),
        *_never(entries, never),
    ]


def _whose(data: Any, rules: LoadedRules, language: str) -> Iterator[Problem]:
    wanted = rules.rule_set.id
    if data["rules"] != wanted:
        yield Problem("translation.other_rules", ("rules",), values={"name": data["rules"], "wanted": wanted})
    if data["language"] != language:
        yield Problem(
            "translation.other_language", ("language",), values={"name": data["language"], "wanted": language}
        )
    elif language == rules.rule_set.language:
        yield Problem("translation.own_language", ("language",), values={"name": language})


def _names(entries: Entries, wanted: Mapping[str, Text]) -> Iterator[Problem]:
    for name, entry in entries.items():
        path: Path = ("texts", name)
        if name not in wanted:
            known = get_close_matches(name, wanted, 1)
            yield Problem("translation.no_text", path, values={"name": name, "known": known})
        if entry.get("same") and "text" in entry:
            yield Problem("translation.same_and_text", path, values={"name": name})


def _placeholders(entries: Entries, wanted: Mapping[str, Text]) -> Iterator[Problem]:
    """The same answers stand in a translation as in what it was made from; a stale one is not looked into."""
    for name, entry in _entries_with_text(entries):
        original = wanted.get(name)
        if original is None or entry["of"] != fingerprint(original.text):
            continue
        has, needs = set(placeholders(entry["text"])), set(placeholders(original.text))
        if has != needs or entry["text"].count("{") != entry["text"].count("}"):
            braced = [f"{{{need}}}" for need in sorted(needs)]
            yield Problem("translation.placeholders", ("texts", name, "text"), values={"name": name, "needs": braced})


def _printed_ranges(entries: Entries, wanted: Mapping[str, Text], rules: LoadedRules) -> Iterator[Problem]:
    """A printed range holds the numbers of its own unit in every language."""
    for name, entry in _entries_with_text(entries):
        match in_first_copy(wanted[name].path, "", rules.data)[0] if name in wanted else ():
            case ("pages", int(page), "questions", int(question), "units", int(unit), "printed_range"):
                missing = not_printed(entry["text"], rules.rule_set.pages[page].questions[question].units[unit])
                if missing:
                    yield Problem("unit.printed_text", ("texts", name, "text"), values={"missing": missing})


def _told_apart(entries: Entries, wanted: Mapping[str, Text]) -> Iterator[Problem]:
    """Options of a question, and categories, that are told apart in the original must be told apart here."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for name, entry in _entries_with_text(entries):
        group, kind = _group(name)
        if not group or name not in wanted:
            continue
        key = (group, f"{kind} {entry['text'].strip().casefold()}")
        first, original = seen.setdefault(key, (name, wanted[name].text))
        if first != name and original != wanted[name].text:
            yield Problem("translation.not_told_apart", ("texts", name, "text"), values={"name": first, "text": name})


def _group(name: str) -> tuple[str, str]:
    """The question or scale whose option a text is, or the categories whose name it is, and which of their texts."""
    parts = name.split(".")
    if parts[0] == "questions" and len(parts) == 5 and parts[2] == "options" and parts[4] in ("text", "repeat"):
        return parts[1], parts[4]
    if parts[0] == SCALES and len(parts) == 4 and parts[3] in ("text", "repeat"):
        return ".".join(parts[:2]), parts[3]
    return ("categories", "name") if parts[0] == "categories" and parts[-1] == "name" else ("", "")


def _banned_phrases(data: Any, entries: Entries) -> Iterator[Problem]:
    """Words of this language that nobody is told, and exceptions in vain."""
    banned = data.get("banned", {"phrases": []})
    exceptions = [(exception["text"], exception["phrase"]) for exception in banned.get("exceptions", ())]
    finder = PhraseFinder(banned["phrases"])
    needed = set()
    for name, entry in _entries_with_text(entries):
        for phrase, start in finder.find(entry["text"]):
            if (name, phrase) in exceptions:
                needed.add((name, phrase))
            else:
                yield Problem("text.banned", ("texts", name, "text"), start, {"phrase": phrase, "text": name})
    for index, (name, phrase) in enumerate(exceptions):
        if (name, phrase) not in needed:
            path = ("banned", "exceptions", index)
            yield Problem("exception.unneeded", path, values={"text": name, "phrase": phrase})


def _never(entries: Entries, never: Sequence[Never]) -> Iterator[Problem]:
    """Forms that the glossary forbids."""
    finder = PhraseFinder([entry.form for entry in never])
    by_form = {entry.form: entry for entry in never}
    for name, entry in _entries_with_text(entries):
        for form, start in finder.find(entry["text"]):
            values = {"form": form, "term": by_form[form].term, "say": by_form[form].say, "why": by_form[form].why}
            yield Problem("translation.never", ("texts", name, "text"), start, values)


def _entries_with_text(entries: Entries) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries that hold a text."""
    return ((name, entry) for name, entry in entries.items() if entry.get("text", "").strip())
