"""What is told of answer sets of a rule set that stands in no file: every text of the Document, as one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.rulefiles.yaml.parsed import Parsed
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.wording.language.languages import language
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document
from tests.support.rules.interpreter import Given
from tests.wording.summary.random_documents import texts_in


class ToldDocuments:
    """Makes the Document of each answer set of one rule set, with some parts off."""

    def __init__(self, rule_set: RuleSet, parts_off: frozenset[str]) -> None:
        engine = Engine(rule_set)
        self.parts_off = parts_off
        self.rules = LoadedRules(
            path=Path("small.yaml"),
            rule_set=rule_set,
            engine=engine,
            explainer=Explainer(engine),
            hash="0" * 64,
            data={},
            texts=(),
            cases=(),
            completions=0,
            parsed=Parsed(),
        )

    def told(self, answers: Mapping[str, Given]) -> str:
        """All that stands in the parts of the Document."""
        question = self.rules.rule_set.question
        given = {
            name: read_answer(question[name], raw_plain(question[name], answer)) for name, answer in answers.items()
        }
        made = SummaryInput(self.rules, given, language("en"), date(2026, 1, 1), UNREVIEWED, parts_off=self.parts_off)
        return "\n".join(texts_in(result_document(made).parts))
