"""The filters of the list: read from its address, offered to choose from, and kept while somebody is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import request, url_for
from flask import session as form_session

from screening.desk.access.current_request import current_language, current_store
from screening.runtime import current_service
from screening.storage.accounts.staff import accounts
from screening.storage.submissions.listing import NOBODY, OPEN, Filters, Group, Key
from screening.storage.submissions.records import State
from screening.wording.desk.listing import language_name
from screening.wording.desk.terms import STATES
from screening.wording.sharing.contact import languages

SLOTS = ((8, "morning"), (12, "afternoon"), (17, "evening"), (21, ""))
"""From which hour on it is which time of day; before the first it is none."""
NAMES = ("state", "section", "language", "assignee", "who")
_SESSION_KEY = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to choose from: its name, its label, and its options as value and words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What an address asks of the list."""

    filters: Filters
    group: Group | None
    after: Key | None

    @property
    def query(self) -> dict[str, str]:
        """The filters as parameters of an address."""
        values = {name: getattr(self.filters, name) for name in NAMES}
        return {name: value for name, value in values.items() if value}


def list_request() -> ListRequest:
    """What the present address asks; what it cannot ask is as if it were not there."""
    allowed = {choice.name: {value for value, _ in choice.options} for choice in choices(Filters())}
    values = {name: request.args.get(name, "") for name in NAMES}
    valid = {name: value for name, value in values.items() if value in allowed[name]}
    group = request.args.get("group", "")
    after = Key.read(request.args.get("after", ""))
    return ListRequest(Filters(**valid, slot=slot_now()), Group(group) if group in list(Group) else None, after)


def choices(filters: Filters) -> tuple[Choice, ...]:
    """What can be chosen; sections are those of the rule file, in its order."""
    language = current_language()
    say = language.gettext
    with current_store().reading() as transaction:
        people = accounts(transaction)
    states = [(state.value, say(STATES[state])) for state in (*OPEN, State.CLOSED)]
    rule_set = current_service().rules.rule_set
    sections = [(category.id, category.name) for category in rule_set.categories]
    tags = [(tag, language_name(tag, language)) for tag in languages(rule_set, language)]
    staff = [(NOBODY, say("Nobody")), *((person.id, person.name) for person in people if person.active)]
    who = [("self", say("The person")), ("other", say("Somebody who helps"))]
    return (
        _choice("state", say("State"), states, filters.state),
        _choice("section", say("Section"), sections, filters.section),
        _choice("language", say("Language"), tags, filters.language),
        _choice("assignee", say("Who has it"), staff, filters.assignee),
        _choice("who", say("Who wrote"), who, filters.who),
    )


def _choice(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> Choice:
    return Choice(name, label, (("", current_language().gettext("All")), *options), chosen)


def slot_now() -> str:
    """The time of day where the server stands, as people name it for a call; empty where nobody is called."""
    hour = datetime.now().astimezone().hour
    return next((name for start, name in reversed(SLOTS) if hour >= start), "")


def keep_list(list_query: ListRequest) -> None:
    """Remember the filters, so that the way back from a submission leads to the same list."""
    query = dict(list_query.query)
    if list_query.group:
        query["group"] = list_query.group
        if list_query.after:
            query["after"] = str(list_query.after)
    form_session[_SESSION_KEY] = urlencode(query)


def list_url() -> str:
    """The list as it was looked at last."""
    query = form_session.get(_SESSION_KEY, "")
    return url_for("desk.listing.index") + (f"?{query}" if query else "")


def submission_url(submission_id: str) -> str:
    """The page of one submission."""
    return url_for("desk.page.page", submission_id=submission_id)
