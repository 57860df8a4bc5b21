"""What the real engine says of the answer sets that the solver finds, so that no finding can be an artefact."""

from __future__ import annotations

from collections.abc import Mapping

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.open_answers import is_open
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.texts import Expression


class Judge:
    """One engine, asked about categories, severity and conditions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.rule_set = engine.rule_set
        self._severity = {category.id: category.severity for category in engine.rule_set.categories}

    def outcome(self, answers: Mapping[str, Plain]) -> Outcome:
        """The outcome of an answer set."""
        return self.engine.evaluate(answers)

    def category(self, answers: Mapping[str, Plain]) -> str:
        """The category of an answer set."""
        return self.engine.evaluate(answers).category

    def is_milder(self, answers: Mapping[str, Plain], than: Mapping[str, Plain]) -> bool:
        """Whether an answer set gives a lower severity than another; categories without one do not compare."""
        one, other = self._severity[self.category(answers)], self._severity[self.category(than)]
        return one is not None and other is not None and one < other

    def holds(self, expression: Expression | None, answers: Mapping[str, Plain]) -> bool:
        """Whether a condition of a guarantee holds for settled answers; without a condition it does."""
        if expression is None:
            return True
        counted, _ = self.engine.functions.effective(self.engine.state(answers))
        holding, _ = self.engine.functions.observe(counted)
        condition = compile_condition(self.rule_set, expression.tree, EvaluationMode.SETTLED)
        return condition(counted, "", None, frozenset(), holding)

    def is_unsure(self, name: str, answers: Mapping[str, Plain]) -> bool:
        """Whether a question is asked and its answer leaves it open."""
        counted, _ = self.engine.functions.effective(self.engine.state(answers))
        return is_open(self.rule_set.question[name], counted[name])
