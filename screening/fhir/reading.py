"""A QuestionnaireResponse that a foreign program sent as answers, and what of it does not count.

A foreign form enforces little: "None of these" may stand beside a tick, and answers to questions that are no longer
asked stay in the response. So what `yields` gives way, `ask_if` is applied again, and each thing that is set aside or
refused is told with its linkId. Where something is refused there is no outcome: an answer that was given and cannot be
read is not "not sure".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from screening.fhir.items import one_number_unit
from screening.fhir.names import ABSENT_REASONS, ASKED_UNKNOWN, STRUCTURES, UCUM, Addresses
from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, unit_of
from screening.ruleset.reading.two_parts import written_in
from screening.ruleset.reading.typed_numbers import written

MAX_DEPTH = 20
"""How deep items may lie in items."""
COMPARATORS = frozenset(("<", "<=", ">=", ">"))
"""Of bounds, as FHIR R4 writes them and people type them."""
STATUSES = frozenset(("completed", "amended"))
"""Of responses that somebody has finished."""


class Remark(StrEnum):
    """What became of a part of a response that is no answer that counts."""

    # set aside
    NOT_ASKED = "not_asked"
    YIELDED = "yielded"
    # refused
    UNKNOWN_ITEM = "unknown_item"
    UNREADABLE = "unreadable"
    """As the reader of answers says: `error`."""
    SEVERAL_ANSWERS = "several_answers"
    TWICE = "twice"
    NO_CODE = "no_code"
    OTHER_SYSTEM = "other_system"
    NO_NUMBER = "no_number"
    NO_TEXT = "no_text"
    NO_DATE = "no_date"
    OTHER_UNITS = "other_units"
    COMPARATOR = "comparator"
    MISSING = "missing"


SET_ASIDE = frozenset((Remark.NOT_ASKED, Remark.YIELDED))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is set aside or refused."""

    link: str
    """The linkId."""
    remark: Remark
    values: Mapping[str, str] = field(default_factory=dict)
    error: AnswerError | None = None

    @property
    def is_refused(self) -> bool:
        """Whether there can be no outcome."""
        return self.remark not in SET_ASIDE


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """What a response says."""

    answers: Mapping[str, Answer]
    """The answers that count, by question."""
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What keeps it from being judged."""
        return tuple(finding for finding in self.findings if finding.is_refused)

    @property
    def set_aside(self) -> tuple[Finding, ...]:
        """What does not count, though it was said."""
        return tuple(finding for finding in self.findings if not finding.is_refused)


class ResponseError(ValueError):
    """It is no response to this Questionnaire: `code` and `values` say why."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class UnusableAnswerError(ValueError):
    """An answer in a form that no answer to this question has."""

    def __init__(self, remark: Remark, **values: str) -> None:
        super().__init__(remark)
        self.remark = remark
        self.values = values


def read_response(engine: Engine, resource: object, base: str, today: date | None = None) -> ReadResponse:
    """The answers of a QuestionnaireResponse to the Questionnaire of this engine's rules, published under `base`.

    Numbers of the JSON must have been read as `Decimal`. Raises `ResponseError` where it is another resource, or
    answers another Questionnaire or version. `today` is the day on which dates are judged.
    """
    return _Reading(engine, base, today).of(resource)


class _Reading:
    def __init__(self, engine: Engine, base: str, today: date | None) -> None:
        self.engine = engine
        self.today = today
        self.rule_set = engine.rule_set
        self.addresses = Addresses(base, engine.rule_set)

    def of(self, resource: object) -> ReadResponse:
        if not isinstance(resource, Mapping) or resource.get("resourceType") != "QuestionnaireResponse":
            raise ResponseError("not_a_response")
        status = str(resource.get("status"))
        if status not in STATUSES:
            raise ResponseError("status", status=status)
        if resource.get("questionnaire") != self.addresses.versioned:
            raise ResponseError("other", found=str(resource.get("questionnaire")), known=self.addresses.versioned)
        answers: dict[str, Answer] = {}
        findings: list[Finding] = []
        for link, values in _answered(resource.get("item", []), depth=0):
            question = self.rule_set.question.get(link)
            if question is None:
                findings.append(Finding(link, Remark.UNKNOWN_ITEM))
            elif question.id in answers:
                findings.append(Finding(link, Remark.TWICE))
            else:
                findings += self._add_answer(question, values, answers)
        return self._response(answers, findings)

    def _add_answer(self, question: Question, values: list[object], answers: dict[str, Answer]) -> Iterator[Finding]:
        """Add one answer to those read, and tell what is not as it was sent."""
        try:
            raw = self._raw(question, values)
            answers[question.id] = answer = read_answer(question, raw, today=self.today)
        except UnusableAnswerError as error:
            yield Finding(question.id, error.remark, error.values)
        except AnswerError as error:
            yield Finding(question.id, Remark.UNREADABLE, error=error)
        else:
            if isinstance(raw, list):
                kept = getattr(answer, "codes", ())
                for code in sorted(question.exclusive_codes.intersection(filter(None, raw)).difference(kept)):
                    yield Finding(question.id, Remark.YIELDED, {"option": question.option[code].text})

    def _response(self, answers: dict[str, Answer], findings: list[Finding]) -> ReadResponse:
        """The answers to questions that are asked."""
        asked = self.engine.asked_questions(plain_answers(self.rule_set, answers, self.today))
        findings += [Finding(name, Remark.NOT_ASKED) for name in answers if name not in asked]
        told = {finding.link for finding in findings if finding.is_refused}
        findings += [
            Finding(question.id, Remark.MISSING)
            for question in self.rule_set.questions
            if question.required
            and question.id not in told
            and plain_answers(self.rule_set, answers).get(question.id) is None
        ]
        counted = {name: answer for name, answer in answers.items() if name in asked}
        order = list(self.rule_set.question)
        findings.sort(key=lambda finding: order.index(finding.link) if finding.link in order else len(order))
        return ReadResponse(counted, tuple(findings))

    # --- one answer ---

    def _raw(self, question: Question, values: list[object]) -> object:
        """The answer in the form in which programs send it to us."""
        raw = [self._value(question, value) for value in values]
        if question.type is QuestionType.SEVERAL:
            return raw
        if len(raw) > 1:
            raise UnusableAnswerError(Remark.SEVERAL_ANSWERS)
        return raw[0]

    def _value(self, question: Question, value: object) -> object:
        if not isinstance(value, Mapping):
            raise UnusableAnswerError(Remark.NO_CODE)
        if question.type is QuestionType.NUMBER:
            return _number(question, value)
        if question.type is QuestionType.TEXT:
            return _words(value)
        if question.type is QuestionType.DATE:
            return _date(value)
        coding = value.get("valueCoding")
        if not isinstance(coding, Mapping) or not isinstance(coding.get("code"), str):
            raise UnusableAnswerError(Remark.NO_CODE)
        system, code = coding.get("system"), coding["code"]
        if (system, code) == (ABSENT_REASONS, ASKED_UNKNOWN):
            return None
        if system != self.addresses.options:
            raise UnusableAnswerError(Remark.OTHER_SYSTEM, found=str(system), known=self.addresses.options)
        return code


def _number(question: Question, value: Mapping[str, object]) -> object:
    quantity = value.get("valueQuantity")
    if not isinstance(quantity, Mapping):
        raise UnusableAnswerError(Remark.NO_NUMBER)
    if "value" not in quantity and _is_asked_unknown(quantity):
        return None
    number = quantity.get("value")
    if not isinstance(number, int | Decimal) or isinstance(number, bool):
        raise UnusableAnswerError(Remark.NO_NUMBER)
    if quantity.get("system", UCUM) != UCUM:
        raise UnusableAnswerError(Remark.OTHER_UNITS, found=str(quantity["system"]))
    unit = _unit(question, quantity)
    if "comparator" in quantity:
        number = _bound(str(quantity["comparator"]), number, unit)
    return {"value": number, "unit": unit.code if unit else None}


def _bound(comparator: str, number: int | Decimal, unit: Unit | None) -> str:
    """A bound as it is typed: in a way that can be read in one way only."""
    if comparator not in COMPARATORS:
        raise UnusableAnswerError(Remark.COMPARATOR, comparator=comparator)
    exact = Decimal(number)
    return comparator + (written_in(unit, exact) if unit else written(exact))


def _words(value: Mapping[str, object]) -> object:
    if isinstance(words := value.get("valueString"), str):
        return words
    absent = value.get("_valueString")
    if not isinstance(absent, Mapping) or not _is_asked_unknown(absent):
        raise UnusableAnswerError(Remark.NO_TEXT)
    return None


def _date(value: Mapping[str, object]) -> object:
    """A date with as much of it as is known."""
    if isinstance(date_sent := value.get("valueDate"), str):
        return date_sent
    absent = value.get("_valueDate")
    if not isinstance(absent, Mapping) or not _is_asked_unknown(absent):
        raise UnusableAnswerError(Remark.NO_DATE)
    return None


def _unit(question: Question, quantity: Mapping[str, object]) -> Unit | None:
    """The unit by its code, or by what a form shows for it. What has one unit is in it; of several nobody can tell."""
    named = quantity.get("code", quantity.get("unit"))
    if named is None:
        return question.stored_unit if len(question.units) == 1 else None
    shown = {unit.counted: one_number_unit(question, unit).code for unit in question.units}
    return unit_of(question, shown.get(str(named), str(named)))


def _is_asked_unknown(element: Mapping[str, object]) -> bool:
    extensions = element.get("extension")
    reason = {"url": f"{STRUCTURES}/data-absent-reason", "valueCode": ASKED_UNKNOWN}
    return isinstance(extensions, list) and reason in extensions


def _answered(items: object, depth: int) -> Iterator[tuple[str, list[object]]]:
    """Every item that holds an answer, wherever it lies, with its answers."""
    if not isinstance(items, list) or depth > MAX_DEPTH:
        raise ResponseError("shape")
    for item in items:
        if not isinstance(item, Mapping) or not isinstance(item.get("linkId"), str):
            raise ResponseError("shape")
        answers = item.get("answer", [])
        if not isinstance(answers, list):
            raise ResponseError("shape")
        if answers:
            yield item["linkId"], answers
        yield from _answered(item.get("item", []), depth + 1)
        for answer in answers:
            if isinstance(answer, Mapping):
                yield from _answered(answer.get("item", []), depth + 1)
