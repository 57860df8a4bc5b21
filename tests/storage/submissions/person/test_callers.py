"""Whatever happens on calls, only the right word of the latest one confirms, and three that were wrong are lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from screening.storage.database.clock import now
from screening.storage.submissions.person.amendments import REACH_CHANGED
from screening.storage.submissions.person.callers import (
    CHECKED,
    DIALLED,
    Caller,
    CheckResult,
    caller_of,
    check_detail,
    with_caller,
)
from screening.storage.submissions.record.events import Event
from screening.storage.submissions.record.records import UNCONFIRMED_CALLER, has_number

BEGAN = now()
STEPS = st.lists(st.sampled_from([DIALLED, REACH_CHANGED, "note", "phrase", *CheckResult]), max_size=14)


def happened(steps: list[str]) -> list[Event]:
    """Events of these kinds or checks, the latest first."""
    made = []
    for number, step in enumerate(steps):
        kind: str = step
        detail: dict[str, Any] = {}
        if isinstance(step, CheckResult):
            kind, detail = CHECKED, check_detail(step, text="I know her voice.")
        elif step == "phrase":
            kind, detail = CHECKED, {"right": True}
        made.append(Event(str(number), BEGAN + timedelta(minutes=number), "siti", kind, detail))
    return made[::-1]


def expected(steps: list[str], *, has_pair: bool) -> tuple[bool, str | None, int, bool]:
    """What the decision says, step by step: called, what stands, wrong words, whether a clinician goes on."""
    called, stands, wrong, goes_on = False, None, 0, False
    for step in steps:
        if step in (DIALLED, REACH_CHANGED):
            called, wrong, goes_on = step == DIALLED, 0, False
            stands = "lost" if called and not has_pair else None
        elif stands == "right":
            continue
        elif step == CheckResult.VOUCHED:
            goes_on = True
        elif step == CheckResult.OTHER:
            wrong += 1
            stands = "lost" if wrong >= 3 else "other"
        elif isinstance(step, CheckResult):
            stands = "lost" if wrong >= 3 else step.value
    return called, stands, wrong, goes_on


@example([CheckResult.OTHER] * 3 + [CheckResult.RIGHT, CheckResult.OTHER], True)  # a fourth word is not heard
@given(STEPS, st.booleans())
def test_where_a_call_stands_is_what_its_steps_say(steps: list[str], has_pair: bool) -> None:
    caller = caller_of(happened(steps), has_pair=has_pair)
    assert (caller.was_dialled, caller.result, caller.wrong, bool(caller.reason)) == expected(steps, has_pair=has_pair)
    assert caller.is_confirmed == (caller.result == "right")
    marked = with_caller({"name": "Siti", UNCONFIRMED_CALLER: True}, caller)
    assert marked == {"name": "Siti"} | (
        {UNCONFIRMED_CALLER: True} if caller.result in ("lost", "other", "unreadable") else {}
    )
    assert not caller.may_try or (caller.was_dialled and caller.wrong < 3 and not caller.is_confirmed)


@given(STEPS)
def test_a_new_call_knows_nothing_of_those_before(steps: list[str]) -> None:
    assert caller_of(happened([*steps, DIALLED]), has_pair=True) == Caller(was_dialled=True)


def test_a_number_is_what_can_be_called() -> None:
    assert has_number({"channel": "phone", "reach": "+60"})
    assert has_number({"channel": "whatsapp", "reach": "+60"})
    assert not has_number({"channel": "email", "reach": "a@example.com"})
    assert not has_number({"channel": "phone", "reach": ""})
