"""Questions as items: their type, options, units, codes, what helps with them, and the condition on which they are
asked.
"""

from __future__ import annotations

from screening.fhir.codes import codings
from screening.fhir.exactness import decimals_taken
from screening.fhir.names import (
    ABSENT_REASONS,
    ASKED_UNKNOWN,
    SDC,
    STRUCTURES,
    UCUM,
    Addresses,
    Resource,
    help_link,
)
from screening.fhir.texts import Texts
from screening.ruleset.model.questions import Option, Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.answers import not_sure
from screening.wording.language.languages import Language

TYPES = {
    QuestionType.CHOICE: "choice",
    QuestionType.SEVERAL: "choice",
    QuestionType.NUMBER: "quantity",
    QuestionType.TEXT: "text",
    QuestionType.DATE: "date",
}
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"


def condition_extension(expression: str) -> Resource:
    """The condition on which an item is shown."""
    value = {"language": "text/fhirpath", "expression": expression}
    return {"url": f"{SDC}/sdc-questionnaire-enableWhenExpression", "valueExpression": value}


def display(link: str, *extensions: Resource) -> Resource:
    """An item that is only read; its text is still to be put."""
    item: Resource = {"linkId": link, "type": "display"}
    if extensions:
        item["extension"] = list(extensions)
    return item


class QuestionItems:
    """Writes the items of one rule set's questions."""

    def __init__(self, texts: Texts, addresses: Addresses) -> None:
        self._texts = texts
        self._addresses = addresses

    def item(self, question: Question, asked: str) -> Resource:
        """A question; `asked`: the condition on which it is asked, empty where it always is."""
        item: Resource = {"linkId": question.id}
        self._texts.put(item, "text", lambda rules, _: rules.question[question.id].text)
        if codes := codings(question.codes):
            item["code"] = codes
        extensions = [*_type_extensions(question), *self._units(question)]
        if asked:
            extensions.append(condition_extension(asked))
        if extensions:
            item["extension"] = extensions
        item["type"] = TYPES[question.type]
        item["required"] = question.required
        item["repeats"] = question.type is QuestionType.SEVERAL
        if question.most:
            item["maxLength"] = question.most
        if question.options:
            item["answerOption"] = self._options(question)
        helping = display(help_link(question), _control("help"))
        self._texts.put(helping, "text", lambda rules, language: _help(rules.question[question.id], language))
        if "text" in helping:
            item["item"] = [helping]
        return item

    def _options(self, question: Question) -> list[Resource]:
        options = [self._option(question, option) for option in question.options]
        if not question.required:
            unsure: Resource = {"system": ABSENT_REASONS, "code": ASKED_UNKNOWN}
            self._texts.put(unsure, "display", lambda rules, language: not_sure(rules.question[question.id], language))
            options.append({"valueCoding": unsure})
        return options

    def _option(self, question: Question, option: Option) -> Resource:
        coding: Resource = {"system": self._addresses.options, "code": option.code}
        self._texts.put(coding, "display", lambda rules, _: rules.question[question.id].option[option.code].text)
        written: Resource = {"valueCoding": coding}
        if option.exclusive:
            written["extension"] = [{"url": f"{STRUCTURES}/questionnaire-optionExclusive", "valueBoolean": True}]
        return written

    def _units(self, question: Question) -> list[Resource]:
        units = enumerate(question.units)
        return [self._unit(question, at, unit) for at, unit in units if one_number_unit(question, unit) is unit]

    def _unit(self, question: Question, place: int, unit: Unit) -> Resource:
        coding: Resource = {"system": UCUM, "code": unit.code}

        def label(rules: RuleSet, _: Language) -> str:
            unit_there = rules.question[question.id].units[place]
            return unit_there.counted or unit_there.code

        self._texts.put(coding, "display", label)
        return {"url": f"{STRUCTURES}/questionnaire-unitOption", "valueCoding": coding}


def _type_extensions(question: Question) -> list[Resource]:
    match question.type:
        case QuestionType.NUMBER:
            return [
                {"url": f"{STRUCTURES}/maxDecimalPlaces", "valueInteger": decimals_taken(question)},
                *_bounds(question),
            ]
        case QuestionType.CHOICE:
            return [_control("radio-button")]
        case QuestionType.SEVERAL:
            return [_control("check-box")]
        case QuestionType.TEXT | QuestionType.DATE:
            return []


def _bounds(question: Question) -> list[Resource]:
    """The range of a number that has one unit; of several units import says which is out of range."""
    if len(question.units) > 1:
        return []
    unit = question.stored_unit
    return [
        {"url": f"{SDC}/sdc-questionnaire-{name}Quantity", "valueQuantity": quantity_of(bound, unit)}
        for name, bound in (("min", unit.minimum), ("max", unit.maximum))
    ]


def one_number_unit(question: Question, unit: Unit) -> Unit:
    """The unit in which a foreign form has a number: it has one field for it, so that of two units that are alike but
    for the parts in which people say one, the other is meant.
    """
    alike = (other for other in question.units if other.parts is None and other.factor == unit.factor)
    return next(alike, unit) if unit.parts else unit


def quantity_of(number: object, unit: Unit, comparator: str = "") -> Resource:
    """A number in a unit, or with a comparator a bound."""
    bound = {"comparator": comparator} if comparator else {}
    return {"value": number, **bound, "unit": unit.counted or unit.code, "system": UCUM, "code": unit.code}


def _control(code: str) -> Resource:
    coding = {"system": CONTROLS, "code": code}
    return {"url": f"{STRUCTURES}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}


def _help(question: Question, language: Language) -> str:
    """What helps with a question, and with its options and units: a foreign form has no other place for these."""
    lines = [question.help, question.unit_question]
    lines += [language.with_label(unit.label, unit.printed_range) for unit in question.units if unit.printed_range]
    lines += [language.with_label(option.text, option.help) for option in question.options if option.help]
    return "\n".join(filter(None, lines))
