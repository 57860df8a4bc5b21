"""Valid by the schema if and only if accepted: random JSON around everything that a question may be."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from screening.api.answer_schemas import answers_schema
from screening.api.bodies import read_json
from screening.api.openapi import DIALECT
from screening.api.outcomes import EXPLAIN, sent_answers
from screening.api.problems import ProblemError
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.model.builder import build_rule_set
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.api.asking import Asking, Literal, read, written
from tests.conftest import ROOT
from tests.support.rules.small_rules import choice, date, ground, number, rule, rule_file, several, text, unit, whole

FEET = {"first": {"label": "ft"}, "second": {"label": "in"}, "holds": 12, "example": 67}
NO_PARTS: frozenset[str] = frozenset()
_WIDE = Context(prec=1000)


def _traps() -> RuleSet:
    """A rule set with every form of question that a schema is likely to say wrongly."""
    questions = [
        number("age", unit("a", 18, 110, whole=True), required=True),
        number("signed", unit("1", "-2.5", 40), unit("%", -250, 4000, factor="0.01", also=["percent", "2"])),
        number("zero", unit("mmol/L", 0, "0.75", also=["mM"])),
        number("below", unit("dB", -30, "-0.5")),
        number("tall", unit("[in_i]", 0, "90.5", parts=FEET)),
        choice("kind", "one", {"code": "unsure", "means_unsure": True}, "three", required=True),
        choice("mood", "1", "true", "null", "٣"),
        several("plain", "a", "b"),
        several("ticks", "a", "b", {"code": "none", "exclusive": True}, {"code": "no", "exclusive": True}),
        several("yields", "a", {"code": "none", "exclusive": True, "yields": True}, {"code": "no", "exclusive": True}),
        several("alone", {"code": "none", "exclusive": True}),
        text("words", most=5),
        date("treated", 150, future=True),
        several("both", *({"code": code, "exclusive": True, "yields": True} for code in ("none", "no"))),
    ]
    data = _exact(whole(rule_file(questions, [rule("found", ground("old", "age > 60"))])))
    rule_set, unparsed = build_rule_set(data)
    assert not unparsed
    return rule_set


def _exact(data: Any) -> Any:
    """A rule file with its numbers as they are read: a bound that is written as a text here is one."""
    if isinstance(data, dict):
        numbers = ("minimum", "maximum", "factor")
        return {name: Decimal(str(value)) if name in numbers else _exact(value) for name, value in data.items()}
    return [*map(_exact, data)] if isinstance(data, list | tuple) else data


TRAPS = _traps()


def _is_integer(_checker: object, value: object) -> bool:
    return isinstance(value, Decimal) and value == value.to_integral_value()


ExactValidator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"number": lambda _, value: isinstance(value, Decimal), "integer": _is_integer}
    ),
)
"""The judge: jsonschema's own, which takes the numbers of JSON as exact ones."""


def judge(schema: Any) -> Any:
    """What says whether a text is valid by a schema, written as the API sends it."""
    read_schema = json.loads(outcome_json(schema), parse_float=Decimal, parse_int=Decimal)
    return ExactValidator(read_schema)


def valid(validator: Any, text: str) -> bool:
    return bool(validator.is_valid(json.loads(text, parse_float=Decimal, parse_int=Decimal)))


# --- random bodies -------------------------------------------------------------------------------

ODD = json.loads((ROOT / "tests" / "data" / "api" / "odd_values.json").read_text(encoding="utf-8"))
NUMBERS = st.sampled_from(ODD["numbers"].split())
TEXTS = st.sampled_from(ODD["texts"])
CODES = st.sampled_from(["a", "b", "none", "no", None, "c", "a "])
UNITS: st.SearchStrategy[object] = st.sampled_from(
    ["a", "1", "%", "percent", "2", "mmol/L", "mM", "dB", "mm", "", None, True, Literal("1"), Literal("2"), []]
)
SCALARS = st.one_of(NUMBERS.map(Literal), TEXTS, st.booleans(), st.none())
QUANTITIES = st.fixed_dictionaries(
    {"value": SCALARS}, optional={"unit": UNITS, "reading": TEXTS, "Unit": UNITS}
) | st.fixed_dictionaries({"unit": UNITS})
ANYTHING = st.one_of(
    SCALARS, st.lists(CODES, max_size=4), QUANTITIES, st.lists(SCALARS, max_size=2), st.just({}), st.just([[]])
)


DATES = [
    "2020",
    "2020-02-29",
    "2021-02-29",
    "2020-2",
    "2020-13",
    "0000",
    "2020-00",
    "2020-04-31",
    "17/5/2020",
    "2020\n",
]


def answer_to(question: Question) -> st.SearchStrategy[object]:
    """What may be sent to a question: mostly of its kind."""
    match question.type:
        case QuestionType.CHOICE:
            return st.sampled_from([option.code for option in question.options]) | ANYTHING
        case QuestionType.SEVERAL:
            codes = st.sampled_from([*(option.code for option in question.options), None])
            return st.lists(codes, max_size=3) | st.lists(codes, max_size=3, unique=True) | ANYTHING
        case QuestionType.NUMBER:
            return near(question) | ANYTHING
        case QuestionType.TEXT:
            return st.text(st.characters(codec="utf-8"), max_size=question.most + 3) | TEXTS | ANYTHING
        case QuestionType.DATE:
            return st.sampled_from(DATES) | ANYTHING


def near(question: Question) -> st.SearchStrategy[object]:
    """Numbers on and beside the bounds of each unit, as numbers and as texts."""
    tiny = [Decimal(0), Decimal("1e-17"), -Decimal("1e-17"), Decimal("0.5"), Decimal(1)]
    ends = [
        (own_unit, end + step)
        for own_unit in question.units
        for end in (own_unit.minimum, own_unit.maximum)
        for step in tiny
    ]
    in_units = st.sampled_from(ends)
    forms: list[Callable[[Any], object]] = [
        lambda pair: Literal(f"{pair[1]:f}"),
        lambda pair: f"{pair[1]:f}",
        lambda pair: f"{pair[1]:f}\n",
        lambda pair: {"value": Literal(f"{pair[1]:f}"), "unit": pair[0].code},
        lambda pair: {"value": f"{pair[1]:f}", "unit": [*pair[0].also, pair[0].code][0]},
        lambda pair: {"value": f"{pair[1]:f}\n", "unit": pair[0].code},
        lambda pair: {"value": Literal("0.5"), "unit": Literal(pair[0].code if pair[0].code.isdecimal() else "2")},
        lambda pair: {"value": Literal(f"{pair[1]:f}"), "unit": pair[0].code, "sign": "<"},
        lambda pair: {"value": f"{pair[1]:f}", "unit": pair[0].code, "sign": "<"},
        lambda pair: {"value": f"{pair[1]:f}", "unit": pair[0].code, "sign": ">="},
        lambda pair: {"value": Literal(f"{pair[1]:f}"), "sign": ">"},
        lambda pair: {"value": Literal(f"{pair[1]:f}"), "unit": None, "sign": "<="},
        lambda pair: {"value": Literal(f"{pair[1]:f}"), "unit": pair[0].code, "sign": "="},
        lambda pair: {"value": True, "unit": pair[0].code, "sign": "<"},
        lambda pair: {"value": Literal(f"{pair[1]:f}")},
        lambda pair: {"value": f"{pair[1]:f}", "unit": None},
    ]
    return st.one_of([in_units.map(form) for form in forms])


def right(question: Question) -> st.SearchStrategy[object]:
    """What is accepted, whatever else is sent."""
    match question.type:
        case QuestionType.CHOICE:
            return st.sampled_from([option.code for option in question.options if not option.means_unsure])
        case QuestionType.SEVERAL:
            return st.sampled_from([[option.code] for option in question.options])
        case QuestionType.NUMBER:
            ends = [end for unit in question.units[:1] for end in (unit.minimum, unit.maximum)]
            return st.sampled_from([Literal(f"{end:f}") for end in ends])
        case QuestionType.TEXT:
            return st.sampled_from(["x", "\u6c34\n", "\u200b\u0958"])
        case QuestionType.DATE:
            return st.sampled_from(["2020", "2020-02", "2020-02-29"])


@st.composite
def answer_sets(draw: st.DrawFn, rule_set: RuleSet) -> dict[str, object]:
    """Answers to some questions; those that are required mostly rightly."""
    asked = draw(st.lists(st.sampled_from(rule_set.questions), max_size=4)) if draw(st.booleans()) else []
    names = {question.id for question in asked} | {question.id for question in rule_set.questions if question.required}
    wrong = draw(st.sets(st.sampled_from(sorted(names)), max_size=1)) if draw(st.booleans()) else set()
    answers: dict[str, object] = {
        name: draw((answer_to if name in wrong else right)(rule_set.question[name])) for name in sorted(names)
    }
    if not draw(st.integers(0, 19)):
        answers.pop(draw(st.sampled_from(sorted(names))))
    if not draw(st.integers(0, 19)):
        answers[draw(st.sampled_from(["x", "", "age ", "answers"]))] = draw(ANYTHING)
    return answers


@st.composite
def bodies(draw: st.DrawFn, rule_set: RuleSet) -> object:
    """Mostly objects with answers."""
    if not draw(st.integers(0, 30)):
        return draw(ANYTHING)
    body: dict[str, object] = {"answers": draw(answer_sets(rule_set) if draw(st.integers(0, 30)) else ANYTHING)}
    if not draw(st.integers(0, 4)):
        body[draw(st.sampled_from(["explain", "Explain", "x"]))] = draw(st.booleans() | SCALARS)
    return body


def is_read(text: str) -> bool:
    """Whether each number, written out, has few enough characters: what is promised beside the schema."""
    lengths: list[int] = []

    def note(literal: str) -> Decimal:
        plain = f"{Decimal(literal).normalize(_WIDE):f}"
        lengths.append(len("0" if plain == "-0" else plain))
        return Decimal(literal)

    json.loads(text, parse_float=note, parse_int=note)
    return all(length <= 38 for length in lengths)


# --- the property --------------------------------------------------------------------------------


def accepted(text: str, rule_set: RuleSet, *, as_whole: bool) -> int:
    """The status with which a body is answered."""
    try:
        options: Any = EXPLAIN if as_whole else {}
        sent_answers(read_json(text.encode()), rule_set, NO_PARTS, options, whole=as_whole)
    except ProblemError as error:
        return error.status
    return 200


def body_schema(rule_set: RuleSet, *, as_whole: bool) -> dict[str, object]:
    answers = answers_schema(rule_set.questions, whole=as_whole)
    more: dict[str, object] = {"explain": {"type": "boolean"}} if as_whole else {}
    properties = {"answers": answers, **more}
    return {"type": "object", "required": ["answers"], "properties": properties, "additionalProperties": False}


WHOLE_JUDGE = judge(body_schema(TRAPS, as_whole=True))
SOME_JUDGE = judge(body_schema(TRAPS, as_whole=False))


@pytest.mark.parametrize("examples", [150, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_body_is_valid_by_the_schema_if_and_only_if_it_is_accepted(examples: int) -> None:
    settings(max_examples=examples)(given(body=bodies(TRAPS), as_whole=st.booleans())(whole_body))()


def whole_body(body: object, as_whole: bool) -> None:
    text = written(body)
    status = accepted(text, TRAPS, as_whole=as_whole)
    if not is_read(text):
        assert status == 400, text
    else:
        assert (status == 200) == valid(WHOLE_JUDGE if as_whole else SOME_JUDGE, text), (status, text)
        assert status in (200, 422) or "e-" in text  # so near to 0 that it is not read


def each_alone(rule_set: RuleSet) -> st.SearchStrategy[tuple[str, object]]:
    return st.sampled_from(rule_set.questions).flatmap(
        lambda question: answer_to(question).map(lambda raw: (question.id, raw))
    )


@pytest.mark.parametrize("examples", [600, pytest.param(4000, marks=pytest.mark.slow)])
def test_one_answer_is_valid_if_and_only_if_it_is_accepted(examples: int) -> None:
    settings(max_examples=examples)(given(pair=each_alone(TRAPS))(one_answer))()


def one_answer(pair: tuple[str, object]) -> None:
    name, raw = pair
    text = written({"answers": {name: raw}})
    if is_read(text):
        assert (accepted(text, TRAPS, as_whole=False) == 200) == valid(SOME_JUDGE, text), text


@pytest.fixture(scope="module")
def served(api_app: Flask) -> tuple[Asking, dict[str, Any], RuleSet]:
    """The document of the liver, and judges by its components."""
    asking = Asking(api_app.test_client())
    document = json.loads(asking.get("/openapi.json").text, parse_float=Decimal, parse_int=Decimal)
    judges = {
        name: ExactValidator({**document, "$ref": f"#/components/schemas/{name}"})
        for name in document["components"]["schemas"]
    }
    from screening.runtime import EXTENSION  # noqa: PLC0415 - one test needs the service

    return asking, judges, api_app.extensions[EXTENSION].rules.rule_set


def test_the_same_holds_of_what_is_served(served: tuple[Asking, dict[str, Any], RuleSet]) -> None:
    asking, judges, rule_set = served

    @settings(max_examples=60)
    @given(body=bodies(rule_set), to_next=st.booleans())
    def holds(body: object, to_next: bool) -> None:
        text = written(body)
        response = asking.post("/next" if to_next else "/evaluate", text)
        if not is_read(text):
            assert response.status_code == 400
            return
        name = "NextBody" if to_next else "EvaluateBody"
        assert (response.status_code == 200) == valid(judges[name], text), (response.status_code, text)
        answer = "Problem" if response.status_code != 200 else "Next" if to_next else "Outcome"
        assert valid(judges[answer], response.text), response.text

    holds()


def test_what_is_answered_where_an_answer_is_a_bound_is_valid_too(
    served: tuple[Asking, dict[str, Any], RuleSet],
) -> None:
    asking, judges, rule_set = served
    case: dict[str, object] = {"age": 54, "told": "cirrhosis_early", "red_flags": ["none"]}
    bounds = [question for question in rule_set.questions if question.units and question.id not in case]
    told: set[str] = set()
    for question in bounds:
        for sign, end in (("<", question.units[0].maximum), (">=", question.units[0].minimum)):
            raw = {"value": f"{end:f}", "unit": question.units[0].code, "sign": sign}
            response = asking.post("/evaluate", {"answers": {**case, question.id: raw}, "explain": False})
            assert response.status_code == 200, response.text
            assert valid(judges["Outcome"], response.text), response.text
            told |= {name for name, value in read(response)["values"].items() if isinstance(value, dict)}
    assert told


def test_the_document_is_of_the_dialect_that_it_names(served: tuple[Asking, dict[str, Any], RuleSet]) -> None:
    asking, _, _ = served
    document = read(asking.get("/openapi.json"))
    assert document["openapi"] == "3.1.0"
    assert document["jsonSchemaDialect"] == DIALECT
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(json.loads(written(schema)))
    for name in ("RuleSet", "Questions", "Cases"):
        path = {"RuleSet": "/rule-set", "Questions": "/questions", "Cases": "/cases"}[name]
        assert valid(served[1][name], asking.get(path).text)
