"""The smallest answer set that still shows something: what can be left out, or made ordinary, is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screening.analysis.solver.typed_bounds import are_same, typed_number
from screening.analysis.solver.witness import Answers
from screening.ruleset.compiler.classes.option_classes import option_tests, rule_conditions
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Bound, Plain
from screening.ruleset.model.expression import Node
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet

Shows = Callable[[Answers, Answers], bool]
"""Whether an answer set (and a second one, where there are two) shows what is to be shown."""


class Minimiser:
    """Makes answer sets of one rule set small."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        names = SymbolTable.of(rule_set)
        in_rules = rule_conditions(rule_set)
        anywhere = [names.inline(place.expression.tree) for place in places(rule_set)]
        self._ordinary = {question.id: _ordinary(question, in_rules, anywhere) for question in rule_set.questions}

    def smallest(self, answers: Answers, changed: Answers, shows: Shows) -> tuple[Answers, Answers]:
        """The answers without those that can be left out, tried in question order; the pair's difference stays.

        A strict answer cannot be left out without opening other categories: it is made ordinary where that
        shows the same, such as "never". That may let an earlier one go: so until nothing changes.
        """
        before: Answers | None = None
        while before is None or not _are_same_sets(before, answers):
            before = answers
            answers, changed = self._smaller(answers, changed, shows)
        return answers, changed

    def _smaller(self, answers: Answers, changed: Answers, shows: Shows) -> tuple[Answers, Answers]:
        names = answers.keys() | changed.keys()
        differing = {name for name in names if not are_same(answers.get(name), changed.get(name))}
        for name in self.rule_set.question:
            if name not in differing and name in answers:
                for simpler in self._simpler(name, answers[name]):
                    one, other = _with(answers, name, simpler), _with(changed, name, simpler)
                    if still(shows, one, other):
                        answers, changed = one, other
                        break
        return answers, changed

    def _simpler(self, name: str, answer: Plain) -> Iterator[Plain]:
        """What may stand in place of an answer, the simplest first."""
        if not self.rule_set.question[name].strict:
            yield None
        if isinstance(answer, Bound):
            yield typed_number(answer)
        if self._ordinary[name] is not None and self._ordinary[name] != answer:
            yield self._ordinary[name]

    def ordinary(self) -> Answers:
        """The answer set that says nothing that a rule looks for; a required number has no ordinary answer."""
        return {name: answer for name, answer in self._ordinary.items() if answer is not None}

    def is_ordinary(self, name: str, answer: Plain) -> bool:
        """Whether an answer says nothing that a rule looks for."""
        return not isinstance(answer, Bound) and answer == self._ordinary[name]


def _ordinary(question: Question, in_rules: list[Node], anywhere: list[Node]) -> Plain:
    """The answer of which rules, and then other conditions, speak least; None for lenient ones: to leave them out."""
    if question.type is QuestionType.SEVERAL and question.exclusive_codes:
        return frozenset()
    if question.type is not QuestionType.CHOICE or not question.strict:
        return None

    rules, _ = option_tests(question, in_rules)
    others, _ = option_tests(question, anywhere)

    def spoken_of(code: str) -> tuple[int, int]:
        return sum(code in rule for rule in rules), sum(code in other for other in others)

    return min(reversed(question.complete_codes), key=spoken_of)


def _are_same_sets(one: Answers, other: Answers) -> bool:
    return one.keys() == other.keys() and all(are_same(answer, other[name]) for name, answer in one.items())


def _with(answers: Answers, name: str, answer: Plain) -> Answers:
    rest = {key: other for key, other in answers.items() if key != name}
    return rest if answer is None else {**rest, name: answer}


def still(shows: Shows, answers: Answers, changed: Answers) -> bool:
    """Whether smaller answer sets show the same; one without an outcome shows nothing."""
    try:
        return shows(answers, changed)
    except ValueError:
        return False
