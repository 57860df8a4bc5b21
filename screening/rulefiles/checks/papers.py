"""Do the papers' own words name what there is, each once, and do the zones of a number follow one another?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from screening.rulefiles.checks.references import exists
from screening.ruleset.model.papers import DoctorPaper, Zone
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet

_AT = "doctor_paper"


def check_papers(rule_set: RuleSet) -> list[Problem]:
    """Every problem in the words of the doctor's paper."""
    paper = rule_set.doctor_paper
    if paper is None:
        return []
    return [*_names(rule_set, paper), *_option_names(rule_set, paper), *_numbers(rule_set, paper), *_zones(paper)]


def _names(rule_set: RuleSet, paper: DoctorPaper) -> Iterator[Problem]:
    """Questions, grounds and notes that have words are there, and have them once."""
    for member, what, known in (
        ("words", "question", rule_set.question),
        ("grounds", "ground", rule_set.ground),
        ("notes", "note", rule_set.note),
    ):
        names = [words.id for words in getattr(paper, member)]
        for index, name in enumerate(names):
            yield from exists(name, known, what, (_AT, member, index, "id"))
        yield from _repeated(names, (_AT, member), "id")
    for member in ("scales", "set_aside"):
        yield from _repeated([item.id for item in getattr(paper, member)], (_AT, member), "id")


def _option_names(rule_set: RuleSet, paper: DoctorPaper) -> Iterator[Problem]:
    for number, words in enumerate(paper.words):
        question = rule_set.question.get(words.id)
        path = (_AT, "words", number, "answers")
        for index, answer in enumerate(words.answers if question else ()):
            yield from exists(answer.code, question.option if question else (), "option", (*path, index, "code"))
        yield from _repeated([answer.code for answer in words.answers], path, "code")


def _numbers(rule_set: RuleSet, paper: DoctorPaper) -> Iterator[Problem]:
    """A scale is of a number, and only a number is set aside."""
    questions = [question.id for question in rule_set.questions if question.type is QuestionType.NUMBER]
    values = [value.id for value in rule_set.values if value.label]
    for index, scale in enumerate(paper.scales):
        yield from exists(scale.of, [*questions, *values], "number", (_AT, "scales", index, "of"))
        for at, source in enumerate(scale.sources):
            yield from exists(source, rule_set.source, "source", (_AT, "scales", index, "sources", at))
    for index, left_out in enumerate(paper.set_aside):
        yield from exists(left_out.question, questions, "number", (_AT, "set_aside", index, "question"))


def _zones(paper: DoctorPaper) -> Iterator[Problem]:
    for index, scale in enumerate(paper.scales):
        path = (_AT, "scales", index, "zones")
        yield from _repeated([zone.id for zone in scale.zones], path, "id")
        wrong = out_of_line(scale.zones)
        if wrong is not None:
            yield Problem("scale.bounds", (*path, wrong), values={"name": scale.id})


def out_of_line(zones: Sequence[Zone]) -> int | None:
    """Which zone is the first that does not end as it must: each but the last with one bound, above that before it."""
    before: Decimal | None = None
    for index, zone in enumerate(zones[:-1]):
        has_two = zone.below is not None and zone.up_to is not None
        if zone.bound is None or has_two or (before is not None and zone.bound <= before):
            return index
        before = zone.bound
    return len(zones) - 1 if zones[-1].bound is not None else None


def _repeated(names: Iterable[str], path: Path, key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Problem("id.repeated", (*path, index, key), values={"name": name})
        seen.add(name)
