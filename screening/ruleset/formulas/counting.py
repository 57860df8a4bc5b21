"""What counts as an answer: as given where the question is asked, else what holds where it is not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Is, NumberGiven, PartOn, Ticked, Unsure
from screening.ruleset.language.evaluation_mode import not_asked
from screening.ruleset.model.expression import Node
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet


class Counting(ABC):
    """The answers of one rule set as they count; where each question is asked is found once."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self._asked: dict[str, Formula] = {}

    @abstractmethod
    def asks(self, condition: Node) -> Formula:
        """Where the condition of an `ask_if` holds."""

    def asked(self, name: str) -> Formula:
        """Where a question is asked."""
        if name not in self._asked:
            question = self.rule_set.question[name]
            part = self.rule_set.page_of[name].part
            wanted = self.asks(question.ask_if.tree) if question.ask_if else TRUE
            self._asked[name] = all_of(atom(PartOn(part)) if part else TRUE, wanted)
        return self._asked[name]

    def chosen(self, name: str, options: Iterable[str]) -> Formula:
        """Where the option chosen for a choice question is one of these; one that means "not sure" is as none."""
        question = self.rule_set.question[name]
        codes = frozenset(options) - question.unsure_codes
        default = not_asked(question)
        return self._counted(name, (atom(Is(name, code)) for code in sorted(codes)), by_default=default in codes)

    def ticked(self, name: str, options: Iterable[str]) -> Formula:
        """Where one of these options of a several-choice question is ticked."""
        codes = frozenset(options)
        default = not_asked(self.rule_set.question[name])
        by_default = isinstance(default, frozenset) and not default.isdisjoint(codes)
        return self._counted(name, (atom(Ticked(name, code)) for code in sorted(codes)), by_default=by_default)

    def unsure(self, name: str) -> Formula:
        """Where the options of a several-choice question that are not ticked are not known."""
        default = not_asked(self.rule_set.question[name])
        by_default = isinstance(default, frozenset) and None in default
        return self._counted(name, [atom(Unsure(name))], by_default=by_default)

    def _counted(self, name: str, facts: Iterable[Formula], *, by_default: bool) -> Formula:
        """Where one of some facts is given and the question asked; or not asked, and one of them counts then."""
        asked = self.asked(name)
        given = all_of(asked, any_of(*facts))
        return any_of(given, negation(asked)) if by_default else given

    def something_known(self, question: Question) -> Formula:
        """Where the answer that counts is known; of several choices, where it is whole."""
        match question.type:
            case QuestionType.NUMBER | QuestionType.DATE:
                return all_of(self.asked(question.id), atom(NumberGiven(question.id)))
            case QuestionType.SEVERAL:
                return negation(self.unsure(question.id))
            case QuestionType.CHOICE:
                return self.chosen(question.id, question.option)
            case QuestionType.TEXT:
                return self.chosen(question.id, (WRITTEN,))

    def is_open(self, question: Question) -> Formula:
        """Where the answer that counts is unknown, partly unsure, or one that leaves others open."""
        if question.type is QuestionType.CHOICE:
            return negation(self.chosen(question.id, question.complete_codes))
        return negation(self.something_known(question))

    def meanings(self, question: Question) -> list[tuple[frozenset[str], Formula]]:
        """For each answer to a choice, an unknown one among them, all that may be the truth behind it."""
        classes = [
            (frozenset(option.leaves_open or (option.code,)), self.chosen(question.id, [option.code]))
            for option in question.options
            if not option.means_unsure
        ]
        return [*classes, (frozenset(question.complete_codes), negation(self.chosen(question.id, question.option)))]

    def nothing_said(self, question: Question) -> Formula:
        """Where nothing at all is known of the answer as given."""
        match question.type:
            case QuestionType.NUMBER | QuestionType.DATE:
                return negation(atom(NumberGiven(question.id)))
            case QuestionType.SEVERAL:
                ticks = (atom(Ticked(question.id, code)) for code in tickable(question))
                return all_of(atom(Unsure(question.id)), negation(any_of(FALSE, *ticks)))
            case QuestionType.CHOICE:
                said = question.option.keys() - question.unsure_codes
                return negation(any_of(FALSE, *(atom(Is(question.id, code)) for code in sorted(said))))
            case QuestionType.TEXT:
                return negation(atom(Is(question.id, WRITTEN)))


def tickable(question: Question) -> tuple[str, ...]:
    """The options of a several-choice question that say something themselves, not that none of them is true."""
    return tuple(option.code for option in question.options if not option.exclusive)
