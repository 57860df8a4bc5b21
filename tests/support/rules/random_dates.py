"""Rule sets that read dates, and answer sets to them, drawn for tests."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange, PartialDate
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import plain_answer
from tests.support.rules import small_rules as small

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
TODAYS = st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2024, 3, 31), date(2024, 12, 31)]) | DAYS


def partials(day: date) -> list[PartialDate]:
    """A day as somebody knows it: to the day, the month or the year."""
    return [PartialDate(day.year, day.month, day.day), PartialDate(day.year, day.month), PartialDate(day.year)]


TIMES = st.sampled_from(["days_since({0}) {1} {2}", "months_since({0}) {1} {3}", "years_since({0}) {1} {4}"])
OPERATORS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


@st.composite
def comparisons(draw: st.DrawFn, name: str) -> str:
    """How long ago a date is, compared with a constant."""
    days, months, years = draw(st.integers(0, 400)), draw(st.integers(0, 13)), draw(st.integers(0, 1))
    return draw(TIMES).format(name, draw(OPERATORS), days, months, years)


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    """Rules that read a strict, a required and a lenient date, alone and together."""
    strict, required, lenient = (draw(comparisons(name)) for name in ("strict", "required", "lenient"))
    together = f"days_since(strict) - days_since(required) {draw(OPERATORS)} {draw(st.integers(0, 300))}"
    parts = [strict, required, f"definitely({lenient})", f"possibly({draw(comparisons('lenient'))})", together]
    joined = [f"{one} and {other}" for one, other in zip(parts, draw(st.permutations(parts)), strict=True)]
    chosen = draw(st.lists(st.sampled_from([*parts, *joined]), min_size=2, max_size=3, unique=True))
    kinds: dict[str, dict[str, object]] = {"required": {"required": True}, "strict": {"strict": True}, "lenient": {}}
    asked = draw(comparisons("required"))
    kinds["lenient"] = draw(st.sampled_from([{}, {"ask_if": f"definitely({asked})"}]))
    ahead = draw(st.booleans())
    return small.built(
        small.rule_file(
            [small.date(name, 1, future=ahead, **members) for name, members in kinds.items()],
            [small.rule(f"c{place}", small.ground(f"g{place}", when)) for place, when in enumerate(chosen)],
            notes=[small.note("told", f"possibly({draw(comparisons('strict'))})")],
        )
    )


@st.composite
def answer_sets(draw: st.DrawFn, rule_set: RuleSet, today: date, *, to_the_day: bool = False) -> dict[str, Plain]:
    """Days, months and years that are plausible, or nothing."""
    answers: dict[str, Plain] = {TODAY: DayRange.of_day(today)}
    is_one_day = draw(st.booleans())
    for question in rule_set.questions:
        day = today + timedelta(days=draw(st.integers(-365, 365 if question.future else 0)))
        known = draw(st.integers(0, 3))
        if question.id == "required":
            known = 0 if is_one_day else 1
        elif question.id == "strict" and not is_one_day:
            known = min(known, 1)  # or else too many pairs of days are gone through
        if to_the_day and known < 3:
            known = 0
        if known < 3:
            answers[question.id] = plain_answer(question, partials(day)[known], today)
    return answers
