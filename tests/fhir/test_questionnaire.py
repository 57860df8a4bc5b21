"""The Questionnaire: whole, valid, in every language, with all that cannot wait and nothing that only we decide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from screening.fhir.checks import questionnaire_mistakes
from screening.fhir.exactness import Exactness
from screening.fhir.names import Resource, VariableNames, interrupt_link, open_interrupt_link
from screening.fhir.questionnaire import questionnaire
from screening.fhir.texts import Texts, texts_of
from screening.fhir.variables import NotExactError
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.review.state import UNREVIEWED
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.parsing import parse
from screening.ruleset.model.rule_set import RuleSet
from tests.agreement.foreign_forms import BASE
from tests.agreement.test_agreement import FILES, interrupting
from tests.fhir.validation import r4_mistakes, r4b_takes
from tests.rulefiles.edited import SMALL
from tests.support.rules.small_rules import built, choice, ground, number, rule, rule_file, value


def written(rules: LoadedRules) -> Resource:
    translations = {tag: translation.rules for tag, translation in load_translations(rules).items()}
    text = outcome_json(questionnaire(rules.engine, texts_of(rules, translations, UNREVIEWED), BASE, UNREVIEWED))
    form: Resource = json.loads(text, parse_float=Decimal)
    return form


def of(rule_set: RuleSet) -> Resource:
    return questionnaire(Engine(rule_set), Texts(rule_set), BASE)


def items(form: Resource) -> Iterator[Resource]:
    for item in form.get("item", []):
        yield item
        yield from items(item)


@pytest.fixture(scope="module")
def liver_form(liver: LoadedRules) -> Resource:
    return written(liver)


def test_the_schema_of_r4_and_our_own_checks_find_nothing(liver_form: Resource) -> None:
    assert r4_mistakes(liver_form) == []
    assert questionnaire_mistakes(liver_form) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_file_is_written_and_judged_valid(path: Path) -> None:
    form = written(load_rule_file(path))
    assert (r4_mistakes(form), questionnaire_mistakes(form), r4b_takes(form)) == ([], [], True)


def test_every_interrupt_is_an_item_with_its_condition_and_says_whom_to_call(
    liver: LoadedRules, liver_form: Resource
) -> None:
    shown = {item["linkId"]: item for item in items(liver_form)}
    interrupts = [reason for reason in liver.rule_set.grounds if reason.interrupt]
    assert len(interrupts) > 3
    for reason in interrupts:
        item = shown[interrupt_link(reason)]
        assert item["type"] == "display"
        assert item["extension"][0]["url"].endswith("enableWhenExpression")
        if reason.speed:
            assert all(phone.number in item["text"] for phone in liver.rule_set.emergency.numbers)
        if reason.open:
            assert open_interrupt_link(reason) in shown


def test_what_this_is_not_and_the_review_stand_before_the_questions(liver: LoadedRules, liver_form: Resource) -> None:
    before = [item["text"] for item in liver_form["item"] if item["type"] == "display"]
    assert liver.rule_set.disclaimer in before
    assert any("No clinician has reviewed" in text for text in before)
    assert liver_form["status"] == "draft"


def test_no_category_is_in_it(liver: LoadedRules, liver_form: Resource) -> None:
    written_texts = set(re.findall(r'"((?:[^"\\]|\\.)*)"', outcome_json(liver_form)))
    known = {code for question in liver.rule_set.questions for code in question.option} | set(liver.rule_set.value)
    names = {category.id for category in liver.rule_set.categories} - known
    assert len(names) > 3
    assert not written_texts & (names | {category.name for category in liver.rule_set.categories})


def test_every_question_is_there_in_every_language(liver: LoadedRules, liver_form: Resource) -> None:
    translations = load_translations(liver)
    assert len(translations) > 1
    shown = {item["linkId"]: item for item in items(liver_form)}
    for question in liver.rule_set.questions:
        told = {tag: translation.rules.rule_set.question[question.id].text for tag, translation in translations.items()}
        extensions = [extension["extension"] for extension in shown[question.id].get("_text", {}).get("extension", [])]
        found = {lang["valueCode"]: content["valueString"] for lang, content in extensions}
        assert found == {tag: text for tag, text in told.items() if text != question.text}


def test_a_part_that_is_off_is_left_out_and_what_is_urgent_stays() -> None:
    rules = load_rule_file(SMALL)
    engine = Engine(interrupting(rules.rule_set), frozenset({"measures"}))
    form = questionnaire(engine, Texts(engine.rule_set), BASE)
    links = [item["linkId"] for item in items(form)]
    assert "weight" not in links
    assert {interrupt_link(reason) for reason in rules.rule_set.grounds} <= set(links)


def test_a_page_of_which_nothing_is_asked_has_no_title_alone(liver_form: Resource) -> None:
    hidden = {group["linkId"]: group["extension"][0] for group in liver_form["item"] if "extension" in group}
    assert hidden["page-other_comp"]["valueExpression"]["expression"] == "(%askedOtherComp)"
    assert not any(
        "interrupt" in json.dumps(g["item"], default=str) for g in liver_form["item"] if g["linkId"] in hidden
    )


@pytest.mark.parametrize(
    ("condition", "reads"),
    [
        ("definitely(a / b > 1)", ["a / b"]),
        ("definitely(sqrt(a) > 1)", ["sqrt(a)"]),
        ("definitely(power(a, 0.5) > 1)", ["power(a, 0.5)"]),
        ("definitely(a > 0.12345678901234567890)", ["0.12345678901234567890"]),
        ("definitely(third > 1)", ["a / 3"]),
        ("definitely(a * b * 1.5 > 1)", []),
        ("definitely(round(a * 1.25, 1) > 1)", []),
        ("definitely(power(a, 2) > 1)", []),
    ],
)
def test_what_is_urgent_never_hangs_on_a_number_that_is_rounded(condition: str, reads: list[str]) -> None:
    questions = [number("a"), number("b"), choice("c", "yes", "no", strict=True)]
    rules = built(rule_file(questions, [rule("found", ground("urgent", condition))], values=[value("third", "a / 3")]))
    try:
        found: dict[str, list[str]] = {}
        of(interrupting(rules))
    except NotExactError as error:
        found = error.places
    assert found == ({"interrupt urgent": reads} if reads else {})


def test_a_value_that_is_rounded_says_so(liver_form: Resource) -> None:
    values = [extension["valueExpression"] for extension in liver_form["extension"]]
    marked = {text["name"] for text in values if "Rounded" in text.get("description", "")}
    assert {"valueFib4", "valueHeldBack"} <= marked
    assert "valueCirrhosis" not in marked


def test_an_exact_number_is_told_from_a_rounded_one_by_its_digits(liver: LoadedRules) -> None:
    exactness = Exactness(liver.engine.names)
    assert exactness.decimals(parse("bilirubin")) == 6
    assert exactness.decimals(parse("age * ast / platelets")) is None


def test_no_two_variables_have_one_name_and_none_has_an_underscore() -> None:
    names = VariableNames(["a_1", "a1", "a_n1", "a__1", "b"])
    written_names = [names.value(name) for name in ("a_1", "a1", "a_n1", "a__1", "b")]
    assert len(set(written_names)) == 5
    assert all(name.isalnum() for name in written_names)


def test_our_checks_find_what_schemas_do_not(liver_form: Resource) -> None:
    group = {**liver_form["item"][-1]}
    twice = {**liver_form, "item": [*liver_form["item"], group]}
    assert any("2 times" in mistake for mistake in questionnaire_mistakes(twice))
    assert r4_mistakes(twice) == []
    dangling = {**liver_form, "extension": liver_form["extension"][1:]}
    assert any("there is no %" in mistake for mistake in questionnaire_mistakes(dangling))
