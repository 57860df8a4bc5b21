"""Judging a submission anew with an answer that was settled, by the rules that judged it before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from screening.review.opened import Opened
from screening.ruleset.reading import Answer
from screening.storage.clock import now
from screening.storage.submissions import Kept, change
from screening.storage.versions import amend, counts_of
from screening.wording.judging import judged, safety_texts
from screening.wording.language import language
from screening.wording.telling import SummaryInput, Telling


def amended_input(opened: Opened, question: str, answer: Answer) -> SummaryInput:
    """The latest input with one answer set, told in the rule set's own language."""
    before = opened.telling.given
    answers = {**before.answers, question: answer}
    return replace(before, answers=answers, language=language(opened.rules.rule_set.language))


def keep_amended(connection: Connection, kept: Kept, given: SummaryInput, by: str) -> int:
    """Keep the judgement of what was said on the telephone beside the earlier ones; its number."""
    made = judged(given)
    number = amend(connection, kept, made, by)
    row = {**kept.row_members, "safety": list(safety_texts(Telling(given)))}
    columns: Any = {**counts_of(made), "contacted_at": kept.row.contacted_at or now()}
    change(connection, kept, row=row, **columns)
    return number
