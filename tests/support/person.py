"""How a person answers: a case's answers as inputs of a form, and the whole way through the pages with them."""

from __future__ import annotations

from collections.abc import Mapping

from screening.forms.fields import NO_UNIT, UNSURE
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Written
from tests.support.page import Element
from tests.support.web import Web
from tests.support.well_trodden import along

FINE: Mapping[str, str | tuple[str, ...]] = {
    "red_flags": ("none",),
    "age": "50",
    "told": "cirrhosis_early",
    "cause": ("other",),
    "stage": "no_report",
    "ascites": "never",
    "he": "never",
    "bleed": "never",
    "jaundice": "never",
    "cancer": "none",
    "situation": ("none",),
    "other_health": ("none",),
    "has_papers": "no",
}
"""Inputs of somebody with early cirrhosis and nothing else; what is not named is not sure."""


def inputs_for(question: Question, answer: Answer | None) -> dict[str, list[str]]:
    """What a person chooses, ticks or types to give an answer; "I'm not sure" where there is none."""
    name = question.id
    match answer:
        case Chosen(code=code):
            return {name: [code]}
        case Ticked(codes=codes, unsure_of_rest=unsure):
            return {name: [*codes, *([UNSURE] if unsure else [])]}
        case Written(text=text):
            return {name: [text]}
        case PartialDate():
            return {name: [answer.text]}
        case Quantity(typed=typed, unit=unit):
            chosen = {f"{name}-unit": [unit or NO_UNIT]} if len(question.units) > 1 else {}
            return {name: [typed], **chosen}
        case _:
            is_typed = question.type in (QuestionType.NUMBER, QuestionType.TEXT)
            return {name: [""] if is_typed else [UNSURE]}


def inputs_of(web: Web, answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """The inputs of every question."""
    found: dict[str, list[str]] = {}
    for question in web.service.rules.rule_set.questions:
        found |= inputs_for(question, answers.get(question.id))
    return found


def inputs_with(web: Web, **given: str | tuple[str, ...]) -> dict[str, list[str]]:
    """The inputs of `FINE`, but for those given here; an input named `lsm_unit` stands for the unit of lsm."""
    inputs = inputs_of(web, {})
    for name, value in {**FINE, **given}.items():
        inputs[name.replace("_unit", "-unit")] = [value] if isinstance(value, str) else list(value)
    return inputs


def begin(web: Web, who: str = "me") -> Element:
    """From the start page to the first question."""

    def go() -> list[str]:
        web.get("/")
        web.follow("Start")
        web.submit({"who": who})
        return []

    along(web, who, go)
    return web.page


def page_id(web: Web) -> str:
    """The id of the page of questions that is shown; empty on other pages."""
    return page_id_of(web.path)


def page_id_of(path: str) -> str:
    """The id of the page of questions at a path; empty for other pages."""
    steps = path.split("/")
    return steps[2] if steps[1] == "questions" and len(steps) == 3 else ""


def answer_page(web: Web, inputs: Mapping[str, list[str]]) -> Element:
    """Answer the page that is shown, whatever page it is."""
    form = web.page.one("form")
    if not page_id(web):  # numbers read back, or an interrupt
        ticks = [element["value"] for element in form.all("input", type="checkbox")]
        return web.submit({"checked": ticks} if ticks else {})
    names = {element["name"] for element in form.all("input", "select", "textarea")}
    own = {name: value for name, value in inputs.items() if name in names}
    numbers = [element["name"] for element in form.all("input", type="text")]
    if form.all("button", name="skip") and not any(own[name][0] for name in numbers):
        return web.submit(button="skip")
    if any(not own[name][0] for name in numbers if f"{name}-unit" in own):  # an empty number has no unit
        own = {name: value for name, value in own.items() if not name.endswith("-unit") or own[name[:-5]][0]}
    return web.submit(own)


def answer_until(web: Web, inputs: Mapping[str, list[str]], stop: str = "/check") -> list[str]:
    """Answer page after page until one has this path; the paths shown on the way, the last one among them."""

    def go() -> list[str]:
        shown = [web.path]
        while web.path != stop:
            assert len(shown) < 60, f"{stop} is never reached: {shown}"
            answer_page(web, inputs)
            shown.append(web.path)
        return shown

    return along(web, (stop, *((name, *given) for name, given in inputs.items())), go)


def complete(web: Web, **given: str | tuple[str, ...]) -> list[str]:
    """The whole way of somebody who answers for themselves, from the start page to the check page; the paths shown."""
    begin(web)
    return ["/", "/who", *answer_until(web, inputs_with(web, **given))]
