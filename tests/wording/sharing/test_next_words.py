"""What the person reads of what is next: what was promised, and nothing that is past."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from screening.storage.database.rows import SubmissionRow
from screening.storage.submissions.record.records import Step
from screening.wording.language.languages import language
from screening.wording.sharing.next_words import what_is_next
from tests.support.every import for_every

NOW = datetime(2026, 11, 30, 9, 12).astimezone()
DUE = datetime(2026, 12, 1, 17, 0).astimezone()
NOTHING: dict[str, None] = dict.fromkeys(SubmissionRow.__slots__)
ROW = replace(SubmissionRow(**NOTHING), due_at=DUE)  # type: ignore[arg-type]


def told(step: Step, call_from: datetime | None = None, papers: tuple[str, ...] = ()) -> str:
    return " ".join(what_is_next(replace(ROW, step=step), call_from, papers, NOW, language("en")))


def test_when_they_are_called_is_told_as_it_was_promised() -> None:
    begins = DUE.replace(hour=15)
    assert told(Step.CALL_BACK, begins) == "The clinic calls you again on 1 December 2026, between 15:00 and 17:00."
    assert told(Step.CALL_BACK, DUE) == "The clinic calls you on 1 December 2026 at 17:00."
    assert told(Step.CALL_BACK) == ""


def test_what_to_bring_is_named() -> None:
    assert "by 1 December 2026: a letter and a scan." in told(Step.PAPERS, papers=("a letter", "a scan"))
    assert "the papers that the clinic named" in told(Step.PAPERS)


@pytest.mark.parametrize("step", [Step.WAIT, Step.ANSWER, Step.CLINICIAN])
def test_until_when_it_waits_is_told(step: Step) -> None:
    assert "1 December 2026" in told(step)


def test_that_a_clinician_decides_is_told_without_a_day_and_stays_while_it_is_overdue() -> None:
    for due in (DUE, NOW):
        said = what_is_next(replace(ROW, step=Step.DECISION, due_at=due), None, (), NOW, language("en"))
        assert said == (
            "The clinic could not reach you. A doctor or nurse of the clinic decides what is done next.",
            "Please say here how and when to reach you better.",
        )


@for_every("step", sorted(set(Step) - {Step.DECISION}))
def test_what_is_past_is_told_no_more(step: Step) -> None:
    late = replace(ROW, step=step)
    assert what_is_next(late, DUE, (), DUE, language("en")) == ()
