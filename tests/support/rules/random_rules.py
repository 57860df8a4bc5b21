"""Random small rule files of every kind of question, and random answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from screening.ruleset.language.rendering import render
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules import small_rules as small
from tests.support.rules.brute_force import Answers, subsets
from tests.support.rules.interpreter import Given
from tests.support.rules.random_expressions import (
    ASK_IF,
    GROUND,
    LENIENT,
    VALUE,
    Author,
    Dice,
    Kind,
    Manner,
    Word,
    note_manner,
)
from tests.support.rules.small_rules import Members

LETTERS = ("a", "b", "c", "d")
CATEGORIES = ("first", "second", "third")
PART = "extra"
"""A part of the service that questions may belong to."""


@dataclass
class Drawing:
    """A rule file while it is drawn."""

    dice: Dice
    arithmetic: bool = True
    always_asked: bool = False
    pages: list[Members] = field(default_factory=list)
    values: list[Members] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    """Values that add up the items of a scale."""
    item_options: int = 3
    """How many options an item has at most."""
    has_strict_number: bool = False

    def written(self, manner: Manner, depth: int = 2) -> str:
        """A condition on what was asked so far."""
        return render(Author(self.dice, self.words, self.arithmetic).condition(manner, depth))

    # --- questions ---

    def types(self) -> list[QuestionType]:
        """The types of which a question is drawn."""
        return [kind for kind in QuestionType if kind is not QuestionType.DATE]

    def question(self, name: str) -> None:
        """One more question, and perhaps a value on those so far."""
        members: Members = {}
        if self.words and not self.always_asked and self.dice.chance(35):
            members["ask_if"] = self.written(ASK_IF)
        part = {"part": PART} if not self.always_asked and self.dice.chance(10) else {}
        conditional = bool(members or part)
        kind = self.dice.one(self.types())
        match kind:
            case QuestionType.CHOICE:
                asked = self.choice(name, members, conditional)
            case QuestionType.SEVERAL:
                asked = self.several(name, members, conditional)
            case QuestionType.NUMBER:
                asked = self.number(name, members, conditional)
            case QuestionType.TEXT:
                self.words.append(Word(name, Kind.TEXT, lenient=True))
                asked = small.text(name, **members)
            case QuestionType.DATE:
                raise AssertionError(kind)  # of these there are files of their own: ruleset/engine/test_dates.py
        self.pages.append(small.page(asked, **part))
        if self.dice.chance(50):
            self.value(f"v{len(self.values)}")

    def choice(self, name: str, members: Members, conditional: bool) -> Members:
        codes = list(LETTERS[: 2 + self.dice.below(3)])
        strict = self.dice.chance(60)
        scored = self.dice.chance(40)
        open_codes = ["maybe"] if strict and self.dice.chance(40) else []
        options: list[Members] = [{"code": code} for code in [*codes, *open_codes]]
        for option in options:
            if option["code"] == "maybe":
                option["leaves_open"] = list(self.dice.some(codes, 2))
            if scored:
                option["score"] = self.dice.below(4)
        if conditional and (strict or self.dice.chance(50)):
            members["if_not_asked"] = self.dice.one(codes)
        required = not conditional and not strict and self.dice.chance(15)
        self.words.append(
            Word(name, Kind.CHOICE, tuple(codes), tuple(open_codes), scored, strict, not strict and not required)
        )
        return small.choice(name, *options, strict=strict, required=required, **members)

    def several(self, name: str, members: Members, conditional: bool) -> Members:
        codes = list(LETTERS[: 2 + self.dice.below(2)])
        strict = self.dice.chance(50)
        none: list[Members] = [{"code": "none", "exclusive": True}] if self.dice.chance(50) else []
        if conditional and (strict or self.dice.chance(50)):
            members["if_not_asked"] = self.dice.one([*codes, *(option["code"] for option in none)])
        self.words.append(Word(name, Kind.SEVERAL, tuple(codes), strict=strict, lenient=not strict))
        return small.several(name, *codes, *none, strict=strict, **members)

    def number(self, name: str, members: Members, conditional: bool) -> Members:
        required = not conditional and self.dice.chance(25)
        strict = not required and self.may_be_strict(conditional)
        self.words.append(Word(name, Kind.NUMBER, strict=strict, lenient=not (required or strict)))
        unit = small.unit(maximum=9, whole=strict)
        return small.number(name, unit, required=required, strict=strict, **members)

    def may_be_strict(self, conditional: bool) -> bool:
        """Whether a number is strict: where rules work with numbers, one, as a comparison reads one at most."""
        strict = not conditional and self.dice.chance(40) and not (self.arithmetic and self.has_strict_number)
        self.has_strict_number = self.has_strict_number or strict
        return strict

    # --- scales ---

    def scale(self, most_items: int = 4) -> None:
        """Strict scored items that rules read through sums, and perhaps one of them by itself."""
        items = [f"item{number}" for number in range(2 + self.dice.below(most_items - 1))]
        self.pages.append(small.page(*(self.item(name) for name in items)))
        self.total("total", items)
        if self.dice.chance(50):
            self.total("part", self.dice.some(items, 2))

    def item(self, name: str) -> Members:
        """A strict scored choice; with `maybe`, which leaves some of the others open."""
        codes = list(LETTERS[: 2 + self.dice.below(self.item_options - 1)])
        scores: list[object] = self.dice.one([[0, 1, 2], [2, 1, 0], [Decimal("0.5"), Decimal("1.25"), 3], [1, 1, 2]])
        options: list[Members] = [{"code": code, "score": score} for code, score in zip(codes, scores, strict=False)]
        if len(codes) > 2 and self.dice.chance(30):
            options.append({"code": "maybe", "leaves_open": codes[1:]})
        members: Members = {}
        if self.words and not self.always_asked and self.dice.chance(20):
            members = {"ask_if": self.written(ASK_IF), "if_not_asked": self.dice.one(codes)}
        if self.dice.chance(20):
            self.words.append(Word(name, Kind.CHOICE, tuple(codes), scored=True, strict=True))
        return small.choice(name, *options, strict=True, **members)

    def total(self, name: str, items: Sequence[str]) -> None:
        """A value that adds up what items count."""
        shapes = ["score({0})", "score({0})", "score({0}) * 2", '1 if {0} == "b" else 0', "score({0}) - 1"]
        shape = self.dice.one(shapes)
        counted = [(shape if self.dice.chance(80) else shapes[0]).format(item) for item in items]
        further = ["1", "score(item0)"] if self.dice.chance(20) else []
        is_sum = self.dice.chance(60)
        addends = [*counted, *further]
        text = f"sum({', '.join(addends)})" if is_sum else " + ".join(f"({addend})" for addend in addends)
        self.values.append(small.value(name, text))
        self.words.append(Word(name, Kind.NUMBER, strict=True))
        self.totals.append(name)

    def reached(self) -> str:
        """A condition on what a scale adds up to."""
        compared = f"{self.dice.one(self.totals)} {self.dice.one(['>=', '<', '==', '!='])} {self.dice.below(8)}"
        match self.dice.below(3):
            case 0:
                return f"{compared} and ({self.written(GROUND)})"
            case 1:
                return f"{self.dice.below(4)} < {self.dice.one(self.totals)} / 2"
            case _:
                return compared

    # --- values, grounds, notes ---

    def value(self, name: str) -> None:
        """A value in one of the manners that its readers need."""
        manner = self.dice.one([LENIENT, GROUND, VALUE])
        author = Author(self.dice, self.words, self.arithmetic)
        kind = self.dice.one([Kind.CONDITION, Kind.NUMBER] if self.arithmetic else [Kind.CONDITION])
        node = author.condition(manner) if kind is Kind.CONDITION else author.number(manner, 2)
        self.values.append(small.value(name, render(node)))
        self.words.append(
            Word(name, kind, strict=manner.strict, lenient=manner.lenient, opens=manner.opens, is_value=True)
        )

    def rule(self, category: str) -> Members:
        """A rule with some grounds."""
        grounds = [
            small.ground(
                f"{category}_{number}",
                self.reached() if self.totals and self.dice.chance(60) else self.written(GROUND, 3),
                otherwise=self.dice.chance(40),
                interrupt=self.dice.chance(40),
            )
            for number in range(1 + self.dice.below(3))
        ]
        return small.rule(category, *grounds)

    def notes(self, manner: Manner) -> list[Members]:
        """Notes, which may speak of the outcome."""
        return [small.note(f"note{number}", self.written(manner, 3)) for number in range(self.dice.below(4))]


@st.composite
def rule_files(
    draw: DrawFn, *, arithmetic: bool = True, most_questions: int = 5, always_asked: bool = False
) -> Members:
    """A rule file that has no mistake; in one without `arithmetic` numbers are only compared with constants."""
    dice = Dice(draw)
    drawing = Drawing(dice, arithmetic, always_asked)
    has_scale = dice.chance(30)
    for number in range(1 + dice.below(most_questions - 2 if has_scale else most_questions)):
        drawing.question(f"q{number}")
    if has_scale:
        drawing.scale(most_questions - 1)
    rules = [drawing.rule(category) for category in CATEGORIES[: 1 + dice.below(3)]]
    categories = [*(rule["category"] for rule in rules), "other"]
    grounds = [ground["id"] for rule in rules for ground in rule["grounds"]]
    manner = note_manner(categories, grounds)
    return small.rule_file(
        drawing.pages,
        rules,
        values=dice.some(drawing.values, len(drawing.values)),
        notes=drawing.notes(manner),
        disagree_when=drawing.written(manner),
        overriding=dice.some(categories) if dice.chance(50) else (),
        parts=[{"id": PART, "text": "More."}],
    )


def answers(rule_set: RuleSet, *, settled: bool = False) -> st.SearchStrategy[Answers]:
    """Answers to some of the questions and to every required one; `settled`: complete ones to every strict one."""
    fixed: dict[str, st.SearchStrategy[Given]] = {}
    optional: dict[str, st.SearchStrategy[Given]] = {}
    for question in rule_set.questions:
        whole = question.required or (settled and question.strict)
        answer = st.sampled_from(all_answers(question, complete=whole))
        if question.strict and not whole:
            answer |= st.sampled_from(open_answers(question))
        (fixed if whole else optional)[question.id] = answer
    return st.fixed_dictionaries(fixed, optional=optional)


def all_answers(question: Question, *, complete: bool = False) -> Sequence[Given]:
    """Every answer to a question of a random rule set; `complete`: only those that leave nothing open."""
    match question.type:
        case QuestionType.NUMBER:
            found: list[Given] = [Decimal(digit) for digit in range(10)]
        case QuestionType.CHOICE:
            found = [option.code for option in question.options if not complete or not option.leaves_open]
        case QuestionType.TEXT:
            found = [WRITTEN]
        case QuestionType.SEVERAL:
            ticks = list(subsets(option.code for option in question.options if not option.exclusive))
            return [*ticks, *([] if complete else [ticked | {None} for ticked in ticks])]
    return found if complete else [*found, None]


def open_answers(question: Question) -> Sequence[Given]:
    """The answers to a question that leave something open."""
    return [answer for answer in all_answers(question) if is_open(question, answer)]


def is_open(question: Question, given: Given) -> bool:
    """Whether an answer leaves something open."""
    if isinstance(given, frozenset):
        return None in given
    return given is None or any(
        option.leaves_open or option.means_unsure for option in question.options if option.code == given
    )


def later_answers(question: Question, given: Given) -> Sequence[Given]:
    """Every answer that says more than one that leaves something open."""
    if given is None or given in question.unsure_codes:
        return [answer for answer in all_answers(question) if answer not in (None, frozenset({None}))]
    if not is_open(question, given):
        return []
    if isinstance(given, frozenset):
        return [
            answer for answer in all_answers(question) if isinstance(answer, frozenset) and given - {None} <= answer
        ]
    return question.option[str(given)].leaves_open
