"""What the API answers about answer sets, as the members of JSON objects: outcomes, what is asked next, batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from screening.api.answers import read_answers
from screening.api.bodies import answers_body, read_json
from screening.api.problems import Mistake, ProblemError
from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.pages_left import page_counter
from screening.ruleset.model.rule_set import Ground, RuleSet
from screening.ruleset.reading.answer_types import Answer
from screening.runtime import Service
from screening.wording.document.explained_outcome import explained_members
from screening.wording.document.review_state import review_notice
from screening.wording.document.told_values import filled
from screening.wording.language.languages import language

MOST_LINES = 1000
"""Answer sets of one batch."""
MOST_LINE = 64 * 1024
"""Bytes of one of its lines, as of every other body."""
EXPLAIN = {"explain": (True, False)}
NO_OPTIONS: Mapping[str, tuple[object, ...]] = {}


def standing(service: Service) -> dict[str, object]:
    """What stands beside every outcome: what the rules are worth today, and that it is no advice."""
    review = service.review
    own_language = language(service.rules.rule_set.language)
    return {
        "review": {
            "signed": review.signed,
            "notice": review_notice(review, own_language),
            "valid_until": review.valid_until.isoformat() if review.valid_until else None,
            "served_unreviewed_by": service.settings.serve_unreviewed if not review.signed else "",
        },
        "test": service.is_test,
        "not_advice": service.rules.rule_set.disclaimer,
    }


def sent_answers(
    data: Any,
    rule_set: RuleSet,
    parts_off: frozenset[str],
    options: Mapping[str, tuple[object, ...]],
    *,
    whole: bool,
) -> tuple[dict[str, Answer], Mapping[str, object]]:
    """The answers in a body and its other members; raises `ProblemError` (422) with every mistake in it."""
    body, mistakes = answers_body(data, options)
    answers, wrong = read_answers(body.answers, rule_set, parts_off, whole=whole)
    all_mistakes: list[Mistake] = [*mistakes, *wrong] if isinstance(data, dict) else mistakes
    if all_mistakes:
        raise ProblemError(422, "answers", "Some of it cannot be read", all_mistakes)
    return answers, body.options


def evaluated(data: Any, service: Service) -> dict[str, object]:
    """The outcome of the answers in a body."""
    answers, options = sent_answers(data, service.rules.rule_set, service.parts_off, EXPLAIN, whole=True)
    explain = options.get("explain", True) is True
    outcome = explained_members(service.rules, answers, date.today(), explain=explain, parts_off=service.parts_off)
    return outcome | standing(service)


def next_members(data: Any, service: Service) -> dict[str, object]:
    """What does not wait for the rest, what is asked next, and what is left after the answers in a body."""
    answers, _ = sent_answers(data, service.rules.rule_set, service.parts_off, NO_OPTIONS, whole=False)
    rules, engine = service.rules, service.engine
    plain = plain_answers(rules.rule_set, answers, date.today())
    asked = engine.asked_questions(plain)
    left = [question.id for question in rules.rule_set.questions if question.id in asked and question.id not in answers]
    page = rules.rule_set.page_of[left[0]] if left else None
    certain = engine.interrupts(plain, answers.keys())
    still_open = () if any(ground.speed for ground in certain) else engine.open_interrupts(plain, answers.keys())
    return {
        "interrupts": [_interrupt(ground, ground.because, engine, answers) for ground in certain],
        "may_need_help": [_interrupt(ground, ground.open, engine, answers) for ground in still_open],
        "page": {"id": page.id, "title": page.title} if page else None,
        "ask": [name for name in left if page and rules.rule_set.page_of[name].id == page.id],
        "left": left,
        "at_most_pages": page_counter(engine).most_left(plain, answers.keys()),
        "ignored": [name for name in answers if name not in asked],
        "rules": rules.identity,
        **standing(service),
    }


def _interrupt(ground: Ground, text: str, engine: Engine, answers: Mapping[str, Answer]) -> dict[str, object]:
    rule_set = engine.rule_set
    own_language = language(rule_set.language)
    return {
        "ground": ground.id,
        "category": rule_set.category_of[ground.id],
        "speed": ground.speed or None,
        "text": filled(text, engine, answers, plain_answers(rule_set, answers, date.today()), own_language),
    }


def _line(line: bytes) -> Any:
    if len(line) > MOST_LINE:
        raise ProblemError(413, "too_large", "Too much was sent", detail="A line may have 64 kB.")
    return read_json(line)


def batch_lines(content: bytes, service: Service) -> Iterator[dict[str, object]]:
    """For each line of a batch its outcome, or what is wrong with it; blank lines count and are passed over."""
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise ProblemError(413, "too_large", "Too much was sent", detail=f"Send at most {MOST_LINES} lines at once.")
    for number, line in lines:
        try:
            yield {"line": number, "outcome": evaluated(_line(line), service)}
        except ProblemError as problem:
            yield {"line": number, "problem": problem.members}
