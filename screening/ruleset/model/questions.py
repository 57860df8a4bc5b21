"""What is asked: pages, questions, options and units, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from screening.ruleset.model.texts import Blocks, Expression, Label


class QuestionType(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"


WRITTEN = "written"
"""The plain answer to a question that is answered in words: rules learn that something was written, and never what."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a published terminology, and where it was seen with its meaning."""

    system: str
    """The terminology, as rule files name it."""
    code: str
    source: str
    """Id of a source; empty in files of before codes had one."""
    confirmed: bool
    """Whether the code was seen there with its meaning; else it is what the source is said to hold."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a choice or several-choice question offers."""

    code: str
    text: str
    help: str = ""
    repeat: str = ""
    """How a summary repeats this answer; empty where the option's own text serves."""
    group: str = ""
    illustration: str = ""
    score: Decimal | None = None
    leaves_open: tuple[str, ...] = ()
    """The options that may be the truth behind this answer: it is completed over them like "not sure"."""
    means_unsure: bool = False
    """It leaves open all that may be true: "I'm not sure" in other words, and read as that."""
    exclusive: bool = False
    """It says that no other option is true."""
    yields: bool = False
    """Where another option is ticked beside this exclusive one, the other counts instead of an error."""
    review: str = ""
    """ "needed" where a clinician must confirm a judgement; `judgement` says which."""
    judgement: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A number out of range that has a usual explanation, such as another quantity typed by mistake."""

    id: str
    text: str
    below: Decimal | None = None
    above: Decimal | None = None

    def explains(self, number: Decimal) -> bool:
        """Whether this slip is the likely reason for a number out of range."""
        return (self.below is not None and number < self.below) or (self.above is not None and number > self.above)


@dataclass(frozen=True, slots=True)
class UnitPart:
    """One of the two that a number is said in, as feet in "5 ft 7 in"."""

    label: str
    """What stands behind its number."""
    also: tuple[str, ...] = ()
    """What else a person may type behind it."""


@dataclass(frozen=True, slots=True)
class UnitParts:
    """How people say a number in two: whole ones of the first, and what is left in the second."""

    first: UnitPart
    second: UnitPart
    holds: int
    """How many of the second make one of the first."""
    example: Decimal
    """A number, in the second, that shows people how to type one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit a number may be typed in. All bounds are in this unit; `factor` leads to the stored one."""

    code: str
    """UCUM."""
    label: str
    minimum: Decimal
    maximum: Decimal
    factor: Decimal = Decimal(1)
    decimals: int = 0
    """Digits behind the point that a report prints: what would change an outcome is told so. More are read."""
    whole: bool = False
    """Only whole numbers are ever read: a fraction cannot be meant, and proofs need not allow for any."""
    printed_range: str = ""
    """What stands beside a result in this unit on a report, by which a person can tell the unit."""
    printed: tuple[Decimal, ...] = ()
    """The two numbers of `printed_range`, so that they can be checked; empty where it holds none."""
    unusual_below: Decimal | None = None
    unusual_above: Decimal | None = None
    unusual: str = ""
    """What to check where the number is unusual."""
    slips: tuple[Slip, ...] = ()
    also: tuple[str, ...] = ()
    """Other spellings: a program may send them for the code, and a person may type them behind the number."""

    singular: str = ""
    """What stands behind the number 1 instead of the label, as "day ago" beside "days ago"; empty: the label."""

    parts: UnitParts | None = None
    """How people say it in two, as feet and inches. Wherever it is one number, it is then in the second part."""

    @property
    def counted(self) -> str:
        """What one number in this unit counts: of a unit of two parts the second."""
        return self.parts.second.label if self.parts else self.label

    def behind(self, number: Decimal) -> str:
        """What stands behind one number in this unit."""
        return self.singular if self.singular and number == 1 else self.counted

    def is_unusual(self, number: Decimal) -> bool:
        """Whether a number in this unit is rare enough to ask again."""
        low, high = self.unusual_below, self.unusual_above
        return (low is not None and number < low) or (high is not None and number > high)


@dataclass(frozen=True, slots=True)
class ForeignUnit:
    """A unit that reports print and the question does not take: another scale, or another quantity."""

    id: str
    spellings: tuple[str, ...]
    text: str
    """What it is, and what to do."""


@dataclass(frozen=True, slots=True)
class AskAgain:
    """When an answer is too old to be taken over from a file of saved answers."""

    days: int
    """An answer that is older is asked for again, and so is one whose age nobody knows."""


@dataclass(frozen=True)
class Question:
    """One thing asked. Any but a required one may be left unknown ("I'm not sure")."""

    id: str
    type: QuestionType
    text: str
    label: str
    """A short name of it for lists of answers."""
    help: str = ""
    why: str = ""
    who_can_tell: str = ""
    """Who can tell the answer, or where it stands, to somebody who does not know it."""
    not_sure: str = ""
    """The wording of "I'm not sure" here; empty where the general one serves."""
    strict: bool = False
    required: bool = False
    ask_if: Expression | None = None
    if_not_asked: str | None = None
    """The option that counts as the answer where the question is not asked; None: unknown."""
    ask_again: AskAgain | None = None
    """None: an answer never grows too old."""
    groups: tuple[Label, ...] = ()
    options: tuple[Option, ...] = ()
    units: tuple[Unit, ...] = ()
    most: int = 0
    """Of a text: how many characters it may have."""
    within_years: int = 0
    """Of a date: how many years before today it may lie at most, and after it where `future` is true."""
    future: bool = False
    """Of a date: whether it may lie after today."""
    ask_doctor: str = ""
    """The question by which the person asks somebody who can tell, where the answer is open; empty: none is told."""
    topics: tuple[str, ...] = ()
    """Of `ask_doctor`."""
    unit_question: str = ""
    """How to tell the unit from the paper, where there are several."""
    units_by_name: bool = False
    """People know the unit of their number by its name, such as cm or kg: no range is printed beside it."""
    foreign: tuple[ForeignUnit, ...] = ()
    illustration: str = ""
    codes: tuple[Code, ...] = ()

    @cached_property
    def option(self) -> Mapping[str, Option]:
        """Options by code."""
        return {option.code: option for option in self.options}

    @cached_property
    def complete_codes(self) -> tuple[str, ...]:
        """Codes of the options that say something definite: not those that leave others open, or mean "not sure"."""
        return tuple(option.code for option in self.options if not (option.leaves_open or option.means_unsure))

    @cached_property
    def unsure_codes(self) -> frozenset[str]:
        """Codes of the options that are read as "I'm not sure"."""
        return frozenset(option.code for option in self.options if option.means_unsure)

    @cached_property
    def exclusive_codes(self) -> frozenset[str]:
        """Codes of the options that mean "none of these"."""
        return frozenset(option.code for option in self.options if option.exclusive)

    @property
    def stored_unit(self) -> Unit:
        """The unit in which this number is kept and compared."""
        return self.units[0]


@dataclass(frozen=True, slots=True)
class Page:
    """Questions shown together."""

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: Blocks = ()
    part: str = ""
    """The part of the service it belongs to, which a deployment can switch off; empty: always on."""
    chapter: str = ""
    """The part of the way to which it belongs, for the line that says how far one is; empty: none is named."""
    read_back: bool = False
    """Numbers of this page count only once they were shown again and confirmed."""
    skip: str = ""
    """The label of "I don't have this" for the whole page; empty where it is not offered."""
    illustration: str = ""
