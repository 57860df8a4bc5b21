"""Decides answer sets by one rule set: outcome, interrupts, and which texts are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from screening.ruleset.compiler.classes.option_classes import thresholds
from screening.ruleset.compiler.completions.completion_plan import CompletionPlan, plan_completions
from screening.ruleset.compiler.generated import Functions
from screening.ruleset.compiler.rule_functions import compile_condition, compile_functions
from screening.ruleset.compiler.source.span_code import ON_BOUNDS
from screening.ruleset.engine.value_ranges import ValueRange, ValueRanges
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain, State, has_bound
from screening.ruleset.model.dates import TODAY, TodayMissingError
from screening.ruleset.model.outcome import Outcome, Underlying
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import Ground, Kind, RuleSet
from screening.ruleset.model.texts import Block, Blocks, Expression

UNSURE: frozenset[str | None] = frozenset({None})
"""The plain answer to a several-choice question of which nothing is known."""

Answers = Mapping[str, Plain]
"""Plain answers by question (their forms: see `compiling`); a missing one is unknown."""


class RequiredAnswerMissingError(ValueError):
    """There is no outcome without these answers."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        super().__init__(", ".join(questions))
        self.questions = questions


class Engine:
    """The compiled form of one checked rule set."""

    def __init__(
        self,
        rule_set: RuleSet,
        parts_off: frozenset[str] = frozenset(),
        plan: CompletionPlan | None = None,
        functions: Functions | None = None,
    ) -> None:
        """`parts_off` are the parts whose questions are never asked; `plan` saves making it again.

        `functions`: those of the same rules in another language with the same parts, which saves compiling them again.
        """
        self.rule_set = rule_set
        self.parts_off = parts_off
        self.names = SymbolTable.of(rule_set)
        self.plan = plan or plan_completions(rule_set)
        self.off = frozenset(
            question.id for page in rule_set.pages if page.part in parts_off for question in page.questions
        )
        """Questions that are never asked."""
        self.functions = functions or compile_functions(rule_set, self.plan, self.off)
        questions = rule_set.questions
        self._blank: State = {
            question.id: UNSURE if question.type is QuestionType.SEVERAL else None for question in questions
        }
        self._unsure_codes = tuple(
            (question.id, question.unsure_codes) for question in questions if question.unsure_codes
        )
        self._required = tuple(question.id for question in questions if question.required)
        self._ids = tuple(question.id for question in questions)
        self._asked_by_flags: dict[tuple[bool, ...], tuple[frozenset[str], tuple[str, ...]]] = {}
        self._value_ids = tuple(value.id for value in rule_set.values)
        self._undetermined = rule_set.undetermined.category
        self._overriding = frozenset(category.id for category in rule_set.categories if category.overrides)
        self._alone = {category.id: frozenset((category.id,)) for category in rule_set.categories}
        self._conditions: dict[str, Callable[..., bool]] = {}

    @cached_property
    def _value_ranges(self) -> ValueRanges:
        return ValueRanges(self.rule_set)

    def value_range(self, name: str, answers: Answers) -> ValueRange | None:
        """Between which numbers a value lies, whatever is open; None where it may be unknown."""
        counted, _ = self.functions.effective(self._whole(answers))
        return self._value_ranges.of(name, counted)

    @cached_property
    def cut_offs(self) -> Mapping[str, tuple[Decimal, ...]]:
        """For each number asked, the constants that grounds and notes compare it with, ascending.

        Found once, at the first use: to find them takes as long as all else of a result.
        """
        grounds, notes = self.rule_set.grounds, self.rule_set.notes
        conditions = [*(ground.when.tree for ground in grounds), *(note.when.tree for note in notes)]
        return thresholds(conditions, self.names)

    # --- the outcome ---

    def evaluate(self, answers: Answers) -> Outcome:
        """The outcome of an answer set; raises `RequiredAnswerMissingError` where there can be none."""
        state = self.state(answers)
        try:
            explained = self.functions.explain(state)
        except ON_BOUNDS:
            if not has_bound(state):
                raise
            explained = None
        if explained is None:
            return self._evaluate_open(state)
        category, disagree, holding, notes, values, flags = explained
        if category in self.functions.settle_after and self._all_otherwise(category, holding):
            return self._evaluate_open(state)
        kind = None
        if category == self._undetermined:
            kind = Kind.DISAGREE if disagree else Kind.NOTHING_KNOWN
        asked, not_asked = self._asked_of_flags(flags)
        return Outcome(
            category,
            self._alone[category],
            kind,
            None,
            tuple(holding),
            {},
            tuple(notes),
            dict(zip(self._value_ids, values, strict=True)),
            asked,
            _answered_names(not_asked, state),
        )

    def _evaluate_open(self, state: State) -> Outcome:
        """The outcome where strict answers are open, or where more than one category has a say."""
        counted, flags = self.functions.effective(state)
        asked, not_asked = self._asked_of_flags(flags)
        possible = frozenset(self.functions.settle(counted))
        category = next(iter(possible)) if len(possible) == 1 else self._undetermined
        holding, open_grounds = self.functions.observe(counted)
        underlying = self._underlying(counted, category, [*holding, *open_grounds])
        underlying_id = underlying.category if underlying else None
        return Outcome(
            category=category,
            possible=possible,
            kind=self._kind(counted, category, possible, holding),
            underlying=underlying,
            grounds=tuple(holding),
            open_grounds=self._by_category(open_grounds, possible),
            notes=tuple(self.functions.notes(counted, category, underlying_id, possible, holding)),
            values=dict(zip(self._value_ids, self.functions.values(counted), strict=True)),
            asked=asked,
            ignored=_answered_names(not_asked, state),
        )

    def possible(self, answers: Answers) -> frozenset[str]:
        """Every category that some completion of the unknown strict answers gives."""
        counted, _ = self.functions.effective(self.state(answers))
        return frozenset(self.functions.settle(counted))

    def state(self, answers: Answers) -> State:
        """The answer set with every question in it; raises where a required one is unknown."""
        state = self._whole(answers)
        for name in self._required:
            if state[name] is None:
                raise RequiredAnswerMissingError(tuple(name for name in self._required if state[name] is None))
        return state

    def _whole(self, answers: Answers) -> State:
        """The answer set with every question in it; raises `TodayMissingError` where dates have no day to be judged."""
        if self.rule_set.has_dates and TODAY not in answers:
            raise TodayMissingError(self.rule_set.id)
        whole = {**self._blank, **answers}
        for name, codes in self._unsure_codes:
            if whole[name] in codes:
                whole[name] = None
        return whole

    def _underlying(self, counted: State, category: str, grounds: Iterable[str]) -> Underlying | None:
        """What the later rules give, if every ground that holds or may hold for the category allows that."""
        settle_after = self.functions.settle_after.get(category)
        if settle_after is None or not self._all_otherwise(category, grounds):
            return None
        possible = frozenset(settle_after(counted))
        return Underlying(next(iter(possible)) if len(possible) == 1 else self._undetermined, possible)

    def _all_otherwise(self, category: str, grounds: Iterable[str]) -> bool:
        """Whether each of these grounds that is the category's own lets the later rules speak too."""
        rule_set = self.rule_set
        return all(rule_set.ground[ground].otherwise for ground in grounds if rule_set.category_of[ground] == category)

    def _kind(self, counted: State, category: str, possible: frozenset[str], holding: Sequence[str]) -> Kind | None:
        """Why no single category was matched: which named ones are left, and whether anything speaks for one."""
        if category != self._undetermined:
            return None
        named = possible - self._overriding - {self._undetermined}
        if named.isdisjoint(map(self.rule_set.category_of.__getitem__, holding)):
            disagree = self._condition(self.rule_set.undetermined.disagree_when)
            return Kind.DISAGREE if disagree(counted, category, None, possible, holding) else Kind.NOTHING_KNOWN
        return Kind.UNLESS if len(named) == 1 and self._undetermined not in possible else Kind.SEVERAL

    def _by_category(self, grounds: Sequence[str], possible: frozenset[str]) -> dict[str, tuple[str, ...]]:
        by_category: dict[str, list[str]] = {}
        for name in grounds:
            category = self.rule_set.category_of[name]
            if category in possible:
                by_category.setdefault(category, []).append(name)
        return {category: tuple(names) for category, names in by_category.items()}

    def _asked_of_flags(self, flags: tuple[bool, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
        """The questions asked and those not asked; kept, since few combinations ever occur."""
        if flags not in self._asked_by_flags:
            asked = frozenset(name for name, yes in zip(self._ids, flags, strict=True) if yes)
            self._asked_by_flags[flags] = asked, tuple(name for name in self._ids if name not in asked)
        return self._asked_by_flags[flags]

    # --- on the way ---

    def asked_questions(self, answers: Answers) -> frozenset[str]:
        """The questions that are asked after these answers."""
        _, flags = self.functions.effective(self._whole(answers))
        return self._asked_of_flags(flags)[0]

    def interrupts(self, answers: Answers, answered: Collection[str]) -> tuple[Ground, ...]:
        """The grounds to be shown at once: certain, and no question that they depend on is still to be asked.

        `answered` holds the questions to which anything was said, "I'm not sure" included.
        """
        return self._answered_interrupts(answers, answered)[0]

    def open_interrupts(self, answers: Answers, answered: Collection[str]) -> tuple[Ground, ...]:
        """The grounds that would call for help, but are left open by what was said to all questions they depend on.

        No later answer settles them, so that a result will say that help may be needed.
        """
        still_open = self._answered_interrupts(answers, answered)[1]
        return tuple(ground for ground in still_open if ground.speed)

    def _answered_interrupts(
        self, answers: Answers, answered: Collection[str]
    ) -> tuple[tuple[Ground, ...], tuple[Ground, ...]]:
        """The interrupts that hold, and those that may, of whose questions none is still to be asked."""
        counted, flags = self.functions.effective(self._whole(answers))
        pending = self._asked_of_flags(flags)[0].difference(answered)
        holding, still_open = (
            tuple(
                ground
                for ground in map(self.rule_set.ground.__getitem__, names)
                if ground.interrupt and pending.isdisjoint(self.names.depends_on(ground.when.tree))
            )
            for names in self.functions.observe(counted)
        )
        return holding, still_open

    # --- texts ---

    def shown_blocks(self, blocks: Blocks, answers: Answers, outcome: Outcome) -> tuple[Block, ...]:
        """The blocks whose condition holds."""
        counted, _ = self.functions.effective(self._whole(answers))
        underlying = outcome.underlying.category if outcome.underlying else None
        inputs = (counted, outcome.category, underlying, outcome.possible, outcome.grounds)
        return tuple(block for block in blocks if block.when is None or self._condition(block.when)(*inputs))

    def _condition(self, expression: Expression) -> Callable[..., bool]:
        if expression.text not in self._conditions:
            self._conditions[expression.text] = compile_condition(self.rule_set, expression.tree)
        return self._conditions[expression.text]


def _answered_names(names: Sequence[str], state: State) -> tuple[str, ...]:
    """Those of the questions to which the answer set says something."""
    return tuple([name for name in names if state[name] is not None and state[name] != UNSURE])
