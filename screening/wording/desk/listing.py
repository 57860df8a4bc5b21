"""What the list of the desk says: titles of groups, and each row in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from screening.ruleset.model.rule_set import RuleSet
from screening.storage.submissions.listing import Group, Item
from screening.storage.submissions.records import State
from screening.wording.desk.deletion import deletion_in_short
from screening.wording.desk.terms import state_words
from screening.wording.language.languages import N_, Language
from screening.wording.sharing.contact import CHANNELS, OTHER_LANGUAGE, TIMES

TITLES: Mapping[Group, str] = MappingProxyType(
    {
        Group.DELETION_ASKED: N_("Deletion asked, to call first"),
        Group.CALL_FIRST: N_("Call first"),
        Group.BEST_TIME: N_("Best time is now"),
        Group.AWAITING_DOCUMENTS: N_("Waiting for documents"),
        Group.TRIED: N_("Tried, no answer"),
        Group.NEW: N_("New"),
        Group.IN_CONTACT: N_("In contact"),
        Group.WITH_CLINICIAN: N_("With the clinician"),
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
        Group.CALL_FIRST: N_("A warning stands in the answers. The oldest first."),
        Group.BEST_TIME: N_("They asked to be called at this time of day."),
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
    safety: tuple[str, ...]
    section: str
    state: str
    age: str
    received: str
    is_late: bool
    """Whether nobody opened it by the day that was promised."""
    language: str
    channel: str
    best_time: str
    who: str
    assignee: str
    is_unread: bool
    has_news: bool
    has_twin: bool
    deletion: str
    """That its deletion was asked for, and until when what; empty where it was not."""
    is_restricted: bool
    """Whether nobody reads it."""


def listed_row(item: Item, rule_set: RuleSet, at: datetime, language: Language) -> ListedRow:
    """One row in words."""
    say = language.gettext
    channel, time = CHANNELS.get(item.channel), TIMES.get(item.best_time)
    return ListedRow(
        id=item.id,
        code=item.code,
        safety=item.safety,
        section=section_name(item.category, rule_set),
        state=state_words(item.state, item.tries, language),
        age=_age(item.answered_on, at.date(), language),
        received=language.date(item.received_at.date()),
        is_late=item.is_unread and item.promised_at < at,
        language=language_name(item.language, language),
        channel=say(channel) if channel else item.channel,
        best_time=say(time) if time else "",
        who=say("Somebody who helps") if item.for_other else say("The person"),
        assignee=item.assignee,
        is_unread=item.is_unread,
        has_news=item.has_news,
        has_twin=item.has_twin,
        deletion=deletion_in_short(item.deletion, at, language) if item.deletion else "",
        is_restricted=item.state is State.RESTRICTED,
    )


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
