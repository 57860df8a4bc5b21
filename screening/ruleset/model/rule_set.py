"""What a rule set is, as frozen data: values, categories and rules, around questions, notes, guarantees and texts.

Nothing here reads, checks or decides: `rulefiles` makes these from a rule file, and every reader reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.notes import Note
from screening.ruleset.model.number_scales import NumberScales
from screening.ruleset.model.papers import DoctorPaper, PersonPaper, Zone
from screening.ruleset.model.phrases import Banned, Topic
from screening.ruleset.model.questions import Option, Page, Question, QuestionType
from screening.ruleset.model.texts import (
    Article,
    Blocks,
    Change,
    Claim,
    DoctorLine,
    Emergency,
    Expression,
    Guide,
    Label,
    OptionalPart,
    Section,
    SectionTitle,
    Source,
    SpokenLanguage,
    Staff,
    Term,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A named expression over answers and other values."""

    id: str
    expression: Expression = field(metadata={"key": "is"})
    label: str = ""
    """How the clinic's part of a summary names it; empty where it is not shown."""
    words: str = ""
    """How a condition that reads it is told to staff; empty where its label or its expression is."""
    formula: str = ""
    cut_offs: str = ""
    decimals: int = 2
    """Digits shown; comparisons are not rounded."""
    unit: str = ""
    """What stands behind the number where a text tells it."""
    singular: str = ""
    """What stands behind the number 1 instead, as "point" beside "points"; empty: the unit."""
    if_unknown: str = ""
    """What stands in a text in its place where it cannot be told."""
    zones: tuple[Zone, ...] = ()
    """The parts of the line on which people see it; none: it is drawn for nobody."""
    review: str = ""
    judgement: str = ""
    sources: tuple[str, ...] = ()

    def behind(self, number: Decimal) -> str:
        """What stands behind a number that is told."""
        return self.singular if self.singular and number == 1 else self.unit


class Tone(StrEnum):
    """How a category looks."""

    URGENT = "urgent"
    SERIOUS = "serious"
    CALM = "calm"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Category:
    """One informational section that an answer set may match."""

    id: str
    name: str
    """Its short name in lists."""
    headings: Blocks
    """The first one whose condition holds heads the result."""
    tone: Tone
    sections: tuple[Section, ...] = ()
    against_others: Blocks = ()
    """What, among the answers, speaks against the sections beside this one."""
    next_steps: Blocks = ()
    ask_doctor: Blocks = ()
    severity: int | None = None
    overrides: bool = False
    """It stands before the others whatever else is true: beside one other possible category it is told as "unless"."""
    share: bool = False
    hard_to_read: bool = False
    """A person is asked first whether to read on: what it tells may be new, and hard."""
    passage: str = ""
    """The passage of the guide that is its section; empty where the guide has none."""
    article: str = ""
    """The article that tells the section without any answers."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One separately named reason for a category."""

    id: str
    when: Expression
    because: str
    open: str = ""
    """What is still open, in words, while it is neither met nor ruled out."""
    interrupt: bool = False
    unanswered_means_no: str = ""
    """Why a lenient question without an answer may close this ground unheard, though it interrupts."""
    speed: str = ""
    otherwise: bool = False
    review: str = ""
    """ "needed" where a clinician must confirm a judgement; `judgement` says which."""
    judgement: str = ""
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """Of both its texts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A category and its grounds; it holds where one of them does."""

    category: str
    grounds: tuple[Ground, ...]


class Kind(StrEnum):
    """Why no single category was matched."""

    UNLESS = "unless"
    SEVERAL = "several"
    NOTHING_KNOWN = "nothing_known"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class UndeterminedKind:
    """How one kind is told."""

    headings: Blocks
    texts: Blocks


@dataclass(frozen=True, slots=True)
class Undetermined:
    """The category for answers that match no rule, or several."""

    category: str
    disagree_when: Expression
    """Where nothing is matched though something is known: answers disagree, or a warning stands against reassurance."""
    kinds: Mapping[Kind, UndeterminedKind]


@dataclass(frozen=True)
class RuleSet:
    """One subject's questions, rules and texts in one language."""

    id: str
    title: str
    summary_title: str
    """The title of a summary, in the person's own words."""
    version: str
    language: str
    about: str
    regulatory_statement: str
    disclaimer: str
    guide: Guide
    section_titles: tuple[SectionTitle, ...]
    short_answer: Blocks
    emergency: Emergency
    undetermined: Undetermined
    pages: tuple[Page, ...]
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    sources: tuple[Source, ...]
    scales: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    """Lists of options that questions share, by name; each question has its options all the same."""
    values: tuple[Value, ...] = ()
    notes: tuple[Note, ...] = ()
    claim_labels: tuple[Label, ...] = ()
    claims: tuple[Claim, ...] = ()
    articles: tuple[Article, ...] = ()
    shared: tuple[Section, ...] = ()
    """Parts that every category's text ends with."""
    parts: tuple[OptionalPart, ...] = ()
    chapters: tuple[Label, ...] = ()
    """The parts of the way through the questions, by name."""
    doctor_lines: tuple[DoctorLine, ...] = ()
    tick_sheet: tuple[str, ...] = ()
    doctor_paper: DoctorPaper | None = None
    """None: the doctor reads the answers as a summary repeats them, in the rule file's own language."""
    person_paper: PersonPaper | None = None
    guarantees: tuple[Guarantee, ...] = ()
    changes: tuple[Change, ...] = ()
    topics: tuple[Topic, ...] = ()
    """What texts may speak of that not everybody may be told."""
    banned: Banned = field(default_factory=Banned)
    glossary: tuple[Term, ...] = ()
    limit: str = ""
    """What these answers can never tell, in one sentence, for every page."""
    duration: str = ""
    """How long the questions take; a part that is switched on may say otherwise."""
    you_get: tuple[str, ...] = ()
    """What this subject gives a person, beside what every one does; for the start page."""
    you_do_not_get: tuple[str, ...] = ()
    """What it does not give."""
    claims_title: str = ""
    """The title over the claims; empty where the general one serves."""
    spoken_languages: tuple[SpokenLanguage, ...] = ()
    """Languages to be called in, as the start of a list that ends with "another"; none: the file's own."""
    staff: Staff | None = None
    """What staff of a clinic say; None where the file is silent."""
    numbers: NumberScales | None = None
    """How numbers of a paper are told on scales; None where they are not."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order asked."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def has_dates(self) -> bool:
        """Whether a date is asked, so that answers are judged on a day."""
        return any(question.type is QuestionType.DATE for question in self.questions)

    @cached_property
    def page(self) -> Mapping[str, Page]:
        """Pages by id."""
        return {page.id: page for page in self.pages}

    @cached_property
    def page_of(self) -> Mapping[str, Page]:
        """The page on which each question stands, by the question's id."""
        return {question.id: page for page in self.pages for question in page.questions}

    @cached_property
    def value(self) -> Mapping[str, Value]:
        """Values by id."""
        return {value.id: value for value in self.values}

    @cached_property
    def category(self) -> Mapping[str, Category]:
        """Categories by id."""
        return {category.id: category for category in self.categories}

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        """Every ground in the order of the rules."""
        return tuple(ground for rule in self.rules for ground in rule.grounds)

    @cached_property
    def ground(self) -> Mapping[str, Ground]:
        """Grounds by id."""
        return {ground.id: ground for ground in self.grounds}

    @cached_property
    def category_of(self) -> Mapping[str, str]:
        """The category for which each ground stands, by the ground's id."""
        return {ground.id: rule.category for rule in self.rules for ground in rule.grounds}

    @cached_property
    def note(self) -> Mapping[str, Note]:
        """Notes by id."""
        return {note.id: note for note in self.notes}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}
