"""What is said on the telephone, in its order: who it is, then warning signs, then a doctor, then what is not sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.ruleset.compiler.classes.option_classes import option_tests
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.rule_set import RuleSet, Tone
from screening.ruleset.model.texts import Label
from screening.wording.desk.first_look import UnsureItem, unsure_items, unwritten_items
from screening.wording.desk.spoken import hang_up_sentence
from screening.wording.document.blocks import Items, PhoneNumbers
from screening.wording.document.emergency import phone_numbers
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext


@dataclass(frozen=True, slots=True)
class WarningSigns:
    """A question about signs that need help at once, in the person's own words."""

    id: str
    text: str
    help: str
    signs: Mapping[str, str]
    """By the codes of the options."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """What is said where there is a warning sign."""

    say: str
    steps: Items
    phones: PhoneNumbers


@dataclass(frozen=True, slots=True)
class CallScript:
    """A call from its first word; nothing of `who` tells about health."""

    who: tuple[str, ...]
    signs: tuple[WarningSigns, ...]
    hang_up: HangUp
    doctor: str
    """Empty where the rule file is silent."""
    unsure: tuple[UnsureItem, ...]
    unwritten: tuple[UnsureItem, ...]
    """What they may say in their own words, and wrote nothing of."""
    never_say: tuple[Label, ...]


def call_script(context: SummaryContext, clinic: str, signs: tuple[WarningSigns, ...]) -> CallScript:
    """The script for calling about an outcome; `signs` are the `warning_signs` of its rule set."""
    rule_set = context.rule_set
    return CallScript(
        who=who_is_it(clinic, context.language),
        signs=signs,
        hang_up=hang_up(rule_set, context.language),
        doctor=rule_set.staff.doctor if rule_set.staff else "",
        unsure=unsure_items(context),
        unwritten=unwritten_items(context),
        never_say=rule_set.staff.never_say if rule_set.staff else (),
    )


def who_is_it(clinic: str, language: Language) -> tuple[str, ...]:
    """How a call begins: not even the subject is named before it is the right person. The two words follow."""
    say = language.gettext
    return (
        say("Hello, this is %(clinic)s. You asked us to call you. Who am I speaking to?", clinic=clinic),
        say("Can you talk now, where nobody else hears us?"),
    )


def warning_signs(rule_set: RuleSet) -> tuple[WarningSigns, ...]:
    """The questions of which one answer alone calls for help, each with those answers."""
    urgent = {category.id for category in rule_set.categories if category.tone is Tone.URGENT}
    names = SymbolTable.of(rule_set)
    conditions = [ground.when.tree for rule in rule_set.rules if rule.category in urgent for ground in rule.grounds]
    questions = []
    for question in rule_set.questions:
        alone = [condition for condition in conditions if names.questions_in(condition) == {question.id}]
        codes = frozenset().union(*option_tests(question, alone)[0]) if alone else frozenset()
        if codes:
            signs = {option.code: option.text for option in question.options if option.code in codes}
            questions.append(WarningSigns(question.id, question.text, question.help, signs))
    return tuple(questions)


def hang_up(rule_set: RuleSet, language: Language) -> HangUp:
    """What is said in an emergency, at the fastest speed of the rule file."""
    fastest = rule_set.emergency.fastest
    return HangUp(hang_up_sentence(rule_set, language), Items(fastest.steps, ordered=True), phone_numbers(rule_set))
