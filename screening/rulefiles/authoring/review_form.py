"""A reviewer's filled-in form: read, and every gap and mistake in it told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from screening.rulefiles.checks.references import exists
from screening.rulefiles.loading.loader import LoadedRules, raise_if_any, read_shaped
from screening.rulefiles.model.shape import review_form_schema
from screening.rulefiles.review.points import points
from screening.rulefiles.review.signatures import unprintable
from screening.rulefiles.review.state import Role, Verdict
from screening.ruleset.model.dates import day_named
from screening.ruleset.model.problem import Problem


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a reviewer states."""

    name: str
    registration: str
    paid_by_a_clinic: bool
    interests: str
    signed_on: date
    verdicts: Mapping[str, tuple[Verdict, str]]
    """Verdict and comment by the id of each point."""


def load_form(path: FilePath, rules: LoadedRules, role: Role, today: date) -> FilledForm:
    """The filled-in form of somebody who signs in this role, or `RuleFileError` with every gap and mistake in it."""
    parsed = read_shaped(path, review_form_schema())
    data: Any = parsed.data
    wanted = [point.id for point in points(rules.rule_set, role)]
    raise_if_any([*_mistakes(data, rules, today), *_wrong_verdicts(data["verdicts"], wanted)], parsed, path)
    return FilledForm(
        name=_in_one_line(data["name"]),
        registration=_in_one_line(data["registration"]),
        paid_by_a_clinic=data["paid_by_a_clinic"] == "yes",
        interests=_in_one_line(data["interests"]),
        signed_on=date.fromisoformat(data["signed_on"]),
        verdicts={
            name: (Verdict(data["verdicts"][name]["verdict"]), data["verdicts"][name].get("comment", "").strip())
            for name in wanted
        },
    )


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _mistakes(data: Any, rules: LoadedRules, today: date) -> Iterator[Problem]:
    if data["sha256"] != rules.hash:
        yield Problem("review.other_version", ("sha256",), values={"name": rules.rule_set.id})
    for name in ("name", "registration", "paid_by_a_clinic", "signed_on"):
        if not data[name].strip():
            yield Problem("review.not_filled_in", (name,), values={"name": name})
    yield from unprintable(data, ())
    day = day_named(data["signed_on"]) if data["signed_on"] else today
    if day is None:
        yield Problem("review.no_day", ("signed_on",), values={"name": data["signed_on"]})
    elif day > today:
        yield Problem("review.in_future", ("signed_on",), values={"name": data["signed_on"]})


def _wrong_verdicts(verdicts: Any, wanted: list[str]) -> Iterator[Problem]:
    for name in verdicts:
        yield from exists(name, wanted, "point", ("verdicts", name))
    for name in wanted:
        verdict = verdicts.get(name)
        if not verdict:
            yield Problem("review.no_verdict", ("verdicts",), values={"name": name})
        elif not verdict["verdict"]:
            yield Problem("review.no_verdict", ("verdicts", name, "verdict"), values={"name": name})
        elif verdict["verdict"] != Verdict.AGREE and not verdict.get("comment", "").strip():
            yield Problem("review.no_comment", ("verdicts", name), values={"name": name, "verdict": verdict["verdict"]})
