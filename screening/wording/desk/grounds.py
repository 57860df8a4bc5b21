"""Every ground of the rules with how it stands, what the person said about it, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screening.ruleset.engine.ground_status import GroundStatus, GroundStatuses
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.desk.conditions import Condition, condition_in_words
from screening.wording.document.answers import answer_in_words
from screening.wording.document.blocks import SourceEntry
from screening.wording.language.languages import N_, Language
from screening.wording.summary.context import SummaryContext

SIGNS: Mapping[GroundStatus, str] = MappingProxyType(
    {GroundStatus.MET: "✓", GroundStatus.NOT_SURE: "?", GroundStatus.NOT_ASKED: "…", GroundStatus.NOT_MET: "–"}
)
"""One sign each, so that no two look alike in black and white."""
WORDS: Mapping[GroundStatus, str] = MappingProxyType(
    {
        GroundStatus.MET: N_("met"),
        GroundStatus.NOT_SURE: N_("not sure"),
        GroundStatus.NOT_ASKED: N_("not asked"),
        GroundStatus.NOT_MET: N_("not met"),
    }
)


@dataclass(frozen=True, slots=True)
class GroundAnswer:
    """An answer that a ground reads."""

    question: str
    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class GroundRow:
    """One ground."""

    id: str
    status: GroundStatus
    sign: str
    word: str
    text: str
    """What the person reads where it is met, what is open where that is not sure, else the condition."""
    condition: Condition
    answers: tuple[GroundAnswer, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroundGroup:
    """The grounds of one category."""

    category: str
    rows: tuple[GroundRow, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Every ground, and the sources that they cite."""

    groups: tuple[GroundGroup, ...]
    """All of them, by category in the order of the rules."""
    sources: tuple[SourceEntry, ...]

    @property
    def decisive(self) -> tuple[GroundGroup, ...]:
        """Those that are met, then those that somebody was not sure of: what decides, and what may change it."""
        return self._with(GroundStatus.MET, GroundStatus.NOT_SURE)

    @property
    def others(self) -> tuple[GroundGroup, ...]:
        """Those that are not met or were not asked."""
        return self._with(GroundStatus.NOT_MET, GroundStatus.NOT_ASKED)

    def _with(self, *statuses: GroundStatus) -> tuple[GroundGroup, ...]:
        """Group by group those that stand so, in the order of these statuses."""
        groups = (
            GroundGroup(group.category, tuple(row for status in statuses for row in group.rows if row.status is status))
            for group in self.groups
        )
        return tuple(group for group in groups if group.rows)


def conditions_by_ground(rule_set: RuleSet, language: Language) -> Mapping[str, Condition]:
    """The condition of each ground in words; the same whatever somebody answered."""
    grounds = [ground for rule in rule_set.rules for ground in rule.grounds]
    return {ground.id: condition_in_words(ground.when.tree, rule_set, language) for ground in grounds}


def ground_rows(context: SummaryContext, statuses: GroundStatuses, conditions: Mapping[str, Condition]) -> Grounds:
    """Ground by ground, in the order of the rules. `conditions`: those of each ground in words."""
    own = statuses.of(context.plain, context.outcome)
    groups = tuple(
        GroundGroup(
            context.rule_set.category[rule.category].name,
            tuple(_row(conditions[ground.id], ground.id, own[ground.id], context, statuses) for ground in rule.grounds),
        )
        for rule in context.rule_set.rules
    )
    return Grounds(groups, context.citations.entries(context.language))


def _row(
    condition: Condition, name: str, status: GroundStatus, context: SummaryContext, statuses: GroundStatuses
) -> GroundRow:
    ground = context.rule_set.ground[name]
    still_open = context.fill(ground.open)
    texts = {
        GroundStatus.MET: context.fill(ground.because),
        GroundStatus.NOT_SURE: still_open[:1].upper() + still_open[1:],
    }
    return GroundRow(
        id=name,
        status=status,
        sign=SIGNS[status],
        word=context.say(WORDS[status]),
        text=texts.get(status) or condition.sentence,
        condition=condition,
        answers=_answers_read(name, context, statuses),
        sources=context.citations.cite(ground.sources),
    )


def _answers_read(name: str, context: SummaryContext, statuses: GroundStatuses) -> tuple[GroundAnswer, ...]:
    """What the person was asked of what the ground reads."""
    reads = statuses.questions(name) & context.outcome.asked
    return tuple(
        GroundAnswer(
            question.id,
            question.label,
            answer_in_words(question, context.input.answers.get(question.id), context.language),
        )
        for question in context.rule_set.questions
        if question.id in reads
    )
