"""The outcome of an answer set, worked out the slow way: an independent judge to compare the engine with.

Every completion of the open strict answers is tried, over all options and all sets of ticks, and every
expression is interpreted (see `interpreter`). What this shares with the engine is the syntax tree, the
model and the shape of an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, product

from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.outcome import Outcome, Underlying
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import Kind, Rule, RuleSet
from tests.support.rules.interpreter import Counted, Given, OneOf, Reading, Ticks
from tests.support.rules.precise import alike

Answers = Mapping[str, Given]


def subsets(codes: Iterable[str]) -> Iterator[Ticks]:
    """Every set of these options."""
    listed = list(codes)
    for size in range(len(listed) + 1):
        yield from map(frozenset, combinations(listed, size))


class BruteForce:
    """Judges answer sets by one rule set."""

    def __init__(self, rule_set: RuleSet, parts_off: frozenset[str] = frozenset()) -> None:
        self.rule_set = rule_set
        self.off = {question.id for page in rule_set.pages if page.part in parts_off for question in page.questions}

    reads: type[Reading] = Reading
    may_be_undecided = False
    """Whether answers that are always given may leave a condition open all the same."""

    def reading(self, answers: Mapping[str, Counted]) -> Reading:
        """The meaning of expressions over some answers."""
        return self.reads(self.rule_set, answers)

    # --- from what was given to what counts ---

    def state(self, given: Answers) -> dict[str, Given]:
        """Every question with its answer or the one that says nothing."""
        blank: dict[QuestionType, Given] = {QuestionType.SEVERAL: frozenset({None})}
        today = {TODAY: given[TODAY]} if self.rule_set.has_dates else {}
        said = {question.id: given.get(question.id, blank.get(question.type)) for question in self.rule_set.questions}
        unsure = {
            question.id: None for question in self.rule_set.questions if said[question.id] in question.unsure_codes
        }
        return said | unsure | today

    def counted(self, given: Answers) -> tuple[dict[str, Given], frozenset[str]]:
        """The answers that count once `ask_if` was read, and the questions asked."""
        state = self.state(given)
        counted: dict[str, Given] = {TODAY: state[TODAY]} if self.rule_set.has_dates else {}
        asked: set[str] = set()
        for question in self.rule_set.questions:
            wanted = question.ask_if is None or self.reading(counted).truth(question.ask_if.tree)
            assert isinstance(wanted, bool) or self.may_be_undecided, question.id
            if wanted and question.id not in self.off:
                asked.add(question.id)
                counted[question.id] = state[question.id]
            else:
                counted[question.id] = default(question)
        return counted, frozenset(asked)

    def completions(self, counted: Answers) -> Iterator[dict[str, Given]]:
        """Every way in which the strict answers may turn out."""
        strict = [
            question
            for question in self.rule_set.questions
            if question.strict or is_dated(question, counted[question.id])
        ]
        today = counted.get(TODAY)
        for chosen in product(*(completed(question, counted[question.id], today) for question in strict)):
            yield {**counted, **dict(zip([question.id for question in strict], chosen, strict=True))}

    # --- from what counts to the outcome ---

    def decided(self, complete: Answers, rules: Sequence[Rule]) -> str:
        """The category of complete answers: that of the first rule of which a ground holds."""
        reading = self.reading(complete)
        for rule in rules:
            for ground in rule.grounds:
                truth = reading.truth(ground.when.tree)
                assert truth is not None, ground.id
                if truth:
                    return rule.category
        return self.rule_set.undetermined.category

    def possible_of(self, counted: Answers, rules: Sequence[Rule]) -> frozenset[str]:
        """The categories over all completions."""
        return frozenset(self.decided(answers, rules) for answers in self.completions(counted))

    def possible(self, given: Answers) -> frozenset[str]:
        """The possible categories of answers as given."""
        return self.possible_of(self.counted(given)[0], self.rule_set.rules)

    def grounds(self, counted: Answers) -> tuple[list[str], list[str]]:
        """Grounds read three-valued, each strict choice being one of what may be true: those that hold, those open."""
        opened: dict[str, Counted] = dict(counted)
        for question in self.rule_set.questions:
            if question.strict and question.type is QuestionType.CHOICE:
                opened[question.id] = OneOf(frozenset(str(code) for code in completed(question, counted[question.id])))
        reading = self.reading(opened)
        truths = [(ground.id, reading.truth(ground.when.tree)) for ground in self.rule_set.grounds]
        return [name for name, truth in truths if truth], [name for name, truth in truths if truth is None]

    def underlying(self, counted: Answers, category: str, grounds: Iterable[str]) -> Underlying | None:
        """What the rules after the category's give, where all its grounds that hold or may hold allow that."""
        rule_set = self.rule_set
        own = next((index for index, rule in enumerate(rule_set.rules) if rule.category == category), None)
        if own is None:
            return None
        speaking = [ground for ground in rule_set.rules[own].grounds if ground.id in grounds]
        if not all(ground.otherwise for ground in speaking) or not any(
            ground.otherwise for ground in rule_set.rules[own].grounds
        ):
            return None
        possible = self.possible_of(counted, rule_set.rules[own + 1 :])
        return Underlying(single(possible, rule_set.undetermined.category), possible)

    def outcome(self, given: Answers) -> Outcome:
        """Everything the engine says about an answer set."""
        rule_set = self.rule_set
        counted, asked = self.counted(given)
        possible = self.possible_of(counted, rule_set.rules)
        category = single(possible, rule_set.undetermined.category)
        holding, still_open = self.grounds(counted)
        underlying = self.underlying(counted, category, [*holding, *still_open])
        told = underlying.category if underlying else None
        reading = self.reads(rule_set, counted, category, told, possible, holding)
        state = self.state(given)
        unsaid = (None, frozenset({None}))
        return Outcome(
            category=category,
            possible=possible,
            kind=self.kind(reading),
            underlying=underlying,
            grounds=tuple(holding),
            open_grounds={
                rule.category: names
                for rule in rule_set.rules
                if rule.category in possible and (names := tuple(g.id for g in rule.grounds if g.id in still_open))
            },
            notes=tuple(note.id for note in rule_set.notes if reading.truth(note.when.tree)),
            values={value.id: reading.named(value.id) for value in rule_set.values},
            asked=asked,
            ignored=tuple(name for name in self.rule_set.question if name not in asked and state[name] not in unsaid),
        )

    def assert_same(self, found: Outcome, given: Answers) -> None:
        """The engine's outcome is what brute force makes of an answer set."""
        wanted = self.outcome(given)
        assert found._replace(values={}) == wanted._replace(values={})
        assert found.values.keys() == wanted.values.keys()
        for name, value in found.values.items():
            assert alike(value, wanted.values[name]), (name, value, wanted.values[name])

    def kind(self, reading: Reading) -> Kind | None:
        """Why nothing single was matched."""
        undetermined = self.rule_set.undetermined
        if reading.category != undetermined.category:
            return None
        named = [
            rule
            for rule in self.rule_set.rules
            if rule.category in reading.possible and not self.rule_set.category[rule.category].overrides
        ]
        if not any(ground.id in reading.holding for rule in named for ground in rule.grounds):
            return Kind.DISAGREE if reading.truth(undetermined.disagree_when.tree) else Kind.NOTHING_KNOWN
        alone = len(named) == 1 and undetermined.category not in reading.possible
        return Kind.UNLESS if alone else Kind.SEVERAL


def default(question: Question) -> Given:
    """What counts where a question is not asked."""
    code = question.if_not_asked
    if question.type is not QuestionType.SEVERAL:
        return code
    if code is None:
        return frozenset({None})
    return frozenset() if question.option[code].exclusive else frozenset({code})


def is_dated(question: Question, answer: Given) -> bool:
    """Whether an answer to a required question is no single day, so that each of its days is tried."""
    return question.required and isinstance(answer, DayRange) and not answer.is_day


def completed(question: Question, answer: Given, today: Given = None) -> list[Given]:
    """Every answer that may be the truth behind one to a strict question."""
    if question.type is QuestionType.DATE:
        return [*days(question, answer, today)]
    if isinstance(answer, frozenset):
        if None not in answer:
            return [answer]
        ticked = answer - {None}
        rest = [option.code for option in question.options if not option.exclusive and option.code not in ticked]
        return [ticked | more for more in subsets(rest)]
    if isinstance(answer, Decimal):
        return [answer]
    if question.type is QuestionType.NUMBER:
        return [*numbers(question)]
    if answer is None:
        return [option.code for option in question.options if not (option.leaves_open or option.means_unsure)]
    assert isinstance(answer, str)
    return list(question.option[answer].leaves_open or (answer,))


def days(question: Question, answer: Given, today: Given) -> Iterator[DayRange]:
    """Every day that may be meant."""
    assert isinstance(today, DayRange)
    if isinstance(answer, DayRange):
        first, last = answer.first.toordinal(), answer.last.toordinal()
    else:
        reach = 366 * question.within_years
        near = (date.fromordinal(today.first.toordinal() + step) for step in range(-reach, reach + 1))
        every = [day for day in near if is_plausible(question, day, today.first)]
        first, last = every[0].toordinal(), every[-1].toordinal()
    yield from (DayRange.of_day(date.fromordinal(day)) for day in range(first, last + 1))


def is_plausible(question: Question, day: date, today: date) -> bool:
    """Whether a question takes a day; a year before (and after) 29 February ends (and begins) on the 28th."""
    years = question.within_years

    def moved(by: int) -> tuple[int, int, int]:
        short = (today.month, today.day) == (2, 29) and (today.year + by) % 4
        return today.year + by, today.month, 28 if short else today.day

    parts = (day.year, day.month, day.day)
    return moved(-years) <= parts <= (moved(years) if question.future else moved(0))


def numbers(question: Question) -> list[Decimal]:
    """Numbers that stand for all that a question accepts."""
    return sorted({number for unit in question.units for number in typed(unit)})


def typed(unit: Unit) -> Iterator[Decimal]:
    """Numbers of a unit, in the stored one: whole ones, or eighths, as no two quarters that are compared lie nearer."""
    count, size = unit.minimum, Decimal(1) if unit.whole else Decimal("0.125")
    while count < unit.maximum:
        yield count * unit.factor
        count += size
    yield unit.maximum * unit.factor


def single(possible: frozenset[str], undetermined: str) -> str:
    """The one possible category, or the one that stands for several."""
    return next(iter(possible)) if len(possible) == 1 else undetermined
