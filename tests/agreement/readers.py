"""The readers of a rule file, each as an adapter: from answer sets as they are sent to what it makes of them."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import z3
from click.testing import CliRunner

from screening.analysis.solver.rule_formulas import RuleModel
from screening.cli import main
from screening.questionnaire.current_request import current_assessment
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import outcome_json, outcome_members
from screening.ruleset.formulas.algebra import Formula
from screening.ruleset.model.answers import has_bound
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer
from tests.agreement.lines import Members, day_of, parsed
from tests.analysis.said import Asking, acceptable
from tests.support.person import answer_until, begin, inputs_of
from tests.support.web import Web
from tests.support.web_fixtures import make_app

EVERYTHING = frozenset(
    (
        "category",
        "possible",
        "kind",
        "underlying",
        "grounds",
        "open_grounds",
        "notes",
        "values",
        "not_asked",
        "ignored",
    )
)
"""All that an outcome says."""


@dataclass(frozen=True)
class Subject:
    """What is read: a rule set, and its file where it stands in one."""

    rule_set: RuleSet
    path: Path | None = None

    def read(self, answers: Mapping[str, object]) -> dict[str, Answer]:
        """The answers of a set that was sent."""
        question = self.rule_set.question
        return {name: read_answer(question[name], raw) for name, raw in answers.items() if name != "today"}


class Reader(ABC):
    """One reader, and what it must agree on."""

    agrees_on: frozenset[str]
    near = Decimal(0)
    """By what part of themselves its numbers may be off."""

    @abstractmethod
    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterable[Members | None]:
        """For each answer set the members that the reader must agree on; None where it says only what may be."""


class CommandLine(Reader):
    """`screening evaluate --json`."""

    agrees_on = EVERYTHING

    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterator[Members]:
        """By one call of the command."""
        text = "\n".join(map(outcome_json, sets))
        call = ["evaluate", "-", "--json", "--no-explain", "--rules", str(subject.path)]
        result = CliRunner().invoke(main, call, input=text)
        assert result.exit_code == 0, result.output
        for line in result.stdout.splitlines():
            members = parsed(line)
            yield {name: members[name] for name in self.agrees_on}


class Program(Reader):
    """`POST /api/v1/batch`, as a program sends it."""

    agrees_on = EVERYTHING

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterator[Members]:
        """By one batch."""
        app = make_app(self.folder, rules=str(subject.path), api="local")
        body = "".join(f"{_as_program(answers)}\n" for answers in sets)
        response = app.test_client().post("/api/v1/batch", data=body, content_type="application/x-ndjson")
        for line in response.text.splitlines():
            outcome = parsed(line)["outcome"]
            yield {name: outcome[name] for name in self.agrees_on}


def _as_program(answers: Members) -> str:
    """The line of a batch: a bound is a number with a sign, since programs type nothing; today is the server's."""
    sent = {name: raw for name, raw in answers.items() if name != "today"}
    for name, raw in [*sent.items()]:
        typed = raw["value"] if isinstance(raw, dict) else None
        if isinstance(typed, str) and (bound := re.fullmatch(r"([<>]=?)\s*(.+)", typed)):
            sent[name] = {**raw, "value": bound[2], "sign": bound[1]}
    return outcome_json({"answers": sent, "explain": False})


class Pages(Reader):
    """The pages, filled in one after another by a person, up to the result."""

    agrees_on = EVERYTHING - {"ignored"}  # nobody can answer what is not asked

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterator[Members]:
        """What the request for the result is told from."""
        app = make_app(self.folder, rules=str(subject.path))
        for answers in sets:
            web = Web(app)
            begin(web)
            answer_until(web, inputs_of(web, subject.read(answers)))
            with web.client:
                web.get("/result")
                outcome = current_assessment().outcome
            members = parsed(outcome_json(outcome_members(subject.rule_set, outcome)))
            yield {name: members[name] for name in self.agrees_on}


class Solver(Reader):
    """The formulas as the solver reads them: conditions, in the one model that the answers allow.

    Where a strict number is open, or a power is only enclosed, they allow more than one. Bounds they do not speak of.
    """

    agrees_on = frozenset(("category", "possible", "kind", "underlying", "grounds", "notes", "not_asked"))

    def outcomes(self, subject: Subject, sets: Sequence[Members]) -> Iterator[Members | None]:
        """From one model an answer set."""
        model = RuleModel(subject.rule_set)
        for answers in sets:
            said = plain_answers(subject.rule_set, subject.read(answers), day_of(answers))
            if has_bound(said):
                yield None
                continue
            plain = acceptable(subject.rule_set, said)
            is_open = any(plain.get(name) is None for name in strict_numbers(subject.rule_set))
            yield None if is_open else _in_model(model, Asking(model, plain).known)


def strict_numbers(rule_set: RuleSet) -> list[str]:
    """The numbers and dates that are completed while they are not known."""
    measured = (QuestionType.NUMBER, QuestionType.DATE)
    return [question.id for question in rule_set.questions if question.type in measured and question.strict]


def _in_model(model: RuleModel, known: Sequence[z3.BoolRef]) -> Members | None:
    formulas = model.formulas
    asked = {name: formulas.asked(name) for name in model.rule_set.question}
    kinds = {str(kind): formula for kind, formula in formulas.kind.items()}
    told: list[Mapping[str, Formula]] = [formulas.possible, formulas.holding, formulas.notes, asked]
    told += [formulas.category, formulas.underlying, kinds]
    printed = [{name: model.printed(formula) for name, formula in of.items()} for of in told]
    solver = z3.Solver()
    solver.add(*known)
    for fresh in model.nonlinear.read_by([outcome for of in printed for outcome in of.values()]):
        if fresh.equation is None:
            return None
        solver.add(*fresh.bounds, fresh.equation)
    assert solver.check() == z3.sat, solver.reason_unknown()
    found = solver.model()

    def true(of: Mapping[str, z3.BoolRef]) -> list[str]:
        return [name for name, formula in of.items() if z3.is_true(found.eval(formula, model_completion=True))]

    possible, grounds, notes, asked_now, category, underlying, kind = map(true, printed)
    return {
        "category": ", ".join(category),
        "possible": possible,
        "kind": ", ".join(kind) or None,
        "underlying": ", ".join(underlying) or None,
        "grounds": grounds,
        "notes": notes,
        "not_asked": [name for name in model.rule_set.question if name not in asked_now],
    }


def as_sent(text: str) -> Members:
    """The answers of a line as they are sent: numbers as JSON holds them."""
    members: Members = json.loads(text, parse_float=Decimal)["answers"]
    return members
