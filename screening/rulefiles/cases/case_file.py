"""Cases: named answer sets that travel with a rule file, and whether the engine gives what each expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from screening.rulefiles.cases.judged_day import judged_day
from screening.rulefiles.checks.references import exists
from screening.rulefiles.yaml.parsed import Data
from screening.ruleset.compiler.numbers.thresholds import round_for_display
from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.answers import Plain, ValueResult
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, plain_answer

UNSURE = "unsure"
"""How a case file writes "I'm not sure" (YAML's own null is refused there)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A named answer set and what must come of it; `expected` is as the file says it."""

    name: str
    answers: Mapping[str, Answer]
    expected: Mapping[str, Any]
    today: date | None = None
    """The day on which dates are judged; None: none are asked."""

    @property
    def own(self) -> frozenset[str]:
        """The questions that this case answers itself; it shares the other answers with all cases of its file."""
        return frozenset(self.expected["answers"])

    def plain(self, rule_set: RuleSet) -> dict[str, Plain]:
        """Its answers as the rules read them."""
        return plain_answers(rule_set, self.answers, self.today)


def read_cases(data: Any, rule_set: RuleSet) -> tuple[list[Case], list[Problem]]:
    """The cases in data of the right shape, and every answer or name in them that does not exist."""
    cases: list[Case] = []
    file_day, problems = judged_day(data, has_dates=rule_set.has_dates)
    if all(TODAY in raw for raw in data["cases"]) and TODAY not in data:
        problems = []
    shared, mistakes = read_answers(data.get("unless_said", {}), rule_set, ("unless_said",), file_day)
    problems += mistakes
    if data["rules"] != rule_set.id:
        problems.append(Problem("case.other_rules", ("rules",), values={"name": data["rules"], "wanted": rule_set.id}))
    for index, raw in enumerate(data["cases"]):
        case_day, wrong_days = file_day, list[Problem]()
        if TODAY in raw:
            case_day, wrong_days = judged_day(raw, ("cases", index), has_dates=rule_set.has_dates)
        own, mistakes = read_answers(raw["answers"], rule_set, ("cases", index, "answers"), case_day)
        problems += [*wrong_days, *mistakes, *_unknown_names(raw, rule_set, index)]
        cases.append(Case(raw["name"], {**shared, **own}, raw, case_day))
    return cases, problems


def read_answers(
    raw: Mapping[str, Data], rule_set: RuleSet, path: Path, today: date | None = None
) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers, and what is wrong with those that cannot be read; `today`: the day by which dates are plausible."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for name, value in raw.items():
        if name not in rule_set.question:
            values = {"what": "question", "name": name, "known": list(rule_set.question)}
            problems.append(Problem("name.missing", (*path, name), values=values))
            continue
        try:
            answers[name] = _read(rule_set.question[name], value, today)
        except AnswerError as error:
            problems.append(Problem(f"answer.{error.code}", (*path, name), values={"error": error}))
    return answers, problems


def _read(question: Question, value: Data, today: date | None) -> Answer:
    """One answer; of a date the year alone is a number in YAML."""
    is_year = question.type is QuestionType.DATE and isinstance(value, int | Decimal)
    return read_answer(question, str(value) if is_year else _without_unsure(value), today=today)


def _without_unsure(value: Data) -> object:
    """The raw answer with null where the file says `unsure`."""
    if isinstance(value, list):
        return [None if code == UNSURE else code for code in value]
    if isinstance(value, dict) and value.get("unit") == UNSURE:
        return {**value, "unit": None}
    return None if value == UNSURE else value


def _unknown_names(expected: Mapping[str, Any], rule_set: RuleSet, index: int) -> Iterator[Problem]:
    kinds: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("category", "category", rule_set.category),
        ("possible", "category", rule_set.category),
        ("underlying", "category", rule_set.category),
        ("grounds", "ground", rule_set.ground),
        ("not_grounds", "ground", rule_set.ground),
        ("notes", "note", rule_set.note),
        ("not_notes", "note", rule_set.note),
        ("missing", "question", rule_set.question),
        ("values", "value", rule_set.value),
    )
    for member, what, known in kinds:
        named = expected.get(member, ())
        path = ("cases", index, member)
        if isinstance(named, str):
            yield from exists(named, known, what, path)
        elif isinstance(named, Mapping):
            for name in named:
                yield from exists(name, known, what, (*path, name))
        else:
            for number, name in enumerate(named):
                yield from exists(name, known, what, (*path, number))


def run_cases(cases: list[Case], engine: Engine, explainer: Explainer) -> list[Problem]:
    """Every difference between what the cases expect and what the engine gives."""
    return [
        replace(problem, values={**problem.values, "case": case.name})
        for index, case in enumerate(cases)
        for problem in _differences(case, ("cases", index), engine, explainer)
    ]


def plain_answers(rule_set: RuleSet, answers: Mapping[str, Answer], today: date | None = None) -> dict[str, Plain]:
    """Answers as the rules read them; those with dates on the day `today`, without which they have no outcome."""
    plain = {name: plain_answer(rule_set.question[name], answer, today) for name, answer in answers.items()}
    return {**plain, TODAY: DayRange.of_day(today)} if rule_set.has_dates and today else plain


def _differences(case: Case, path: Path, engine: Engine, explainer: Explainer) -> Iterator[Problem]:
    plain = case.plain(engine.rule_set)
    try:
        outcome = engine.evaluate(plain)
    except RequiredAnswerMissingError as error:
        yield Problem("case.required", (*path, "answers"), values={"names": list(error.questions)})
        return
    expected = case.expected
    yield from _categories(expected, outcome, path)
    missing = explainer.missing(plain) if "missing" in expected else ()
    for member, names in (("grounds", outcome.grounds), ("notes", outcome.notes), ("missing", missing)):
        yield from _wrong_names(expected, member, names, path)
    for name, value in expected.get("values", {}).items():
        case_value = _value_in_case(engine, name, outcome.values[name])
        if value != case_value:
            values = {"name": name, "expected": value, "found": case_value}
            yield Problem("case.value", (*path, "values", name), values=values)


def _categories(expected: Mapping[str, Any], outcome: Outcome, path: Path) -> Iterator[Problem]:
    """The category; where it is right, the possible ones, the kind and the underlying one."""
    if expected["category"] != outcome.category:
        values = {"expected": expected["category"], "found": outcome.category, "possible": sorted(outcome.possible)}
        yield Problem("case.category", (*path, "category"), values=values)
        return
    possible = sorted(expected.get("possible", [expected["category"]]))
    if possible != sorted(outcome.possible):
        values = {"expected": possible, "found": sorted(outcome.possible)}
        yield Problem("case.possible", (*path, "possible"), values=values)
    kind = outcome.kind.value if outcome.kind else None
    underlying = outcome.underlying.category if outcome.underlying else None
    for member, actual in (("kind", kind), ("underlying", underlying)):
        # nothing is said of the kind where it does not matter; an underlying category nobody expects does
        if expected.get(member) != actual and (member in expected or member == "underlying"):
            values = {"expected": expected.get(member), "found": actual}
            yield Problem(f"case.{member}", (*path, member), values=values)


def _wrong_names(expected: Mapping[str, Any], member: str, actual: Sequence[str], path: Path) -> Iterator[Problem]:
    """Names that must be found, and names that must not."""
    kind = member.removesuffix("s")
    for number, name in enumerate(expected.get(member, ())):
        if name not in actual:
            values = {"name": name, "found": list(actual)}
            yield Problem(f"case.no_{kind}", (*path, member, number), values=values)
    for number, name in enumerate(expected.get(f"not_{member}", ())):
        if name in actual:
            yield Problem(f"case.unwanted_{kind}", (*path, f"not_{member}", number), values={"name": name})


def _value_in_case(engine: Engine, name: str, value: ValueResult) -> object:
    """A value as a case file writes it: rounded as people are told it."""
    if not isinstance(value, Decimal):
        return "unknown" if value is None else value
    return round_for_display(value, engine.rule_set.value[name].decimals, engine.functions.thresholds.get(name, ()))
