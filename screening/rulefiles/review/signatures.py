"""Signatures beside a rule file, in NAME.review.yaml: made, checked and added; never inside the file that they sign."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.model.canonical import canonical_json, sha256
from screening.rulefiles.review.points import points
from screening.rulefiles.review.state import ReaderTest, Review, Role, Signature, Verdict
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.model.dates import day_named
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.rule_set import RuleSet

MONTHS = 12
"""How long a signature counts."""
MONTHS_OF_LAW_AND_PRICES = 3
"""How long it counts for articles that are marked as speaking of law or prices."""
LAW_AND_PRICES = "law_and_prices"

Entry = dict[str, Any]
"""One signature as the file holds it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What signatures are over: one very rule set, and the translations beside it."""

    file: FilePath
    rule_set: RuleSet
    sha256: str

    def translation(self, language: str) -> str | None:
        """Hash of the translation into a language (NAME.LANGUAGE.yaml), if there is one."""
        path = self.file.with_name(f"{self.file.stem}.{language}.yaml")
        data = read_yaml(path.read_bytes()).data if path.is_file() else None
        return None if data is None else sha256(canonical_json(data))

    def is_in(self, entry: Mapping[str, Any]) -> bool:
        """Whether a signature is over what stands here today."""
        if entry["rules_sha256"] != self.sha256:
            return False
        if entry["role"] != Role.TRANSLATION:
            return True
        return entry.get("translation_sha256") == self.translation(entry["language"])


def review_path(rule_file: FilePath) -> FilePath:
    """Where the signatures of a rule file stand."""
    return rule_file.with_name(f"{rule_file.stem}.review.yaml")


def signed_text(entry: Mapping[str, Any]) -> str:
    """What a signature is over: the canonical JSON of all other members."""
    return canonical_json({name: member for name, member in entry.items() if name != "signature"})


def read_review(data: Any, over: Signed) -> tuple[Review, list[Problem]]:
    """The review in data of the right shape, and everything that is wrong in it."""
    entries: list[Entry] = data.get("signatures", [])
    problems = [*_mistakes(data, entries, over)]
    if problems:
        return Review(), problems
    counted = [entry for entry in entries if over.is_in(entry)]
    latest = {(entry["role"], entry["language"], entry["public_key"]): _signature(entry) for entry in counted}
    test = data.get("reader_test")
    review = Review(
        signatures=tuple(latest.values()),
        void=len(entries) - len(counted),
        reader_test=_reader_test(test) if test and test["sha256"] == over.sha256 else None,
        last_signed_on=_last_days(entries),
        has_law_and_prices=any(article.expires == LAW_AND_PRICES for article in over.rule_set.articles),
    )
    return review, []


def _signature(entry: Entry) -> Signature:
    verdicts = {name: Verdict(verdict["verdict"]) for name, verdict in entry["verdicts"].items()}
    return Signature(
        role=Role(entry["role"]),
        language=entry["language"],
        name=entry["name"],
        registration=entry["registration"],
        paid_by_a_clinic=entry["paid_by_a_clinic"],
        interests=entry["interests"],
        signed_on=date.fromisoformat(entry["signed_on"]),
        expires_on=date.fromisoformat(entry["expires_on"]),
        law_and_prices_expire_on=date.fromisoformat(entry["law_and_prices_expire_on"]),
        key=entry["public_key"],
        changes=tuple(name for name, verdict in verdicts.items() if verdict is Verdict.AGREE_WITH_CHANGE),
        disagrees=tuple(name for name, verdict in verdicts.items() if verdict is Verdict.DISAGREE),
    )


def _last_days(entries: list[Entry]) -> dict[tuple[Role, str], date]:
    """The day of the last signature of each role and language."""
    last: dict[tuple[Role, str], date] = {}
    for entry in entries:
        key, day = (Role(entry["role"]), entry["language"]), date.fromisoformat(entry["signed_on"])
        last[key] = max(day, last.get(key, day))
    return last


def _reader_test(data: Any) -> ReaderTest:
    return ReaderTest(date.fromisoformat(data["date"]), data["readers"], data["passed"])


# --- mistakes ------------------------------------------------------------------------------------


def _mistakes(data: Any, entries: list[Entry], over: Signed) -> Iterator[Problem]:
    if data["rules"] != over.rule_set.id:
        yield Problem("review.other_rules", ("rules",), values={"name": data["rules"], "wanted": over.rule_set.id})
    if "reader_test" in data and day_named(data["reader_test"]["date"]) is None:
        yield Problem("review.no_day", ("reader_test", "date"), values={"name": data["reader_test"]["date"]})
    for index, entry in enumerate(entries):
        yield from _wrong_in(entry, ("signatures", index), over)


def _wrong_in(entry: Entry, path: Path, over: Signed) -> Iterator[Problem]:
    """What is wrong with one signature; one that was changed is not looked into any further."""
    from screening.crypto.signing import is_signed  # noqa: PLC0415 - slow to load, and most files have no signature

    if not is_signed(signed_text(entry), entry["signature"], entry["public_key"]):
        values = {"name": entry["name"], "role": entry["role"], "day": entry["signed_on"]}
        yield Problem("review.tampered", path, values=values)
        return
    yield from _wrong_days(entry, path)
    yield from unprintable(entry, path)
    if over.is_in(entry):
        for point in points(over.rule_set, Role(entry["role"])):
            if point.id not in entry["verdicts"]:
                yield Problem("review.no_verdict", (*path, "verdicts"), values={"name": point.id})


def _wrong_days(entry: Entry, path: Path) -> Iterator[Problem]:
    """Days that are none, and a signature that would count for longer than it may."""
    signed_on = day_named(entry["signed_on"])
    if signed_on is None:
        yield Problem("review.no_day", (*path, "signed_on"), values={"name": entry["signed_on"]})
    limits = {"expires_on": MONTHS, "law_and_prices_expire_on": MONTHS_OF_LAW_AND_PRICES}
    for name, months in limits.items():
        day = day_named(entry[name])
        if day is None:
            yield Problem("review.no_day", (*path, name), values={"name": entry[name]})
        elif signed_on and day > months_after(signed_on, months):
            yield Problem("review.too_long", (*path, name), values={"months": months, "day": entry["signed_on"]})


def unprintable(words: Mapping[str, str], path: Path) -> Iterator[Problem]:
    """Characters in what a person tells of themselves that would hide or turn round what is read."""
    for name in ("name", "registration", "interests"):
        odd = next(
            (character for character in words[name] if not character.isprintable() and not character.isspace()), ""
        )
        if odd:
            values = {"name": name, "character": f"U+{ord(odd):04X}"}
            yield Problem("review.unprintable", (*path, name), values=values)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
