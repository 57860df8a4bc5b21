"""The overview of the desk as charts: each a drawing and the same numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screening.config.notifications import NoticeEvent
from screening.ruleset.model.rule_set import Kind, RuleSet
from screening.storage.statistics.overview import Totals
from screening.storage.statistics.reached_share import LEAST_FOR_SHARE
from screening.storage.statistics.small_counts import LEAST_IN_PART, parts_to_tell
from screening.storage.submissions.notices.outbox_counts import NoticeCount
from screening.storage.submissions.record.records import State
from screening.wording.desk.charts import Chart, share_of, with_bars
from screening.wording.desk.listing import section_name
from screening.wording.desk.misread import misread_rows
from screening.wording.desk.overview_times import why_no_share
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


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted while people answered, by name of the count and key."""

    reached: Mapping[str, int]
    answered: Mapping[str, int]
    results: Mapping[str, int]
    undetermined: Mapping[str, int]
    open: Mapping[str, int]
    misread: Mapping[str, int]


def charts(totals: Totals, counted: Counted, rule_set: RuleSet, language: Language) -> tuple[Chart, ...]:
    """Every chart of the overview."""
    return (
        _misread(counted, rule_set, language),
        _states(totals, language),
        _sections(totals, rule_set, language),
        _open_results(counted, language),
        _open_questions(counted, rule_set, language),
        _drop_off(counted, rule_set, language),
    )


def notices_chart(counts: Mapping[NoticeEvent, NoticeCount], language: Language) -> tuple[Chart, ...]:
    """Messages to the clinic that did not arrive yet; no chart where all did."""
    say = language.gettext
    rows = with_bars(
        (say(NOTICES[event]), (count.waiting + count.failed, count.failed), _bar(count.waiting + count.failed))
        for event, count in counts.items()
        if count.waiting or count.failed
    )
    lead = say("Messages to the clinic that have not arrived yet. Those that failed are tried again; tell an operator.")
    columns = (say("About"), say("Messages"), say("Failed"))
    return (Chart("notices", say("Messages that wait"), columns, rows, lead),) if rows else ()


def _bar(number: int) -> tuple[tuple[str, int], ...]:
    return (("f-in", number),)


def _misread(counted: Counted, rule_set: RuleSet, language: Language) -> Chart:
    say = language.gettext
    rows = with_bars(
        (row.text, (row.count,), _bar(row.count)) for row in misread_rows(rule_set, counted.misread, language)
    )
    lead = say("How often the clinic saw something else than people answered. Counted by question, without who.")
    columns = (say("Question"), say("Times"))
    return Chart("misread", say("Which questions are misread"), columns, rows, lead)


def _states(totals: Totals, language: Language) -> Chart:
    say = language.gettext
    numbers = [(state, totals.states.get(state, 0)) for state in State]
    rows = with_bars((say(STATES[state]), (number,), _bar(number)) for state, number in numbers)
    lead = say("All that was ever sent. What was withdrawn or deleted is only counted: nothing of it is left.")
    return Chart("states", say("Where they stand"), (say("State"), say("Submissions")), rows, lead)


def _sections(totals: Totals, rule_set: RuleSet, language: Language) -> Chart:
    """Sections say what people answered: those of few people stand together."""
    say = language.gettext
    told, others = parts_to_tell(totals.sections)
    known = [category.id for category in rule_set.categories]
    ids = [section for section in (*known, *sorted(told.keys() - set(known))) if section in told]
    total = sum(told.values()) + others
    named = [(section_name(section, rule_set), told[section]) for section in ids]
    if others:
        named.append((say("Sections of fewer than %(least)s people, together", least=LEAST_IN_PART), others))
    rows = with_bars((name, (number, share_of(number, total)), _bar(number)) for name, number in named)
    lead = say("Of those that can still be read. A section says which part of the guide the answers are like.")
    if 0 < total < LEAST_FOR_SHARE:
        lead += " " + why_no_share(language)
    return Chart("sections", say("Sections"), (say("Section"), say("Submissions"), say("Share")), rows, lead)


def _open_results(counted: Counted, language: Language) -> Chart:
    say, total = language.gettext, sum(counted.results.values())
    named = [(say(words), counted.undetermined.get(kind, 0)) for kind, words in KINDS.items()]
    named.append((say("One section was matched"), max(0, total - sum(counted.undetermined.values()))))
    rows = with_bars((name, (number, share_of(number, total)), _bar(number)) for name, number in named)
    lead = say("Of all results that were shown, sent to the clinic or not; counted without answers and without who.")
    columns = (say("Result"), say("Shown"), say("Share"))
    return Chart("open_results", say("Results left open, by cause"), columns, rows, lead)


def _open_questions(counted: Counted, rule_set: RuleSet, language: Language) -> Chart:
    say = language.gettext
    numbers = [(question.label, counted.open.get(question.id, 0)) for question in rule_set.questions]
    ordered = sorted(((label, number) for label, number in numbers if number), key=lambda line: -line[1])
    rows = with_bars((label, (number,), _bar(number)) for label, number in ordered)
    lead = say("How often a question without an answer was one of those that would settle a result.")
    columns = (say("Question"), say("Results"))
    return Chart("open_questions", say("Questions that keep a result open"), columns, rows, lead)


def _drop_off(counted: Counted, rule_set: RuleSet, language: Language) -> Chart:
    """Of each page how many left there: it was the next one for them, and they did not answer it."""
    say = language.gettext
    numbers = [
        (page.title, reached, max(0, reached - counted.answered.get(page.id, 0)))
        for page in rule_set.pages
        if (reached := counted.reached.get(page.id, 0))
    ]
    rows = with_bars((title, (left, reached), _bar(left)) for title, reached, left in numbers)
    lead = say("How many saw a page of questions and did not answer it; counted without answers and without who.")
    columns = (say("Page"), say("Stopped there"), say("Saw it"))
    return Chart("drop_off", say("Where people stop"), columns, rows, lead)
