"""Random small rule files with random guarantees of every kind, drawn from a seed, with few answer sets each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from screening.ruleset.language.rendering import render
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.analysis.proof.small_texts import TOPIC, TextDrawing
from tests.support.rules import small_rules as small
from tests.support.rules.all_answers import named_texts
from tests.support.rules.random_expressions import GROUND, Author, Dice, Kind, Manner, Word, note_manner
from tests.support.rules.random_rules import CATEGORIES, PART, Drawing
from tests.support.rules.small_rules import Members

MOST_QUESTIONS = 4
GUARANTEES = 10
"""How many guarantees a file has."""


@dataclass(frozen=True)
class Chance(Dice):
    """Dice that fall as a seed says."""

    draw: Any = None
    random: Random | None = None

    def below(self, count: int) -> int:
        """A number from zero up."""
        assert self.random is not None
        return self.random.randrange(count)


class SmallDrawing(Drawing):
    """Draws questions of every type with few answers each; `of_numbers`: of most types numbers, some below zero."""

    of_numbers = False

    def types(self) -> list[QuestionType]:
        """Those of every file, or mostly numbers."""
        return [QuestionType.NUMBER] * 3 + [QuestionType.CHOICE] if self.of_numbers else super().types()

    def number(self, name: str, members: Members, conditional: bool) -> Members:
        """A number of one or two units, of which some only ever are whole."""
        required = not conditional and self.dice.chance(25)
        strict = not required and self.may_be_strict(conditional)
        self.words.append(Word(name, Kind.NUMBER, strict=strict, lenient=not (required or strict)))
        units = self.dice.one(
            [
                [small.unit(maximum=3)],
                [small.unit(minimum=1, maximum=4, whole=True)],
                [small.unit(maximum=1, decimals=1, minimum="0.7")],
                [small.unit(maximum=2), small.unit("2", maximum=3, factor="0.5")],
                *([[small.unit(minimum=-2, maximum=1)]] if self.of_numbers else []),
            ]
        )
        if strict and self.arithmetic:  # what such a number may be is then all tried
            most = self.dice.one([4, 4, 40])  # few are written out, of more "some number" is an atom
            units = [small.unit(minimum=1, maximum=most, whole=True)]
        if required and self.arithmetic:  # the same, where it is a bound
            units = [small.unit(minimum=1, maximum=4, whole=True)]
        return small.number(name, *units, required=required, strict=strict, **members)

    def several(self, name: str, members: Members, conditional: bool) -> Members:
        """Two options, with or without one that excludes them."""
        strict = self.dice.chance(50)
        none: list[Members] = [{"code": "none", "exclusive": True}] if self.dice.chance(60) else []
        if conditional and (strict or self.dice.chance(50)):
            members["if_not_asked"] = self.dice.one(["a", "b", *(option["code"] for option in none)])
        self.words.append(Word(name, Kind.SEVERAL, ("a", "b"), strict=strict, lenient=not strict))
        return small.several(name, "a", "b", *none, strict=strict, **members)


def random_file(seed: int, *, of_numbers: bool = False) -> Members:
    """A rule file that has no mistake, with guarantees; `of_numbers`: see `SmallDrawing`."""
    dice = Chance(random=Random(seed))
    drawing = SmallDrawing(dice, arithmetic=dice.chance(50), item_options=2)
    drawing.of_numbers = of_numbers
    has_scale = dice.chance(40) and not of_numbers
    for number in range(1 if has_scale else 2 + dice.below(MOST_QUESTIONS - 1)):
        drawing.question(f"q{number}")
    if has_scale:
        drawing.scale(most_items=2)
    rules = [drawing.rule(category) for category in CATEGORIES[: 1 + dice.below(3)]]
    categories = [*(rule["category"] for rule in rules), "other"]
    grounds = [ground["id"] for rule in rules for ground in rule["grounds"]]
    data = small.rule_file(
        drawing.pages,
        rules,
        values=drawing.values,
        notes=drawing.notes(note_manner(categories, grounds)),
        overriding=dice.some(categories) if dice.chance(50) else (),
        parts=[{"id": PART, "text": "More."}],
    )
    for category in data["categories"]:
        if dice.chance(85):
            category["severity"] = dice.below(3)
    manner = note_manner(categories, grounds)
    TextDrawing(dice, lambda: drawing.written(manner)).fill(data)
    words = [word for word in drawing.words if word.kind is not Kind.CONDITION or not word.opens]
    rule_set = small.built(data)
    names = [name for name, _, _ in named_texts(rule_set)]
    asking = Asking(dice, rule_set, words, names, lambda: drawing.written(manner))
    data["guarantees"] = list(_guarantees(asking))
    data["topics"] = [{"id": TOPIC, "text": "Something.", "phrases": ["nothing that is said"]}]
    return data


@dataclass(frozen=True)
class Asking:
    """What guarantees are drawn from."""

    dice: Dice
    rule_set: RuleSet
    words: list[Word]
    texts: list[str]
    """Names of texts."""
    as_given: Callable[[], str]
    """Draws a condition as notes and texts have it."""

    def categories(self) -> list[str]:
        """Some categories."""
        return list(self.dice.some(list(self.rule_set.category)))

    def questions(self, *types: QuestionType) -> list[str]:
        """The questions of some types."""
        return [question.id for question in self.rule_set.questions if question.type in types]

    def condition(self) -> str:
        """A condition that a guarantee may have."""
        return render(Author(self.dice, self.words, self.may_work_with_numbers).condition(CONDITION, 2))

    @property
    def may_work_with_numbers(self) -> bool:
        """Whether all that a strict number may be is tried, and no comparison can read two of them."""
        strict = [
            question for question in self.rule_set.questions if question.strict and question.type is QuestionType.NUMBER
        ]
        return len(strict) < 2 and all(unit.whole for question in strict for unit in question.units)

    def conditions(self) -> Members:
        """Perhaps a condition, and perhaps an exception."""
        found: Members = {}
        if self.dice.chance(40):
            found["when"] = self.condition()
        if self.dice.chance(15):
            found["except_when"] = self.condition()
        return found


CONDITION: Manner = GROUND


def _guarantees(asking: Asking) -> Iterator[Members]:
    """Guarantees of kinds drawn at random, as far as the file has what they are about."""
    number = 0
    while number < GUARANTEES:
        kind = asking.dice.one(list(MAKERS))
        members = MAKERS[kind](asking)
        if members is not None:
            yield {"id": f"g{number}", "kind": kind, "text": f"Guarantee {number}.", **members}
            number += 1


def _implies(asking: Asking) -> Members:
    return {"then": asking.categories(), **asking.conditions()}


def _never_with(asking: Asking) -> Members:
    unsure = {"unsure": list(asking.dice.some(list(asking.rule_set.question)))} if asking.dice.chance(50) else {}
    return {"never": asking.categories(), **unsure, **asking.conditions()}


def _keeps_possible(asking: Asking) -> Members:
    unsure = list(asking.dice.some(list(asking.rule_set.question)))
    return {"unsure": unsure, "categories": asking.categories(), **asking.conditions()}


def _reachable(asking: Asking) -> Members:
    return {"categories": asking.categories(), **asking.conditions()}


def _raised(asking: Asking) -> Members | None:
    if not (numbers := asking.questions(QuestionType.NUMBER)):
        return None
    direction = asking.dice.one(["up", "down"])
    return {"question": asking.dice.one(numbers), "direction": direction, **asking.conditions()}


def _changed(asking: Asking) -> Members | None:
    chosen = asking.questions(QuestionType.CHOICE, QuestionType.SEVERAL)
    if not chosen:
        return None
    question = asking.rule_set.question[asking.dice.one(chosen)]
    codes = list(question.option)
    members: Members = {"question": question.id, **asking.conditions()}
    if question.type is QuestionType.SEVERAL:
        return {**members, "to": list(asking.dice.some(codes))}
    if asking.dice.chance(50):
        return {**members, "order": list(asking.dice.some(codes, 2))}
    return {**members, "from": list(asking.dice.some(codes)), "to": list(asking.dice.some(codes))}


def _forgotten(asking: Asking) -> Members:
    return {"question": asking.dice.one(list(asking.rule_set.question)), **asking.conditions()}


def _can_be_milder(asking: Asking) -> Members | None:
    match asking.dice.one(["raised", "changed", "forgotten"]):
        case "raised":
            return _raised(asking)
        case "changed":
            return _changed(asking)
        case _:
            return {**_forgotten(asking), "forgotten": True}


def _unaffected(asking: Asking) -> Members:
    chosen = asking.questions(QuestionType.CHOICE, QuestionType.SEVERAL)
    if chosen and asking.dice.chance(50):
        name = asking.dice.one(chosen)
        codes = list(asking.rule_set.question[name].option)
        return {"options": {name: list(asking.dice.some(codes))}, **asking.conditions()}
    return {"questions": list(asking.dice.some(list(asking.rule_set.question))), **asking.conditions()}


def _never_decides(asking: Asking) -> Members | None:
    if not asking.rule_set.values:
        return None
    return {"value": asking.dice.one(list(asking.rule_set.value)), "categories": asking.categories()}


def _interrupt_kept(_: Asking) -> Members:
    return {}


def _never_shown(asking: Asking) -> Members:
    named = {"texts": [asking.dice.one(asking.texts)]} if asking.dice.chance(70) else {"topics": [TOPIC]}
    excepted = {"except_when": asking.as_given()} if asking.dice.chance(15) else {}
    return {"when": asking.as_given(), **named, **excepted}


def _same_as_unsure(asking: Asking) -> Members | None:
    chosen = asking.questions(QuestionType.CHOICE)
    if not chosen:
        return None
    question = asking.rule_set.question[asking.dice.one(chosen)]
    open_codes = [option.code for option in question.options if option.leaves_open]
    codes = open_codes if open_codes and asking.dice.chance(70) else list(question.option)
    return {"options": {question.id: list(asking.dice.some(codes))}, **asking.conditions()}


MAKERS: Mapping[str, Callable[[Asking], Members | None]] = {
    "implies": _implies,
    "never_with": _never_with,
    "keeps_possible": _keeps_possible,
    "reachable": _reachable,
    "never_milder_raised": _raised,
    "never_milder_changed": _changed,
    "never_milder_unknown": _forgotten,
    "can_be_milder": _can_be_milder,
    "unaffected_by": _unaffected,
    "never_decides": _never_decides,
    "interrupt_kept": _interrupt_kept,
    "never_shown": _never_shown,
    "same_as_unsure": _same_as_unsure,
}
"""How the members of each kind of guarantee are drawn; None where the file has nothing that it could be about."""
