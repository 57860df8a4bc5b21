"""Which answers do not fit together, where an outcome is of the kind *disagree*.

For a category that is not possible now: the fewest answers that stand against it, and the fewest of the others that
keep it possible without them. What fails names answers of which one must change (see `blaming`), and only these are
tried, fewest first: so the first set that does is a smallest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import UNSURE, Engine
from screening.ruleset.engine.read_answers import NOT_FALSE, NOT_TRUE, TRUE, Blame, Wanted, holding_parts
from screening.ruleset.language.ranges import RangeReader, answer_range
from screening.ruleset.model.answers import State
from screening.ruleset.model.expression import Node
from screening.ruleset.model.outcome import Disagreement, Outcome
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import Ground, Kind

LIMIT = 1_000
"""Answer sets tried for one outcome before it gives up and says so."""

Chosen = frozenset[str]
Judge = Callable[[Chosen], Chosen | None]
"""What is wrong with a set of answers: None if nothing, else questions of which one must be added to it."""


class _LimitError(Exception):
    """As many answer sets were tried as may be."""


@dataclass
class _Trial:
    """A category that is not possible, and the answer sets tried for it."""

    category: str
    left: int


class DisagreementSearch:
    """Finds what does not fit together; made once for an engine."""

    def __init__(self, engine: Engine, limit: int = LIMIT) -> None:
        self._engine = engine
        self._limit = limit
        self._place = {question.id: index for index, question in enumerate(engine.rule_set.questions)}

    def disagreements(self, state: State, outcome: Outcome) -> tuple[tuple[Disagreement, ...], bool]:
        """One for each category that something stands against, and whether nothing was left untried."""
        if outcome.kind is not Kind.DISAGREE:
            return (), True
        answered = [name for name in self._place if name in outcome.asked and state[name] not in (None, UNSURE)]
        pairs: list[Disagreement] = []
        complete = True
        for rule in self._engine.rule_set.rules:
            category = self._engine.rule_set.category[rule.category]
            if category.overrides or category.id in {*outcome.possible, self._engine.rule_set.undetermined.category}:
                continue
            try:
                pair = self._pair(_Trial(category.id, self._limit), state, answered)
            except _LimitError:
                complete = False
            else:
                pairs += [pair] if pair else []
        return tuple(pairs) or (
            Disagreement(None, self._in_order(self._questions_read(state, outcome, answered)), ()),
        ), complete

    def _pair(self, trial: _Trial, state: State, answered: list[str]) -> Disagreement | None:
        required = {question.id for question in self._engine.rule_set.questions if question.required}
        free = frozenset(answered) - required
        against = self._smallest(trial, free, lambda chosen: self._stands(trial, self._without(state, chosen)))
        if against is None:
            return None
        rest = self._without(state, against)
        others = free - against
        supporting = self._smallest(
            trial, others, lambda chosen: self._fails(trial, self._without(rest, others - chosen))
        )
        if not supporting:  # then what is required speaks for it, if anything does
            supporting = self._grounds_read(trial.category, rest) & required
        return Disagreement(trial.category, self._in_order(against), self._in_order(supporting))

    def _smallest(self, trial: _Trial, free: Chosen, wrong: Judge) -> Chosen | None:
        """A smallest set of answers with which nothing is wrong; of several the first in question order."""
        level: set[Chosen] = {frozenset()}
        while level:
            following: set[Chosen] = set()
            for chosen in sorted(level, key=lambda names: sorted(self._place[name] for name in names)):
                if trial.left == 0:
                    raise _LimitError
                trial.left -= 1
                blamed = wrong(chosen)
                if blamed is None:
                    return chosen
                following.update(chosen | {name} for name in (blamed & free) - chosen)
            level = following
        return None

    # --- what is wrong with a set of answers ---

    def _stands(self, trial: _Trial, state: State) -> Chosen | None:
        """Whether a ground of the category holds and the category is possible; else what that hangs on."""
        holding, blame = self._judge(state)
        trees = {ground.id: ground.when.tree for ground in self._grounds(trial.category)}
        if not any(tree in holding for tree in trees):
            return self._any(blame, trees.values(), TRUE)
        return self._fails(trial, state)

    def _fails(self, trial: _Trial, state: State) -> Chosen | None:
        """None where the category is possible; else what that hangs on."""
        if trial.category in self._engine.possible(state):
            return None
        holding, blame = self._judge(state)
        before = self._before(trial.category)
        certain = next((ground for ground in before if ground.id in holding), None)
        if certain:
            return blame.of(certain.when.tree, NOT_TRUE)
        own = [ground.when.tree for ground in self._grounds(trial.category)]
        if all(blame.is_false(ground) for ground in own):
            return self._any(blame, own, NOT_FALSE)
        names = self._engine.names
        return frozenset[str]().union(*(names.depends_on(ground) for ground in (*own, *(g.when.tree for g in before))))

    def _judge(self, state: State) -> tuple[frozenset[str], Blame]:
        """The grounds that hold for certain, and what conditions hang on, strict choices being what may be true."""
        engine = self._engine
        counted, _ = engine.functions.effective(state)
        holding, _ = engine.functions.observe(counted)
        ranged = {question.id: answer_range(question, counted[question.id]) for question in engine.rule_set.questions}
        return frozenset(holding), Blame(engine.names, RangeReader(engine.names, ranged, undecided=None))

    @staticmethod
    def _any(blame: Blame, trees: Iterable[Node], wanted: Wanted) -> Chosen:
        return frozenset[str]().union(*(blame.of(tree, wanted) for tree in trees))

    def _grounds(self, category: str) -> tuple[Ground, ...]:
        return tuple(
            ground for rule in self._engine.rule_set.rules if rule.category == category for ground in rule.grounds
        )

    def _before(self, category: str) -> tuple[Ground, ...]:
        """The grounds of the rules before the category's."""
        rules = self._engine.rule_set.rules
        own = next(index for index, rule in enumerate(rules) if rule.category == category)
        return tuple(ground for rule in rules[:own] for ground in rule.grounds)

    # --- answers ---

    def _without(self, state: State, names: Iterable[str]) -> State:
        """The answer set with these questions not answered."""
        questions = self._engine.rule_set.question
        return {
            **state,
            **{name: UNSURE if questions[name].type is QuestionType.SEVERAL else None for name in names},
        }

    def _in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=self._place.__getitem__))

    def _grounds_read(self, category: str, state: State) -> frozenset[str]:
        """The questions that the category's grounds that hold read."""
        holding, _ = self._judge(state)
        read = (
            self._engine.names.questions_in(ground.when.tree)
            for ground in self._grounds(category)
            if ground.id in holding
        )
        return frozenset[str]().union(*read)

    def _questions_read(self, state: State, outcome: Outcome, answered: list[str]) -> frozenset[str]:
        """The answers that the parts of `disagree_when` that hold read."""
        engine = self._engine
        counted, _ = engine.functions.effective(state)
        inputs = (counted, outcome.category, None, outcome.possible, outcome.grounds)
        tree = engine.rule_set.undetermined.disagree_when.tree
        holding = [
            part for part in holding_parts(tree, engine.names) if compile_condition(engine.rule_set, part)(*inputs)
        ]
        return frozenset[str]().union(*map(engine.names.questions_in, holding)).intersection(answered)
