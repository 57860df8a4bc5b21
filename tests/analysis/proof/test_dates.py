"""What is proved of dates holds for the dates that are drawn, and what is broken is shown by dates that break it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.analysis.proof.prover import prove
from screening.analysis.proof.verdicts import Verdict
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.dates import TODAY, DayRange, PartialDate
from screening.ruleset.reading.answer_types import plain_answer
from tests.support.rules import small_rules as small
from tests.support.rules.random_dates import TODAYS, comparisons

QUESTIONS = (small.date("born", 3, required=True), small.date("treated", 3), small.date("moves", 2, future=True))
DAYS_AGO = st.integers(0, 1000) | st.sampled_from([0, 27, 28, 29, 30, 31, 59, 60, 365, 366, 730, 731])


def engine(said: str, grounds: tuple[str, ...]) -> Engine:
    """Rules that put somebody in a category by dates, and what is said of it."""
    listed = [small.rule(f"c{place}", small.ground(f"g{place}", when)) for place, when in enumerate(grounds)]
    data = small.rule_file(QUESTIONS, listed)
    data["guarantees"] = [{"id": "said", "kind": "implies", "text": "It is so.", "when": said, "then": ["c0"]}]
    return small.engine(data)


def verdict_of(rules: Engine) -> Verdict:
    [found] = [verdict for verdict in prove(rules).verdicts if verdict.guarantee == "said"]
    return found


@given(st.data(), TODAYS)
@settings(max_examples=30, deadline=None)
def test_nothing_is_proved_that_a_day_refutes_and_nothing_broken_without_days_that_break_it(
    drawn: st.DataObject, today: date
) -> None:
    about = [drawn.draw(comparisons(name)) for name in ("born", "treated", "moves")]
    ground = drawn.draw(st.sampled_from([about[0], f"definitely({about[1]})", f"{about[0]} and possibly({about[2]})"]))
    said = drawn.draw(st.sampled_from([ground, about[0], f"definitely({about[1]})", f"definitely({about[2]})"]))
    rules = engine(said, (ground,))
    # one that is said of a category holds exactly where whoever it is true of has its ground
    speaks = engine("1 < 2", (said,))
    verdict = verdict_of(rules)
    if verdict.example is not None:
        answers = verdict.example.answers
        assert speaks.evaluate(answers).category == "c0"
        assert rules.evaluate(answers).category != "c0"
        return
    assert verdict.undecided is None
    for _ in range(30):
        answers = {TODAY: DayRange.of_day(today)}
        for question in rules.rule_set.questions:
            ago = drawn.draw(DAYS_AGO) * (drawn.draw(st.sampled_from([1, -1])) if question.future else 1)
            day = today - timedelta(days=max(ago, -700))
            if question.required or drawn.draw(st.booleans()):
                answers[question.id] = plain_answer(question, PartialDate(day.year, day.month, day.day), today)
        assert speaks.evaluate(answers).category != "c0" or rules.evaluate(answers).category == "c0"


@pytest.mark.parametrize(
    ("never", "happens"),
    [
        ("years_since(born) >= 1 and months_since(born) < 12", False),
        ("years_since(born) < 1 and months_since(born) > 10", True),
        ("days_since(born) < 20 and months_since(born) > 0", False),
        ("days_since(born) == 28 and months_since(born) == 1", True),
        ("days_since(born) > 500 and years_since(born) < 1", False),
        ("days_since(born) == 365 and years_since(born) < 1", True),
        ("definitely(days_since(moves) < 0) and definitely(months_since(moves) > 0)", False),
    ],
)
def test_days_months_and_years_of_one_date_go_together_as_in_a_calendar(never: str, happens: bool) -> None:
    verdict = verdict_of(engine(never, ("years_since(born) > 1 and years_since(born) < 1",)))
    assert verdict.undecided is None
    assert (verdict.example is not None) == happens
