"""Two rule sets that are compared, whatever compares them: nothing here needs the solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rule sets, and the language in which they are compared."""

    old: RuleSet
    new: RuleSet
    language: Language

    def question(self, name: str) -> Question:
        """A question as the new form asks it, or as the old one does that alone has it."""
        return self.new.question.get(name) or self.old.question[name]

    def category(self, name: str) -> str:
        """The name of a category, with its id."""
        rule_set = self.new if name in self.new.category else self.old
        return f"{rule_set.category[name].name} [{name}]"

    def categories(self, names: Iterable[str]) -> str:
        """Categories in the order of the file."""
        names_in_order = [self.category(name) for name in self.category_order if name in set(names)]
        return "; ".join(names_in_order) or self.language.gettext("none")

    @property
    def category_order(self) -> tuple[str, ...]:
        """The categories in the order of the new file, and then those of the old one alone."""
        return tuple({**self.new.category, **self.old.category})
