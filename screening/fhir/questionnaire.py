"""A rule set as a Questionnaire of SDC (FHIR R4): what is asked, when, in which words, and what cannot wait."""

from __future__ import annotations

from screening.fhir.items import QuestionItems, condition_extension
from screening.fhir.names import SDC, Addresses, Resource, camel_case, page_link
from screening.fhir.safety_items import InterruptItems, opening_items
from screening.fhir.texts import Texts
from screening.fhir.variables import Variables, interrupts_of
from screening.rulefiles.review.state import UNREVIEWED, ReviewState
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.questions import Page
from screening.ruleset.model.rule_set import RuleSet


def questionnaire(engine: Engine, texts: Texts, base: str, review: ReviewState = UNREVIEWED) -> Resource:
    """The Questionnaire of a rule set with its review state; pages of the parts that are off in the engine are left
    out.

    `base` is the address of who publishes it. Raises `NotExactError` where what is asked, or urgent, hangs on numbers
    that a reader of FHIRPath rounds.
    """
    rule_set = texts.rule_set
    addresses = Addresses(base, rule_set)
    variables, grounds = Variables(engine), list(interrupts_of(engine))
    variables.check_exactness(grounds)
    written: Resource = {
        "resourceType": "Questionnaire",
        "id": addresses.questionnaire_id,
        "meta": {"profile": [f"{SDC}/sdc-questionnaire"]},
        "language": rule_set.language,
        "extension": variables.written(grounds),
        "url": addresses.questionnaire,
        "version": rule_set.version,
        "name": _capital(camel_case(rule_set.id)),
    }
    texts.put(written, "title", lambda rules, _: rules.title)
    written |= {
        "status": "active" if review.signed else "draft",
        "experimental": not review.signed,
        "subjectType": ["Patient"],
    }
    texts.put(written, "description", lambda rules, _: rules.about)
    pages = [page for page in rule_set.pages if page.part not in engine.parts_off]
    items = QuestionItems(texts, addresses)
    interrupts = InterruptItems(texts, variables, grounds, pages)
    groups = [_group(page, texts, items, variables, interrupts) for page in pages]
    written["item"] = [*opening_items(texts, review), *groups]
    return written


def _group(
    page: Page, texts: Texts, items: QuestionItems, variables: Variables, interrupts: InterruptItems
) -> Resource:
    def title(rules: RuleSet, _: object) -> str:
        return rules.page[page.id].title

    group: Resource = {"linkId": page_link(page), "type": "group"}
    texts.put(group, "text", title)
    questions = [
        items.item(question, variables.asked(question) if question.ask_if else "") for question in page.questions
    ]
    urgent = list(interrupts.on(page))
    if not urgent and all(question.ask_if for question in page.questions):
        # Where nothing is asked a title would stand alone. With something urgent below it, it is never hidden.
        group["extension"] = [condition_extension(f"({' or '.join(map(variables.asked, page.questions))})")]
    group["item"] = [*questions, *urgent]
    return group


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
