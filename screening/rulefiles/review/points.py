"""The points of a rule file that a reviewer gives a verdict on: every ground, and what is marked as a judgement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.rulefiles.review.state import Role
from screening.ruleset.model.number_scales import NumberScale
from screening.ruleset.model.rule_set import RuleSet

TRANSLATION = "translation"
"""The one point on which a translator gives a verdict."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to agree or disagree with."""

    id: str
    """Such as `ground.red_flag` or `option.ascites.now`."""
    says: tuple[str, ...] = ()
    """What a person reads."""
    condition: str = ""
    judgement: str = ""
    sources: tuple[str, ...] = ()


def points(rule_set: RuleSet, role: Role) -> tuple[Point, ...]:
    """Everything that somebody who signs in this role gives a verdict on."""
    if role is Role.TRANSLATION:
        return (Point(TRANSLATION),)
    return (*_grounds(rule_set), *_judgements(rule_set))


def _grounds(rule_set: RuleSet) -> Iterator[Point]:
    for ground in rule_set.grounds:
        says = (rule_set.category[rule_set.category_of[ground.id]].name, ground.because)
        yield Point(f"ground.{ground.id}", says, ground.when.text, ground.judgement, ground.sources)


def _judgements(rule_set: RuleSet) -> Iterator[Point]:
    """What is marked `review: needed`, apart from grounds."""
    for value in rule_set.values:
        if value.review:
            yield Point(f"value.{value.id}", (value.label,), value.expression.text, value.judgement, value.sources)
    for note in rule_set.notes:
        if note.review:
            yield Point(f"note.{note.id}", (note.text,), note.when.text, note.judgement, note.sources)
    yield from _scales(rule_set)
    for speed in rule_set.emergency.speeds:
        if speed.review:
            yield Point(f"speed.{speed.id}", (speed.title, *speed.steps), judgement=speed.judgement)
    for question in rule_set.questions:
        for option in question.options:
            if option.review:
                says = (question.text, option.text)
                yield Point(f"option.{question.id}.{option.code}", says, judgement=option.judgement)


def _scales(rule_set: RuleSet) -> Iterator[Point]:
    for scale in rule_set.numbers.scales if rule_set.numbers else ():
        if scale.review:
            says = (rule_set.question[scale.id].label, limits_in_words(scale))
            yield Point(f"scale.{scale.id}", says, judgement=scale.judgement, sources=scale.sources)
    for drawn in rule_set.doctor_paper.scales if rule_set.doctor_paper else ():
        if drawn.review:
            words = (drawn.cut_offs, *(zone.text for zone in drawn.zones))
            yield Point(f"doctor_scale.{drawn.id}", words, judgement=drawn.judgement, sources=drawn.sources)


def limits_in_words(scale: NumberScale) -> str:
    """The usual limits as a rule file writes them."""
    limits = (("usual_from", scale.usual_from), ("usual_to", scale.usual_to))
    return ", ".join(f"{member}: {limit}" for member, limit in limits if limit is not None)
