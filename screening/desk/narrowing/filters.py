"""The filters of the list: read from its address, offered to choose from, and kept while somebody is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for
from flask import session as form_session

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.runtime import current_service
from screening.storage.accounts.staff import accounts
from screening.storage.submissions.desk_list.list_groups import NOBODY, Filters, Group, several
from screening.storage.submissions.desk_list.listing import ListKey
from screening.storage.submissions.next_steps.working_time import TIMES_OF_DAY
from screening.storage.submissions.record.records import Step
from screening.wording.desk.listing import language_name
from screening.wording.desk.next_step import STEPS
from screening.wording.sharing.contact import TIMES, languages

NAMES = ("step", "section", "language", "best_time", "assignee", "who")
MINE = "me"
"""As the assignee in an address: whoever looks at the list."""
_SESSION_KEY = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to choose from: its name, its label, and its options as value and words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]

    @property
    def chosen_words(self) -> str:
        """What is chosen, in words."""
        return current_language().any_of([words for value, words in self.options if value in self.chosen])


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What an address asks of the list."""

    filters: Filters
    group: Group | None
    after: ListKey | None

    @property
    def query(self) -> dict[str, list[str]]:
        """The filters as parameters of an address."""
        values = {name: [*several(getattr(self.filters, name))] for name in NAMES}
        return {name: value for name, value in values.items() if value}

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The filters as they are saved."""
        return {name: tuple(values) for name, values in self.query.items()}

    @property
    def is_mine(self) -> bool:
        """Whether it is all that whoever looks at it has, and nothing else is asked."""
        return self.query == {"assignee": [current_staff().id]}


def list_request() -> ListRequest:
    """What the present address asks; what it cannot ask is as if it were not there."""
    return _read({name: request.args.getlist(name) for name in (*NAMES, "group", "after")})


def kept_list_request() -> ListRequest:
    """The list as it was looked at last."""
    kept = form_session.get(_SESSION_KEY, {})
    return _read(kept if isinstance(kept, dict) else {})


def _read(values: dict[str, list[str]]) -> ListRequest:
    asked = {name: values.get(name, []) for name in NAMES}
    asked["assignee"] = [current_staff().id if value == MINE else value for value in asked["assignee"]]
    nothing: dict[str, tuple[str, ...]] = dict.fromkeys(NAMES, ())
    valid = known_values(asked, offered_values()) if any(asked.values()) else nothing
    group, after = ((values.get(name) or [""])[0] for name in ("group", "after"))
    return ListRequest(Filters(**valid, at=now()), Group(group) if group in list(Group) else None, ListKey.read(after))


def offered_values() -> Mapping[str, Sequence[str]]:
    """The values of each filter that can be chosen today."""
    return {choice.name: [value for value, _ in choice.options] for choice in choices(Filters())}


def known_values(
    asked: Mapping[str, Sequence[str]], offered: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Of the values of each filter those that are offered, in that order."""
    return {name: tuple(value for value in offered[name] if value in asked.get(name, ())) for name in NAMES}


def choices(filters: Filters) -> tuple[Choice, ...]:
    """What can be chosen; sections are those of the rule file, in its order."""
    language = current_language()
    say = language.gettext
    with current_store().reading() as transaction:
        people = accounts(transaction)
    rule_set = current_service().rules.rule_set
    options = {
        "step": (say("What next"), [(step.value, say(STEPS[step])) for step in Step]),
        "section": (say("Section"), [(category.id, category.name) for category in rule_set.categories]),
        "language": (
            say("Language"),
            [(tag, language_name(tag, language)) for tag in languages(rule_set, language)],
        ),
        "best_time": (say("Best time"), [(name, say(TIMES[name])) for name in TIMES_OF_DAY]),
        "assignee": (
            say("Who has it"),
            [(NOBODY, say("Nobody")), *((person.id, person.name) for person in people if person.active)],
        ),
        "who": (say("Who wrote"), [("self", say("The person")), ("other", say("Somebody who helps"))]),
    }
    return tuple(
        Choice(name, label, tuple(offered), several(getattr(filters, name)))
        for name, (label, offered) in options.items()
    )


def keep_list(list_query: ListRequest) -> None:
    """Remember the filters, so that the way back from a submission leads to the same list."""
    query = dict(list_query.query)
    if list_query.group:
        query["group"] = [list_query.group]
        if list_query.after:
            query["after"] = [str(list_query.after)]
    form_session[_SESSION_KEY] = query


def list_url() -> str:
    """The list as it was looked at last."""
    kept = form_session.get(_SESSION_KEY, {})
    query = urlencode(kept, doseq=True) if isinstance(kept, dict) else ""
    return url_for("desk.listing.index") + (f"?{query}" if query else "")


def submission_url(submission_id: str) -> str:
    """The page of one submission."""
    return url_for("desk.page.page", submission_id=submission_id)
