"""What must be read wherever the questions are asked: whom to call, what this is not, the review, interrupts.

A foreign form stops nobody. So every ground that our pages show at once is an item with its condition, on the page on
which it is decided; and one that answers leave open is another, as on our pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from screening.fhir.items import condition_extension, display
from screening.fhir.names import Resource, interrupt_link, open_interrupt_link
from screening.fhir.texts import Texts
from screening.fhir.variables import Variables
from screening.rulefiles.review.state import ReviewState
from screening.ruleset.model.questions import Page
from screening.ruleset.model.rule_set import Ground, RuleSet
from screening.wording.document.answers import places_in, with_answers
from screening.wording.document.emergency import open_emergency, phone_numbers
from screening.wording.document.review_state import review_sentences
from screening.wording.language.languages import Language

SayOfGround = Callable[[RuleSet, Ground, Language], str]


def opening_items(texts: Texts, review: ReviewState) -> list[Resource]:
    """What stands before the questions."""
    texts_by_link: dict[str, Callable[[RuleSet, Language], str]] = {
        "about-emergency": _emergency,
        "about-not-advice": lambda rules, _: rules.disclaimer,
        "about-limit": lambda rules, _: rules.limit,
        "about-review": lambda _, language: _review(texts, review, language),
    }
    if not review.signed:
        texts_by_link["about-test"] = lambda _, language: language.gettext("Test version, not health advice")
    items = []
    for link, say in texts_by_link.items():
        item = display(link)
        texts.put(item, "text", say)
        if "text" in item:
            items.append(item)
    return items


class InterruptItems:
    """Writes the items of the grounds that do not wait for a result."""

    def __init__(self, texts: Texts, variables: Variables, grounds: Sequence[Ground], pages: Sequence[Page]) -> None:
        """`pages`: those of the Questionnaire, in their order."""
        self._texts = texts
        self._variables = variables
        self._grounds = {
            page.id: [ground for ground in grounds if self._deciding(ground, pages) is page] for page in pages
        }

    def on(self, page: Page) -> Iterator[Resource]:
        """The items of the grounds that are decided on a page."""
        for ground in self._grounds[page.id]:
            yield self._item(interrupt_link(ground), self._variables.holds(ground), ground, _interrupt)
            if ground.speed and self._variables.symbols.may_be_left_open(ground.when.tree):
                is_open = self._variables.is_left_open(ground)
                yield self._item(open_interrupt_link(ground), is_open, ground, _open_interrupt)

    def _item(self, link: str, condition: str, ground: Ground, say: SayOfGround) -> Resource:
        item = display(link, condition_extension(condition))
        self._texts.put(item, "text", lambda rules, language: say(rules, rules.ground[ground.id], language))
        return item

    def _deciding(self, ground: Ground, pages: Sequence[Page]) -> Page:
        """The last page that asks something on which a ground depends; the first one where none does."""
        read = self._variables.symbols.questions_in(ground.when.tree)
        return [pages[0], *(page for page in pages if any(question.id in read for question in page.questions))][-1]


def _review(texts: Texts, review: ReviewState, language: Language) -> str:
    return language.sentences((*review_sentences(review, language), texts.notices.get(language.tag, "")))


def _emergency(rules: RuleSet, language: Language) -> str:
    return language.sentences((rules.emergency.signs, rules.emergency.instead, _phones(rules, language)))


def _interrupt(rules: RuleSet, ground: Ground, language: Language) -> str:
    because = _with_labels(ground.because, rules, language)
    speed = next((candidate for candidate in rules.emergency.speeds if candidate.id == ground.speed), None)
    if speed is None:
        return because
    return language.sentences((language.sentence(speed.title), because, *speed.steps, _phones(rules, language)))


def _open_interrupt(rules: RuleSet, ground: Ground, language: Language) -> str:
    open_point = _with_labels(ground.open, rules, language)
    told = open_emergency(rules, [open_point], language)
    return language.sentences((language.sentence(told.title), told.what, *told.steps.items, _phones(rules, language)))


def _phones(rules: RuleSet, language: Language) -> str:
    phones = phone_numbers(rules)
    told = [
        text
        for phone in phones.numbers
        for text in (language.sentence(language.with_label(phone.country, phone.number)), phone.note)
    ]
    return language.sentences((*told, phones.elsewhere))


def _with_labels(text: str, rules: RuleSet, language: Language) -> str:
    """A text that repeats answers, with what they are about in their places: a display item cannot repeat one."""
    known = {question.id: question.label for question in rules.questions} | {
        value.id: value.label for value in rules.values
    }
    labels = {name: known[name] or name for name in places_in(text)}
    return with_answers(text, rules, {}, language, labels)
