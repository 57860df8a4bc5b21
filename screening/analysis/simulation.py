"""Simulates visitors with assumed answers: how many pages they see, and what they are told.

The frequencies are assumptions, so the report is for their order of size alone. Answers to different questions are
drawn independently of each other within a group of visitors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from screening.rulefiles.authoring.visitors import UNSURE, Frequencies, Visitors
from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.model.expression import Name, Or
from screening.ruleset.model.open_answers import is_open
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import Kind
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Quantity, Unsure

_TOLD = {"year": 4, "month": 7, "day": 10}
"""How much of a date in ISO 8601 people tell who know it so exactly."""
NOBODY = Frequencies({UNSURE: 1.0})


@dataclass(frozen=True)
class Visit:
    """One visitor's way and what came of it."""

    group: str
    pages: int
    """Pages of questions."""
    read_back: int
    """Pages on which numbers were read back."""
    interrupted: bool
    """Whether help was shown before the end."""
    outcome: Outcome
    causes: tuple[str, ...]
    """What an undetermined outcome comes from: strict questions left open, or the values that disagree."""


@dataclass(frozen=True)
class JourneyReport:
    """Every visit."""

    visits: tuple[Visit, ...]

    def pages(self, group: str = "") -> list[int]:
        """The number of pages of questions of each visit, of one group or of all, the fewest first."""
        return sorted(visit.pages for visit in self.visits if group in ("", visit.group))

    def categories(self) -> Counter[str]:
        """Visits by category."""
        return Counter(visit.outcome.category for visit in self.visits)

    def kinds(self) -> Counter[Kind]:
        """Undetermined visits by kind."""
        return Counter(visit.outcome.kind for visit in self.visits if visit.outcome.kind)

    def causes(self, kind: Kind) -> Counter[str]:
        """What the undetermined visits of a kind come from; one visit may have several causes."""
        return Counter(name for visit in self.visits if visit.outcome.kind is kind for name in visit.causes)


def simulate(engine: Engine, visitors: Visitors) -> JourneyReport:
    """As many visits as the file says; the same seed makes the same visits."""
    random = Random(visitors.seed)  # noqa: S311 - a simulation
    weights = [group.weight for group in visitors.groups]
    groups = random.choices(visitors.groups, weights, k=visitors.count)
    return JourneyReport(tuple(_visit(engine, group.name, group.answers, random, visitors.today) for group in groups))


def _visit(
    engine: Engine, group: str, frequencies: Mapping[str, Frequencies], random: Random, today: date | None
) -> Visit:
    rule_set = engine.rule_set
    plain = partial(plain_answers, rule_set, today=today)
    answers: dict[str, Answer] = {}
    pages = read_back = 0
    interrupted = False
    for page in rule_set.pages:
        asked = engine.asked_questions(plain(answers))
        if not any(question.id in asked for question in page.questions):
            continue
        pages += 1
        for question in page.questions:  # an answer on a page may call for another on the same page
            if question.id in engine.asked_questions(plain(answers)):
                answers[question.id] = _drawn(question, frequencies.get(question.id, NOBODY), random)
        read_back += page.read_back and any(
            isinstance(answers.get(question.id), Quantity) for question in page.questions
        )
        interrupted = interrupted or bool(engine.interrupts(plain(answers), answers.keys()))
    outcome = engine.evaluate(plain(answers))
    return Visit(group, pages, read_back, interrupted, outcome, _causes(engine, outcome, plain(answers)))


def _drawn(question: Question, frequencies: Frequencies, random: Random) -> Answer:
    """One answer, as often as the frequencies say."""
    match question.type:
        case QuestionType.CHOICE | QuestionType.TEXT:
            code = random.choices([*frequencies.weights], [*frequencies.weights.values()])[0]
            return Unsure() if code == UNSURE else read_answer(question, code)
        case QuestionType.SEVERAL:
            ticked: list[object] = [code for code, share in frequencies.weights.items() if random.random() < share]
            if UNSURE in ticked:
                ticked = [None if code == UNSURE else code for code in ticked]
            return read_answer(question, ticked or sorted(question.exclusive_codes)[:1] or [None])
        case QuestionType.NUMBER:
            ranges = [None, *frequencies.ranges]
            weights = [frequencies.weights.get(UNSURE, 0.0), *(range_.weight for range_ in frequencies.ranges)]
            drawn = random.choices(ranges, weights)[0]
            if drawn is None:
                return Unsure()
            unit = question.stored_unit
            number = round(Decimal(random.uniform(float(drawn.low), float(drawn.high))), unit.decimals)
            return read_answer(question, {"value": number, "unit": unit.code})
        case QuestionType.DATE:
            return _drawn_date(question, frequencies, random)


def _drawn_date(question: Question, frequencies: Frequencies, random: Random) -> Answer:
    """A day of one of the stretches, as exactly as it is told."""
    stretches = [None, *frequencies.days]
    weights = [frequencies.weights.get(UNSURE, 0.0), *(stretch.weight for stretch in frequencies.days)]
    drawn = random.choices(stretches, weights)[0]
    if drawn is None:
        return Unsure()
    day = date.fromordinal(random.randint(drawn.first.toordinal(), drawn.last.toordinal()))
    return read_answer(question, day.isoformat()[: _TOLD[drawn.told]])


def _causes(engine: Engine, outcome: Outcome, plain: Answers) -> tuple[str, ...]:
    """Names in the conditions that disagree, or the strict questions that are open."""
    match outcome.kind:
        case None:
            return ()
        case Kind.DISAGREE:
            return _disagreeing(engine, outcome, plain)
        case _:
            return _open_questions(engine, outcome, plain)


def _disagreeing(engine: Engine, outcome: Outcome, plain: Answers) -> tuple[str, ...]:
    """What is named by those parts of `disagree_when` that hold."""
    rule_set = engine.rule_set
    counted, _ = engine.functions.effective(engine.state(plain))
    told = (counted, outcome.category, None, outcome.possible, outcome.grounds)
    tree = rule_set.undetermined.disagree_when.tree
    parts = tree.operands if isinstance(tree, Or) else (tree,)
    holding = (part for part in parts if compile_condition(rule_set, part)(*told))
    named = (part.name for node in holding for part in node.walk() if isinstance(part, Name))
    return tuple(dict.fromkeys(named))


def _open_questions(engine: Engine, outcome: Outcome, plain: Answers) -> tuple[str, ...]:
    """The open strict questions that an open ground of a possible category depends on."""
    rule_set = engine.rule_set
    open_grounds = (rule_set.ground[name] for names in outcome.open_grounds.values() for name in names)
    read = {name for open_ground in open_grounds for name in engine.names.depends_on(open_ground.when.tree)}
    strict = (question for question in rule_set.questions if question.strict and question.id in outcome.asked & read)
    return tuple(question.id for question in strict if is_open(question, plain.get(question.id)))
