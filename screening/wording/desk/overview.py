"""The overview of the desk as charts: each a drawing and the same numbers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from babel.dates import format_date

from screening.config.notifications import NoticeEvent
from screening.ruleset.model.rule_set import Kind, RuleSet
from screening.storage.metrics.overview import WEEKS, Totals
from screening.storage.submissions.outbox_counts import NoticeCount
from screening.storage.submissions.records import State
from screening.wording.desk.listing import section_name
from screening.wording.desk.terms import STATES
from screening.wording.language.languages import N_, Language

KINDS: Mapping[str, str] = MappingProxyType(
    {
        Kind.UNLESS: N_("One section, unless something that is not sure says otherwise"),
        Kind.SEVERAL: N_("Several sections stayed possible"),
        Kind.NOTHING_KNOWN: N_("Nothing was known"),
        Kind.DISAGREE: N_("The answers disagreed"),
    }
)
NOTICES: Mapping[NoticeEvent, str] = MappingProxyType(
    {
        NoticeEvent.SHARED: N_("Answers that were sent"),
        NoticeEvent.CHANGED: N_("What was changed"),
        NoticeEvent.WITHDRAWN: N_("What was deleted"),
        NoticeEvent.CLOSED: N_("What was closed"),
        NoticeEvent.PROMISE_PASSED: N_("A promise that passed"),
    }
)
WAITS = ((1, N_("within a day")), (2, N_("within 2 days")), (3, N_("within 3 days")), (7, N_("within a week")))
"""Steps in which the wait for the first contact is told, in days."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a chart."""

    label: str
    number: int
    length: float
    """In percent of the drawing."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, bars, and the heads of the columns under which the same numbers stand."""

    id: str
    title: str
    columns: tuple[str, str]
    bars: tuple[Bar, ...]
    lead: str = ""
    stands: bool = False
    """Whether its bars stand side by side, as those of weeks do."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted while people answered, by name of the count and key."""

    reached: Mapping[str, int]
    answered: Mapping[str, int]
    results: Mapping[str, int]
    undetermined: Mapping[str, int]
    open: Mapping[str, int]


def charts(totals: Totals, counted: Counted, rule_set: RuleSet, language: Language) -> tuple[Chart, ...]:
    """Every chart of the overview."""
    return (
        _states(totals, language),
        _weeks(totals, language),
        _waits(totals, language),
        _sections(totals, rule_set, language),
        _open_results(counted, language),
        _open_questions(counted, rule_set, language),
        _drop_off(counted, rule_set, language),
    )


def notices_chart(counts: Mapping[NoticeEvent, NoticeCount], language: Language) -> tuple[Chart, ...]:
    """Messages to the clinic that did not arrive yet; no chart where all did."""
    say = language.gettext
    rows = [
        (say(NOTICES[event]), count.waiting + count.failed, say("%(number)s failed", number=count.failed))
        for event, count in counts.items()
        if count.waiting or count.failed
    ]
    lead = say("Messages to the clinic that have not arrived yet. Those that failed are tried again; tell an operator.")
    columns = (say("About"), say("Messages"))
    return (Chart("notices", say("Messages that wait"), columns, _bars(rows), lead),) if rows else ()


def _bars(rows: Iterable[tuple[str, int, str]]) -> tuple[Bar, ...]:
    counts = list(rows)
    most = max((number for _, number, _ in counts), default=0) or 1
    return tuple(Bar(label, number, round(100 * number / most, 1), note) for label, number, note in counts)


def _share(number: int, total: int, language: Language) -> str:
    return language.gettext("%(share)s %%", share=round(100 * number / total)) if total else ""


def _states(totals: Totals, language: Language) -> Chart:
    say = language.gettext
    rows = [(say(STATES[state]), totals.states.get(state, 0), "") for state in State]
    lead = say("All that was ever sent. What was withdrawn or deleted is only counted: nothing of it is left.")
    return Chart("states", say("Where they stand"), (say("State"), say("Submissions")), _bars(rows), lead)


def _weeks(totals: Totals, language: Language) -> Chart:
    say = language.gettext
    rows = [
        (str(format_date(monday, "d MMM", locale=language.locale)), count, "") for monday, count in totals.weeks.items()
    ]
    columns = (say("Week that began on"), say("Submissions"))
    return Chart("weeks", say("Sent each week"), columns, _bars(rows), stands=True)


def _waits(totals: Totals, language: Language) -> Chart:
    say = language.gettext
    rows, earlier, total = [], 0, len(totals.waits)
    for days, label in WAITS:
        within = sum(wait <= days * _DAY for wait in totals.waits)
        rows.append((say(label), within - earlier, _share(within, total, language)))
        earlier = within
    rows += [(say("later"), total - earlier, ""), (say("not reached yet"), totals.waiting, "")]
    lead = say("Of those sent in the last %(weeks)s weeks. The share counts all up to that line.", weeks=WEEKS)
    if total:
        median = totals.waits[total // 2]
        lead += " " + say("Half were reached within %(hours)s hours.", hours=round(median.total_seconds() / 3600))
    return Chart("waits", say("Time to the first contact"), (say("Reached"), say("Submissions")), _bars(rows), lead)


def _sections(totals: Totals, rule_set: RuleSet, language: Language) -> Chart:
    say = language.gettext
    known = [category.id for category in rule_set.categories]
    others = sorted(totals.sections.keys() - set(known))
    total = sum(totals.sections.values())
    rows = [
        (section_name(section, rule_set), number, _share(number, total, language))
        for section in (*known, *others)
        if (number := totals.sections.get(section, 0))
    ]
    lead = say("Of those that can still be read. A section says which part of the guide the answers are like.")
    return Chart("sections", say("Sections"), (say("Section"), say("Submissions")), _bars(rows), lead)


def _open_results(counted: Counted, language: Language) -> Chart:
    say, total = language.gettext, sum(counted.results.values())
    rows = []
    for kind, words in KINDS.items():
        number = counted.undetermined.get(kind, 0)
        rows.append((say(words), number, _share(number, total, language)))
    matched = max(0, total - sum(counted.undetermined.values()))
    rows.append((say("One section was matched"), matched, _share(matched, total, language)))
    lead = say("Of all results that were shown, sent to the clinic or not; counted without answers and without who.")
    return Chart("open_results", say("Results left open, by cause"), (say("Result"), say("Shown")), _bars(rows), lead)


def _open_questions(counted: Counted, rule_set: RuleSet, language: Language) -> Chart:
    say = language.gettext
    rows = [
        (question.label, number, "") for question in rule_set.questions if (number := counted.open.get(question.id, 0))
    ]
    rows.sort(key=lambda row: -row[1])
    lead = say("How often a question without an answer was one of those that would settle a result.")
    columns = (say("Question"), say("Results"))
    return Chart("open_questions", say("Questions that keep a result open"), columns, _bars(rows), lead)


def _drop_off(counted: Counted, rule_set: RuleSet, language: Language) -> Chart:
    """Of each page how many left there: it was the next one for them, and they did not answer it."""
    say = language.gettext
    rows = []
    for page in rule_set.pages:
        reached, answered = counted.reached.get(page.id, 0), counted.answered.get(page.id, 0)
        left = max(0, reached - answered)
        if reached:
            rows.append((page.title, left, say("of %(number)s", number=reached)))
    lead = say("How many saw a page of questions and did not answer it; counted without answers and without who.")
    return Chart("drop_off", say("Where people stop"), (say("Page"), say("Stopped there")), _bars(rows), lead)
