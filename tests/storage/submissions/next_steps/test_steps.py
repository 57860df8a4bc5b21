"""What is next and by when: at every moment of a history an open submission has one step, due at one time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import pytest

from screening.config.clinic_hours import USUAL_HOURS, ClinicHours
from screening.storage.submissions.next_steps.steps import (
    CHOSEN,
    MOST_TRIES,
    Calendar,
    Decision,
    Standing,
    StandingError,
    Try,
    after_closing,
    after_correction,
    after_decision,
    after_emergency,
    after_hearing,
    after_new_number,
    after_reaching,
    after_reopening,
    after_try,
)
from screening.storage.submissions.record.records import OPEN, State, Step

OFFICE = ClinicHours((*[(time(8, 30), time(17))] * 5, (time(9), time(12)), None), frozenset({date(2026, 12, 25)}))
FRIDAY = date(2026, 12, 4)


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock).astimezone()


def calendar(best_time: str = "", hours: ClinicHours = OFFICE, day: date = FRIDAY) -> Calendar:
    return Calendar(at(day, time(10)), hours, best_time)


NEW = Standing(State.NEW, Step.FIRST_CALL, at(FRIDAY, time(23, 59, 59)))


def test_a_try_is_followed_by_a_call_on_the_next_working_day_at_their_time() -> None:
    for best_time, day, begins, ends in (
        ("", date(2026, 12, 5), time(9), time(12)),
        ("any", date(2026, 12, 5), time(9), time(12)),
        ("morning", date(2026, 12, 5), time(9), time(12)),
        ("afternoon", date(2026, 12, 7), time(12), time(17)),
        ("evening", date(2026, 12, 5), time(9), time(12)),  # it never works then
    ):
        after = after_try(NEW, Try.NO_ANSWER, calendar(best_time), has_warning=False)
        assert (after.step, after.tries) == (Step.CALL_BACK, 1)
        assert (after.call_from, after.due_at) == (at(day, begins), at(day, ends)), best_time


def test_a_holiday_and_a_weekend_are_no_working_days() -> None:
    after = after_try(NEW, Try.BUSY, calendar("morning", day=date(2026, 12, 24)), has_warning=True)
    assert after.due_at == at(date(2026, 12, 26), time(12))
    assert after_reaching(Step.CLINICIAN, calendar(day=date(2026, 12, 24))).due_at == at(date(2026, 12, 28), time(17))


def test_after_the_third_try_the_clinic_waits_two_weeks_for_the_person() -> None:
    standing = NEW
    for _ in range(5):
        standing = after_try(standing, Try.NO_ANSWER, calendar(), has_warning=False)
    assert (standing.step, standing.tries) == (Step.WAIT, MOST_TRIES)
    assert standing.due_at == calendar().at + timedelta(days=14)


@pytest.mark.parametrize(
    ("day", "clock", "due"),
    [
        (FRIDAY, time(10), at(FRIDAY, time(10))),
        (FRIDAY, time(7), at(FRIDAY, time(8, 30))),
        (FRIDAY, time(17), at(date(2026, 12, 5), time(9))),
        (date(2026, 12, 5), time(20), at(date(2026, 12, 7), time(8, 30))),
        (date(2026, 12, 25), time(10), at(date(2026, 12, 26), time(9))),
    ],
)
def test_after_the_third_try_with_a_warning_a_clinician_decides_as_soon_as_the_clinic_works(
    day: date, clock: time, due: datetime
) -> None:
    standing, times = NEW, Calendar(at(day, clock), OFFICE)
    for _ in range(3):
        standing = after_try(standing, Try.NO_ANSWER, times, has_warning=True)
    assert standing == Standing(State.TRIED, Step.DECISION, due, MOST_TRIES)
    later = replace(times, at=times.at + timedelta(days=3))
    assert after_try(standing, Try.LEFT_MESSAGE, later, has_warning=True) == standing


def test_a_clinician_says_to_call_again_or_to_wait_and_the_next_try_asks_anew() -> None:
    waits = Standing(State.TRIED, Step.DECISION, NEW.due_at, MOST_TRIES)
    assert after_decision(waits, Decision.WAIT, calendar()).due_at == calendar().at + timedelta(days=14)
    again = after_decision(waits, Decision.CALL_AGAIN, calendar("afternoon"))
    assert (again.step, again.tries, again.call_from) == (
        Step.CALL_BACK,
        MOST_TRIES,
        at(date(2026, 12, 7), time(12)),
    )
    assert after_try(again, Try.BUSY, calendar(), has_warning=True).step is Step.DECISION
    for step in set(Step) - {Step.DECISION}:
        with pytest.raises(StandingError):
            after_decision(Standing(State.TRIED, step, NEW.due_at), Decision.WAIT, calendar())


def test_a_wrong_number_is_asked_about_by_another_way_today_and_not_called_again() -> None:
    after = after_try(NEW, Try.WRONG_NUMBER, calendar(), has_warning=False)
    assert (after.step, after.due_at) == (Step.OTHER_WAY, at(FRIDAY, time(17)))
    assert after_try(after, Try.LEFT_MESSAGE, calendar(), has_warning=False).step is Step.WAIT
    assert after_try(after, Try.LEFT_MESSAGE, calendar(), has_warning=True).step is Step.DECISION
    assert after_new_number(after, at(FRIDAY, time(17))) == Standing(
        State.NEW, Step.CALL_BACK, at(FRIDAY, time(17)), tries=0
    )


def test_what_was_chosen_after_reaching_somebody_is_due_as_the_table_says() -> None:
    agreed = at(date(2026, 12, 8), time(15, 30))
    assert after_reaching(Step.CALL_BACK, calendar(), agreed).due_at == agreed
    assert after_reaching(Step.PAPERS, calendar()).due_at == at(date(2026, 12, 11), time(17))
    assert after_reaching(Step.ANSWER, calendar()).due_at == at(date(2026, 12, 11), time(17))
    assert after_reaching(Step.CLINICIAN, calendar()).due_at == at(date(2026, 12, 7), time(17))
    for step in Step:
        if step not in CHOSEN or step is Step.CALL_BACK:
            with pytest.raises(StandingError):
                after_reaching(step, calendar())


def test_what_is_made_worse_is_due_at_once_wherever_it_stood() -> None:
    for step in (Step.PAPERS, Step.ANSWER, Step.CLINICIAN):
        before = after_reaching(step, calendar())
        after = after_correction(before, at(date(2026, 12, 9), time(17)), calendar().at, is_worse=True)
        assert (after.step, after.due_at) == (Step.CALL_BACK, calendar().at)
    overdue = Standing(State.NEW, Step.FIRST_CALL, at(date(2026, 12, 1), time(17)))
    assert after_correction(overdue, NEW.due_at or FRIDAY_NOON, calendar().at, is_worse=True) == overdue


FRIDAY_NOON = at(FRIDAY, time(12))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", [None, Step.CALL_BACK])
@pytest.mark.parametrize("due", [None, FRIDAY_NOON])
def test_in_contact_and_nothing_due_cannot_be_made(state: State, step: Step | None, due: datetime | None) -> None:
    if (state in OPEN) is (step is not None) is (due is not None):
        assert Standing(state, step, due).columns["step"] == step
        return
    with pytest.raises(StandingError):
        Standing(state, step, due)


@pytest.mark.parametrize("tries", [-1, MOST_TRIES + 1])
def test_five_of_three_tries_cannot_be_made(tries: int) -> None:
    with pytest.raises(StandingError):
        Standing(State.TRIED, Step.CALL_BACK, FRIDAY_NOON, tries)


# --- random histories ---


@dataclass
class History:
    """Things that happen to one submission, one after the other, at random."""

    random: random.Random
    moment: datetime = field(default_factory=lambda: at(FRIDAY, time(9)))
    standing: Standing = NEW
    reached: bool = False
    has_warning: bool = False

    def step(self) -> str:
        """Let something happen that can happen now; what it was."""
        self.moment += timedelta(minutes=self.random.choice([1, 30, 600, 1440, 5000]))
        hours = self.random.choice([OFFICE, USUAL_HOURS])
        times = Calendar(self.moment, hours, self.random.choice(["", "any", "morning", "afternoon", "evening"]))
        before, promise = self.standing, self.moment + timedelta(days=3)
        is_worse = self.random.random() < 0.3
        happenings: dict[str, Callable[[], Standing]] = {
            "corrected": lambda: after_correction(before, promise, self.moment, is_worse=is_worse)
        }
        if before.state in OPEN:
            happenings |= {
                "try": lambda: after_try(before, self.random.choice(list(Try)), times, has_warning=self.has_warning),
                "reached": lambda: after_reaching(self.random.choice(CHOSEN), times, promise),
                "heard": lambda: after_hearing(before, times),
                "emergency": lambda: after_emergency(before, self.moment),
                "new number": lambda: after_new_number(before, promise),
                "closed": lambda: after_closing(before),
            }
            if before.step is Step.DECISION:
                happenings["decided"] = lambda: after_decision(before, self.random.choice(list(Decision)), times)
        else:
            happenings["reopened"] = lambda: after_reopening(times, was_reached=self.reached)
        name = self.random.choice(sorted(happenings))
        self.standing = happenings[name]()
        self.reached |= name in ("reached", "heard")
        self.has_warning |= name == "emergency" or (name == "corrected" and is_worse)
        return name


@pytest.mark.parametrize("seed", range(40))
def test_at_every_moment_an_open_one_has_one_step_one_due_time_and_at_most_three_tries(seed: int) -> None:
    history = History(random.Random(seed))
    for _ in range(60):
        before = history.standing
        happened = history.step()
        after = history.standing
        assert (after.state in OPEN) is (after.step is not None) is (after.due_at is not None)
        assert 0 <= after.tries <= MOST_TRIES
        was_overdue = before.due_at is not None and before.due_at < history.moment
        if before.step is Step.DECISION and happened == "try":
            assert after.step in (Step.DECISION, Step.OTHER_WAY)
            assert after.due_at is not None
            assert before.due_at is not None
            assert after.due_at <= before.due_at
        kept = before.step in (Step.FIRST_CALL, Step.DECISION)
        if was_overdue and kept and happened in ("heard", "new number", "corrected"):
            assert after.due_at is not None
            assert after.due_at <= history.moment, happened
        if happened in ("reached", "heard"):
            assert after.state not in (State.NEW, State.TRIED)
        if happened == "try" and after.tries == MOST_TRIES:
            assert after.step in (Step.OTHER_WAY, Step.HELP, Step.DECISION if history.has_warning else Step.WAIT)
        if after.step is Step.WAIT and history.has_warning:
            assert happened == "decided" or before.step is Step.WAIT
        if happened == "decided":
            assert after.due_at is not None
            assert after.due_at > history.moment
        if after.call_from is not None and happened in ("try", "reached", "decided"):
            assert after.due_at is not None
            assert history.moment < after.call_from <= after.due_at
