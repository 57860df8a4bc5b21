"""What every part of a Document is made with: the summary's input, and texts with the answers in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import ReviewState
from screening.ruleset.engine.number_rows import NumberRow, number_rows
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.notes import Audience, Note, NoteKind
from screening.ruleset.model.open_answers import is_open
from screening.ruleset.model.outcome import Explanation, Outcome
from screening.ruleset.model.outcome_conditions import SEVERAL_TOLD
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Category, Ground, Kind, Tone
from screening.ruleset.model.texts import Block as TextBlock
from screening.ruleset.model.texts import Blocks
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.answers import answer_in_words
from screening.wording.document.blocks import Block, Items, Paragraph
from screening.wording.document.citations import Citations
from screening.wording.document.told_values import filled
from screening.wording.language.languages import Language

OPEN = "{open}"
"""Stands in a text for what is still open; at its end several points become a list."""


class TypedBy(StrEnum):
    """Who typed the answers."""

    PERSON = "person"
    HELPER = "helper"


@dataclass(frozen=True)
class OlderAnswers:
    """What is known of the dates of answers that were not given on the day of the last one."""

    earliest: date | None = None
    """The date of the oldest; None where all others are of the same day."""
    is_undated: bool = False
    """Whether some come from a saved file that this deployment did not seal."""
    claimed: date | None = None
    """The date that such a file names; nobody knows whether it is true."""


@dataclass(frozen=True)
class SummaryInput:
    """All that a Document is made from: the same input makes the same Document for ever."""

    rules: LoadedRules
    answers: Mapping[str, Answer]
    language: Language
    answered_on: date
    review: ReviewState
    typed_by: TypedBy = TypedBy.PERSON
    parts_off: frozenset[str] = frozenset()
    amended: bool = False
    """A clinic's staff wrote down some of the answers, as they were told on a call."""
    demonstration: bool = False
    """Marked as a test on every page: the rules are unsigned, or nobody stands behind this deployment."""
    older: OlderAnswers = field(default_factory=OlderAnswers)
    today: date | None = None
    """The day on which answers with dates are judged; None: that of the last answer."""

    @property
    def judged_on(self) -> date:
        """The day that counts as today: kept with the outcome, so that it can be worked out again years later."""
        return self.today or self.answered_on


class SummaryContext:
    """One outcome and the means to tell it."""

    def __init__(self, summary_input: SummaryInput) -> None:
        self.input = summary_input
        self._explainer = summary_input.rules.explainer_without(summary_input.parts_off)
        self.engine = self._explainer.engine
        self.language = summary_input.language
        self.say = summary_input.language.gettext
        self.rule_set = summary_input.rules.rule_set
        self.plain: dict[str, Plain] = plain_answers(self.rule_set, summary_input.answers, summary_input.judged_on)
        self.outcome: Outcome = self.engine.evaluate(self.plain)
        self.citations = Citations(self.rule_set)

    @cached_property
    def explanation(self) -> Explanation:
        """What would change the outcome."""
        return self._explainer.explain(self.plain, self.outcome)

    @cached_property
    def number_rows(self) -> tuple[NumberRow, ...]:
        """The numbers typed from papers, judged."""
        return number_rows(self.engine, self.input.answers, self.plain, self.outcome)

    # --- what the outcome is about ---

    @property
    def category(self) -> Category:
        """The outcome's category."""
        return self.rule_set.category[self.outcome.category]

    @property
    def is_emergency(self) -> bool:
        """Whether the category itself calls for help."""
        return self.category.tone is Tone.URGENT

    @property
    def may_be_emergency(self) -> bool:
        """Whether a category that calls for help is possible."""
        return any(self.rule_set.category[category].tone is Tone.URGENT for category in self.outcome.possible)

    @cached_property
    def described_categories(self) -> tuple[Category, ...]:
        """The categories whose sections are told, the most serious first."""
        if self.outcome.kind not in (Kind.UNLESS, Kind.SEVERAL):
            return (self.category,)
        undetermined = self.rule_set.undetermined.category
        named = [
            category
            for category in self.rule_set.categories
            if category.id in self.outcome.possible and category.id != undetermined and not category.overrides
        ]
        return tuple(sorted(named, key=lambda category: -(category.severity or 0)))

    @cached_property
    def holding(self) -> tuple[Ground, ...]:
        """The grounds that hold for the categories described, in the order of the rules."""
        described = {category.id for category in self.described_categories}
        held = self.outcome.grounds
        return tuple(self.rule_set.ground[name] for name in held if self.rule_set.category_of[name] in described)

    def open_points(self, categories: Iterable[str]) -> tuple[str, ...]:
        """What is still open about these categories, in words, each said once."""
        wanted = set(categories)
        grounds = (
            self.rule_set.ground[name]
            for rule in self.rule_set.rules
            if rule.category in wanted
            for name in self.outcome.open_grounds.get(rule.category, ())
        )
        return tuple(dict.fromkeys(self.fill(ground.open) for ground in grounds if ground.open))

    def open_words(self, categories: Iterable[str]) -> tuple[str, ...]:
        """The same; where no ground has words for it, the questions that are missing."""
        labels = (self.rule_set.question[name].label for name in self.explanation.missing)
        return self.open_points(categories) or tuple(labels)

    @property
    def unsettled_categories(self) -> frozenset[str]:
        """The possible categories whose open grounds are worth context: where one section is named, the others."""
        if self.outcome.kind is Kind.UNLESS:
            return self.outcome.possible - {category.id for category in self.described_categories}
        return self.outcome.possible

    @property
    def tells_what_is_open(self) -> bool:
        """Whether a text of the undetermined category lists what is still open."""
        if self.outcome.kind is None:
            return False
        texts = self.rule_set.undetermined.kinds[self.outcome.kind].texts
        return any(OPEN in block.text for block in self.shown_blocks(texts))

    @cached_property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that were asked and have no definite answer, in order."""
        counted, _ = self.engine.functions.effective(self.engine.state(self.plain))
        return tuple(
            question
            for question in self.rule_set.questions
            if question.type is not QuestionType.TEXT
            and question.id in self.outcome.asked
            and is_open(question, counted[question.id])
        )

    @property
    def is_hard_to_read(self) -> bool:
        """Whether a person is asked first whether to read on; never where help may be needed."""
        return not self.may_be_emergency and any(category.hard_to_read for category in self.described_categories)

    # --- texts ---

    @cached_property
    def next_steps(self) -> Blocks:
        """What to do next. Where several sections are possible, the more serious one's come after the first own one.

        Beside a possible emergency none of theirs is told: help comes next, and their "soon" would take it back.
        """
        own = self.shown_blocks(self.category.next_steps)
        if self.outcome.kind not in SEVERAL_TOLD or self.may_be_emergency:
            return own
        first = tuple(replace(block, items=() if block.text else block.items[:1]) for block in own[:1])
        return (*first, *self.shown_blocks(self.described_categories[0].next_steps))

    @cached_property
    def told_notes(self) -> tuple[Note, ...]:
        """The notes that a person is told. In an emergency none stands beside the call for help, and no action beside a
        possible one: "in the next few days" would take back its "today".
        """
        if self.is_emergency:
            return ()
        notes = (self.rule_set.note[name] for name in self.outcome.notes)
        told = tuple(note for note in notes if note.audience is not Audience.CLINIC)
        return tuple(note for note in told if not (self.may_be_emergency and note.kind is NoteKind.ACTION))

    @property
    def heading(self) -> TextBlock:
        """The heading of the whole result."""
        kind = self.outcome.kind
        headings = self.rule_set.undetermined.kinds[kind].headings if kind else self.category.headings
        return self.shown_blocks(headings)[0]

    def fill(self, text: str) -> str:
        """A text of the rule file with the answers, as the person gave them, and values in their places.

        Parts are named from the mildest on: a heading that begins with the gravest is read as if it were that one.
        """
        mildest_first = sorted(self.described_categories, key=lambda category: category.severity or 0)
        more = {
            "sections": self.language.any_of([category.name for category in mildest_first]),
            "open": self.language.apart(self._open) if OPEN in text else "",
        }
        return filled(text, self.engine, self.input.answers, self.plain, self.language, more=more)

    @cached_property
    def _open(self) -> tuple[str, ...]:
        """What keeps more than one category possible: the open grounds, or where these have no words the questions."""
        return self.open_words(self.unsettled_categories)

    def answer(self, name: str) -> str:
        """The answer to a question in words."""
        return answer_in_words(self.rule_set.question[name], self.input.answers.get(name), self.language)

    def shown_blocks(self, blocks: Blocks) -> tuple[TextBlock, ...]:
        """The blocks whose condition holds."""
        return self.engine.shown_blocks(blocks, self.plain, self.outcome)

    def tell(self, blocks: Blocks) -> tuple[Block, ...]:
        """The blocks whose condition holds, with answers and citations in them."""
        blocks_shown: list[Block] = []
        for block in self.shown_blocks(blocks):
            sources = self.citations.cite(block.sources)
            if block.text.endswith(OPEN) and len(self._open) > 1:
                blocks_shown.append(Paragraph(self.fill(block.text.removesuffix(OPEN).rstrip())))
                blocks_shown.append(Items(self._open, sources=sources))
            elif block.text:
                blocks_shown.append(Paragraph(self.fill(block.text), () if block.items else sources))
            if block.items:
                blocks_shown.append(Items(tuple(map(self.fill, block.items)), sources=sources))
        return tuple(blocks_shown)

    def tell_as_items(self, blocks: Blocks, *, ordered: bool = False) -> tuple[Items, ...]:
        """The blocks whose condition holds, as one list of short texts."""
        shown = self.shown_blocks(blocks)
        if not shown:
            return ()
        sources = self.citations.cite(source for block in shown for source in block.sources)
        items = tuple(self.fill(item) for block in shown for item in (block.text, *block.items) if item)
        return (Items(items, ordered, sources),)
