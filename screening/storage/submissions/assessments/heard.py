"""What was heard on calls: kept apart from what the person gave, and no answer takes it away.

A submission is as dangerous as the answers and what was heard make it together: each emergency that was heard is one
more reason to call first, whatever is corrected or settled afterwards, until it is taken back as a mistake.
"""

from __future__ import annotations

from typing import Any

from screening.storage.store import Members
from screening.storage.submissions.assessments.versions import AssessmentRecord, counts_of
from screening.storage.submissions.record.records import Submission

HEARD = "heard"
"""The member of a row that has the signs of each emergency, as `question/option`; none where nobody ticked any."""
SIGNS = "signs"
"""The member of an event that has those of one."""


def heard_in(members: Members) -> list[list[str]]:
    """The signs of each emergency that was heard."""
    return [list(signs) for signs in members.get(HEARD, ())]


def all_heard(members: Members) -> list[str]:
    """The signs of all emergencies that were heard."""
    return [sign for signs in heard_in(members) for sign in signs]


def with_heard(members: Members, signs: tuple[str, ...]) -> Members:
    """The members of a row once one more emergency was heard."""
    return {**members, HEARD: [*heard_in(members), list(signs)]}


def without_last_heard(members: Members) -> Members:
    """The members of a row once the latest one was taken back."""
    return {**members, HEARD: heard_in(members)[:-1]}


def counts_with_heard(submission: Submission, assessment: AssessmentRecord) -> dict[str, Any]:
    """The plain columns that follow from another assessment of a submission and from what was heard."""
    counts = counts_of(assessment)
    return {**counts, "call_first": assessment.call_first + len(heard_in(submission.row_members))}
