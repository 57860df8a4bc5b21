"""What the list of the desk says: titles of groups, and each row in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from screening.ruleset.model.rule_set import RuleSet
from screening.storage.submissions.desk_list.list_groups import Group
from screening.storage.submissions.desk_list.list_items import Item, Twin
from screening.storage.submissions.next_steps.working_time import time_of_day
from screening.storage.submissions.record.records import State, Step
from screening.wording.desk.deletion import deletion_in_short
from screening.wording.desk.feed import KINDS
from screening.wording.desk.next_step import due_words, step_words
from screening.wording.desk.terms import REASONS
from screening.wording.language.languages import N_, Language
from screening.wording.sharing.contact import CHANNELS, OTHER_LANGUAGE, TIMES

TITLES: Mapping[Group, str] = MappingProxyType(
    {
        Group.DELETION_ASKED: N_("Deletion asked, to call first"),
        Group.CALL_FIRST: N_("Call first"),
        Group.NEWS: N_("News from the person"),
        Group.OVERDUE: N_("Overdue"),
        Group.TODAY: N_("Today"),
        Group.LATER: N_("Later"),
        Group.WAITING: N_("Waits for others"),
        Group.DUPLICATES: N_("Possible duplicates"),
        Group.CLOSED: N_("Closed"),
        Group.RESTRICTED: N_("Deletion asked"),
    }
)
HELPS: Mapping[Group, str] = MappingProxyType(
    {
        Group.DELETION_ASKED: N_(
            "A warning stands in the answers: call as if nothing had been asked. A second colleague says whether it is "
            "deleted. Filters do not hide any."
        ),
        Group.CALL_FIRST: N_("A warning stands in the answers, was added, or was heard."),
        Group.NEWS: N_("Answered or corrected since anybody looked. Stands here until seen."),
        Group.OVERDUE: N_(
            "A promise or a call back has passed. Opening it changes nothing: only reaching the person does."
        ),
        Group.WAITING: N_("For the person, for papers, or for a clinician."),
        Group.DUPLICATES: N_(
            "Another open one came from the same number or address. Each stands in its own group too."
        ),
        Group.RESTRICTED: N_("Nobody reads these any more. Each is erased three days after that, unless it is undone."),
    }
)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A submission as the list says it."""

    id: str
    code: str
    name: str
    """What the person is called; empty where they gave none."""
    revision: int
    danger: tuple[str, ...]
    """Why it is called first, in short."""
    news: tuple[str, ...]
    """What the person did since anybody looked."""
    section: str
    next: str
    """What is next; of a closed one why it was closed."""
    due: str
    is_overdue: bool
    is_emergency: bool
    age: str
    received: str
    language: str
    channel: str
    best_time: str
    is_best_time: bool
    """Whether that is now."""
    who: str
    assignee: str
    is_unread: bool
    is_unconfirmed: bool
    """Whether the latest call reached somebody who was not confirmed."""
    twins: tuple[Twin, ...]
    deletion: str
    """That its deletion was asked for, and until when what; empty where it was not."""
    is_restricted: bool
    """Whether nobody reads it."""


def listed_row(item: Item, rule_set: RuleSet, at: datetime, language: Language) -> ListedRow:
    """One row in words."""
    say, row = language.gettext, item.row
    channel, time = CHANNELS.get(item.channel), TIMES.get(row.best_time or "")
    return ListedRow(
        id=item.id,
        code=item.code,
        name=item.name,
        revision=row.revision,
        danger=_danger(item, rule_set, language),
        news=tuple(say(KINDS[kind]) for kind in item.news if kind in KINDS),
        section=section_name(row.category or "", rule_set),
        next=_next(item, language),
        due=due_words(row.due_at, at, language),
        is_overdue=row.due_at is not None and row.due_at < at,
        is_emergency=item.step is Step.HELP,
        age=_age(row.answered_on or "", at.date(), language),
        received=language.date(row.received_at.date()),
        language=language_name(row.language or "", language),
        channel=say(channel) if channel else item.channel,
        best_time=say(time) if time else "",
        is_best_time=row.best_time == time_of_day(at),
        who=say("Somebody who helps") if row.for_other else say("The person"),
        assignee=item.assignee,
        is_unread=row.opened_at is None,
        is_unconfirmed=item.is_unconfirmed,
        twins=item.twins,
        deletion=deletion_in_short(item.deletion, at, language) if item.deletion else "",
        is_restricted=item.state is State.RESTRICTED,
    )


def _danger(item: Item, rule_set: RuleSet, language: Language) -> tuple[str, ...]:
    """Why it is called first: what was heard or changed, then each warning, in short where the rule file has it so."""
    notes = (*item.safety_notes, *[""] * len(item.safety))
    warnings = tuple(
        rule_set.note[name].in_short or text if name in rule_set.note else text
        for name, text in zip(notes, item.safety, strict=False)
    )
    if item.step is Step.HELP:
        return (language.gettext("Emergency on the call"), *warnings)
    if item.heard:
        warnings = (language.gettext("Warning sign heard"), *warnings)
    return (language.gettext("Made worse by what they changed"), *warnings) if item.is_worse else warnings


def _next(item: Item, language: Language) -> str:
    if item.state is not State.CLOSED:
        return step_words(item.step, item.row.tries or 0, language)
    reason = REASONS.get(item.row.reason or "")
    return language.gettext(reason) if reason else language.gettext("Closed")


def section_name(category: str, rule_set: RuleSet) -> str:
    """The name of a section by today's rules; one that they no longer have keeps its id."""
    section = rule_set.category.get(category)
    return section.name if section else category


def language_name(tag: str, language: Language) -> str:
    """A language as readers of this one call it."""
    if tag == OTHER_LANGUAGE:
        return language.gettext("another language")
    try:
        return Locale.parse(tag, sep="-").get_display_name(language.locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _age(answered_on: str, today: date, language: Language) -> str:
    try:
        days = (today - date.fromisoformat(answered_on)).days
    except ValueError:
        return ""
    if days <= 0:
        return language.gettext("today")
    return language.ngettext("%(number)s day ago", "%(number)s days ago", days)
