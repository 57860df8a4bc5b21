"""How open strict answers are completed: which questions by themselves and which together, and in which order.

Two readers go by it: the loops of generated code, and those who look at completions one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from screening.ruleset.compiler.classes.date_cells import cells_of_question
from screening.ruleset.compiler.classes.number_cells import NumberCells
from screening.ruleset.compiler.classes.option_classes import OptionClasses, strict_classes
from screening.ruleset.compiler.completions.reachable_sums import ReachableSums
from screening.ruleset.compiler.completions.sum_finding import SumFinder
from screening.ruleset.compiler.completions.sum_kinds import kind_of_sums
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain, State, Witness
from screening.ruleset.model.expression import Node
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import Ground, Rule, RuleSet

MAX_COMPLETIONS = 4_096
"""A rule set with more completions of an empty answer set to go through than this is refused."""
MAX_LOOPS = 16
"""Strict questions that are completed by themselves: generated code holds one loop each, and Python takes twenty."""


@dataclass(frozen=True, eq=False)
class Alone:
    """A strict question that is completed by itself."""

    classes: OptionClasses

    @property
    def questions(self) -> tuple[str, ...]:
        """The question."""
        return (self.classes.question.id,)

    @property
    def names(self) -> tuple[str, ...]:
        """How the rules of the plan name it: as their author did."""
        return self.questions

    @property
    def completions(self) -> int:
        """How many completions are gone through where nothing is known."""
        return self.classes.completions

    def ways(self, answers: Mapping[str, Plain]) -> Iterator[Witness]:
        """What stands for all completions of an answer."""
        answer = answers[self.classes.question.id]
        several = self.classes.question.type is QuestionType.SEVERAL
        if several:
            ticks = answer if isinstance(answer, frozenset) else frozenset({None})
            yield from ((completion,) for completion in self.classes.several_candidates(ticks))
            return
        code = answer if isinstance(answer, str) else None
        yield from ((option,) for option in self.classes.choice_candidates()[code])


@dataclass(frozen=True, eq=False)
class Together:
    """Strict choices of which only sums count."""

    names: tuple[str, ...]
    """How the rules of the plan name their sums."""
    sums: ReachableSums

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions, in question order."""
        return self.sums.questions

    @property
    def completions(self) -> int:
        """How many completions are gone through where nothing is known."""
        return self.sums.completions

    def ways(self, answers: Mapping[str, Plain]) -> Iterator[Witness]:
        """What stands for all completions of answers to the questions."""
        for _, options in self.sums.ways([answers[name] for name in self.questions]):
            yield options


@dataclass(frozen=True, eq=False)
class OfNumber:
    """A strict number or date: what stands for it depends on the answers that are compared with it."""

    cells: NumberCells

    @property
    def questions(self) -> tuple[str, ...]:
        """The question."""
        return (self.cells.question.id,)

    @property
    def names(self) -> tuple[str, ...]:
        """How the rules of the plan name it: as their author did."""
        return self.questions

    @property
    def completions(self) -> int:
        """About how many completions are gone through where nothing is known."""
        return self.cells.completions

    def ways(self, answers: Mapping[str, Plain]) -> Iterator[Witness]:
        """What stands for all completions, the other answers being complete."""
        for number in self.cells.numbers(answers):
            yield (number,)


Group = Alone | Together | OfNumber


@dataclass(frozen=True)
class CompletionPlan:
    """The strict questions of one rule set in groups, and its rules as they read these."""

    groups: tuple[Group, ...]
    """In the order of their first questions; numbers last, as they are compared with what was answered."""
    rules: tuple[Rule, ...]
    names: SymbolTable
    """What the names in these rules stand for."""

    @property
    def loops(self) -> tuple[Group, ...]:
        """The groups that rules read, by the first ground that does, so that early rules close branches early."""
        order: dict[Group, None] = {}
        for rule in self.rules:
            for ground in rule.grounds:
                read = self.names.questions_in(ground.when.tree)
                order.update((group, None) for group in self.groups if not read.isdisjoint(group.names))
        return tuple(sorted(order, key=_place))

    @property
    def completions(self) -> int:
        """How many completions of an empty answer set are gone through."""
        return prod(group.completions for group in self.groups)

    @property
    def is_feasible(self) -> bool:
        """Whether a rule file may have as much to go through."""
        return self.completions <= MAX_COMPLETIONS and len(self.loops) <= MAX_LOOPS

    def groups_of(self, questions: frozenset[str]) -> tuple[Group, ...]:
        """The groups to which some questions belong."""
        return tuple(group for group in self.groups if not questions.isdisjoint(group.questions))


def _place(group: Group) -> int:
    """Numbers come after choices, and of these last the ones that are completed only where they are bounds."""
    return 0 if not isinstance(group, OfNumber) else 1 if group.cells.question.strict else 2


def completions_of(groups: Sequence[Group], answers: Mapping[str, Plain]) -> Iterator[State]:
    """What stands for all completions of the answers to the questions of some groups; each is complete for the next."""
    if not groups:
        yield {}
        return
    group, *others = groups
    for way in group.ways(answers):
        completion = dict(zip(group.questions, way, strict=True))
        for more in completions_of(others, {**answers, **completion}):
            yield {**completion, **more}


def plan_completions(
    rule_set: RuleSet,
    classes: Sequence[OptionClasses] | None = None,
    conditions: Iterable[Node] = (),
    *,
    values_vary: bool = False,
    bounded: bool = False,
) -> CompletionPlan:
    """The plan for a checked rule set; completions are told apart by further conditions too.

    `classes`, where they were found already, must be told apart by these too. `values_vary`: what stands for values is
    not what the answers make of them, so that no two sums are alike. `bounded`: required numbers may be bounds, which
    are completed after all else.
    """
    classes = strict_classes(rule_set) if classes is None else classes
    names = SymbolTable.of(rule_set)
    told_by = [*(ground.when.tree for ground in rule_set.grounds), *conditions]
    asked = [question for question in rule_set.questions if question.type in (QuestionType.NUMBER, QuestionType.DATE)]
    completed = [question for question in asked if question.strict]
    completed += [question for question in asked if question.required and not question.strict] if bounded else []
    numbers = tuple(OfNumber(cells_of_question(question, told_by, names)) for question in completed)
    finder = SumFinder(names, told_by, classes)
    if not finder.together:
        return CompletionPlan((*map(Alone, classes), *numbers), rule_set.rules, names)
    if not values_vary:
        written = [finder.written(condition) for condition in finder.conditions]
        for placed, sums in finder.together:
            sums.merge(kind_of_sums(placed, written, finder.names))
    rules = tuple(
        replace(rule, grounds=tuple(_written(ground, finder) for ground in rule.grounds)) for rule in rule_set.rules
    )
    return CompletionPlan((*_groups(finder, classes), *numbers), rules, finder.names)


def _groups(finder: SumFinder, classes: Iterable[OptionClasses]) -> Iterator[Group]:
    together = {sums.questions[0]: Together(placed, sums) for placed, sums in finder.together}
    items = {name for group in together.values() for name in group.questions}
    for option_class in classes:
        name = option_class.question.id
        if name in together:
            yield together[name]
        elif name not in items:
            yield Alone(option_class)


def _written(ground: Ground, finder: SumFinder) -> Ground:
    return replace(ground, when=replace(ground.when, tree=finder.written(ground.when.tree)))
