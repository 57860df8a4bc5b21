"""What the book is made of: the rule file, and what was found out about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.analysis.thresholds.crossing import Crossing
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.proof_receipt import Receipt
from screening.rulefiles.review.state import ReviewState
from screening.ruleset.engine.judgements import Variation
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, day_in
from screening.ruleset.model.problem import Path
from screening.ruleset.model.texts import Expression
from screening.wording.authors.judged_day import today_in_words
from screening.wording.document.citations import Citations
from screening.wording.document.expressions import expression_sentence
from screening.wording.language.languages import Language
from screening.wording.summary.quoted_answers import answer_in_plain_words


@dataclass(frozen=True, slots=True)
class MovedPair:
    """One pair of possible sets that some answer set moves between, and the smallest one in words."""

    before: frozenset[str]
    after: frozenset[str]
    shown_by: str

    @property
    def is_settled(self) -> bool:
        """Whether there is one category before and one after."""
        return len(self.before) == len(self.after) == 1


@dataclass(frozen=True, slots=True)
class TriedVariation:
    """What moves where one judgement is made otherwise."""

    variation: Variation
    pairs: tuple[MovedPair, ...]
    undecided: str = ""


@dataclass(frozen=True)
class BookInput:
    """Everything that goes into a book."""

    rules: LoadedRules
    language: Language
    review: ReviewState
    receipt: Receipt | None
    """The receipt of a proof of this very rule set."""
    crossings: tuple[Crossing, ...]
    tried: Mapping[Path, tuple[TriedVariation, ...]] | None
    """For each judgement, by its place in the file, what moves; None where that was not looked for."""
    not_tried: str = ""
    """Why it was not looked for."""


@dataclass(frozen=True)
class Chapters:
    """What every chapter speaks with."""

    input: BookInput
    citations: Citations = field(init=False)

    def __post_init__(self) -> None:
        """Number all sources in the order of the file, so that a number means one source in every chapter."""
        citations = Citations(self.input.rules.rule_set)
        citations.cite(self.input.rules.rule_set.source)
        object.__setattr__(self, "citations", citations)

    def say(self, message: str, **values: object) -> str:
        """A message in the language of the book."""
        return self.input.language.gettext(message, **values)

    def sentence(self, expression: Expression) -> str:
        """A condition or value as a sentence."""
        return expression_sentence(expression.tree, self.input.rules.rule_set, self.input.language)

    def name_with_line(self, name: str, path: Path) -> str:
        """An id, and the line in which its part of the file begins."""
        return self.say("%(name)s (line\u00a0%(line)s)", name=name, line=self.input.rules.line(path))

    def category(self, name: str) -> str:
        """The short name of a category."""
        return self.input.rules.rule_set.category[name].name

    def categories(self, names: frozenset[str]) -> str:
        """Categories in the order of the file; several of them are all still possible."""
        quoted = [f"“{category.name}”" for category in self.input.rules.rule_set.categories if category.id in names]
        return self.input.language.any_of(quoted)

    def today(self, answers: Mapping[str, Plain]) -> str:
        """The day that is today in an answer set with dates."""
        return today_in_words(day_in(answers), self.input.language)

    def answers(self, answers: Mapping[str, Plain]) -> str:
        """An answer set in one line."""
        questions = self.input.rules.rule_set.question
        pairs = [self.today(answers)] if TODAY in answers else []
        for name, answer in answers.items():
            if name == TODAY:
                continue
            question = questions[name]
            unit = f" {question.stored_unit.counted}" if question.units else ""
            pairs.append(f"{question.label}: {answer_in_plain_words(question, answer, self.input.language)}{unit}")
        return "; ".join(pairs) or self.say("nothing in particular")
