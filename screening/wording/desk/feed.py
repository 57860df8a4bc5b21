"""What happened to a submission, told in one list: who, when, what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from babel.dates import format_datetime

from screening.ruleset.model.rule_set import RuleSet
from screening.storage.database.rows import ProgramReadingRow
from screening.storage.submissions.assessments.heard import SIGNS
from screening.storage.submissions.deletion.deletion_requests import AGREED, ASKED, LIFTED, NOT_ASKED, Identity
from screening.storage.submissions.deletion.idle import POSTPONED
from screening.storage.submissions.desk_list.handing_over import GIVEN
from screening.storage.submissions.next_steps.standing import EMERGENCY_TAKEN_BACK, UNDONE
from screening.storage.submissions.person.callers import CHECKED, DIALLED, RESULT, UNCONFIRMED, CheckResult
from screening.storage.submissions.record.events import Event
from screening.storage.submissions.record.records import State, Step
from screening.wording.desk.conditions import condition_in_words
from screening.wording.desk.deletion import IDENTITIES
from screening.wording.desk.next_step import STEPS
from screening.wording.desk.terms import REASONS, TRIES, state_words
from screening.wording.document.heard_signs import signs_in_words
from screening.wording.language.languages import N_, Language

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "taken": N_("Took it"),
        "handed_back": N_("Handed it back"),
        UNDONE: N_("Took back their last step"),
        "try": N_("Tried to call"),
        "reached": N_("Reached the person"),
        "decided": N_("Decided what is done"),
        "reopened": N_("Opened it again"),
        EMERGENCY_TAKEN_BACK: N_("Took the emergency back: it was none"),
        "state": N_("Changed the state"),
        "note": N_("Wrote a note"),
        "settled": N_("Settled an answer on the telephone"),
        "corrected": N_("Changed a known answer"),
        "seen_otherwise": N_("The clinic saw something else"),
        "emergency": N_("Emergency on the call"),
        DIALLED: N_("Called the number that is stored"),
        CHECKED: N_("Checked who was on the telephone"),
        "answers_changed": N_("Sent changed answers"),
        "reach_changed": N_("Changed how to be reached"),
        ASKED: N_("Took down that the person wants it deleted"),
        AGREED: N_("Agreed that it is deleted"),
        LIFTED: N_("Undid the deletion that was asked for"),
        POSTPONED: N_("Put off deleting it"),
        GIVEN: N_("Gave it to somebody else"),
        NOT_ASKED: N_("Did not ask for it to be deleted"),
    }
)
"""What happened, by the kind that is stored."""

CHECK_RESULTS: Mapping[CheckResult, str] = MappingProxyType(
    {
        CheckResult.RIGHT: N_("It was their word."),
        CheckResult.UNREADABLE: N_("What was heard is no word of the list."),
        CheckResult.OTHER: N_("It was another word."),
        CheckResult.LOST: N_("They have no word: not confirmed."),
        CheckResult.VOUCHED: N_("Not confirmed; a clinician goes on all the same."),
    }
)
"""What a check of the word showed."""
BY_PHRASE = (N_("The secret phrase was not right."), N_("The secret phrase was right."))
"""What checks showed while the phrase was asked on the telephone: such events are still read."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that happened."""

    at: str
    moment: datetime
    who: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """How events are told."""

    rule_set: RuleSet
    language: Language
    names: Mapping[str, str]
    """Names of staff by id."""

    def entries(self, events: Iterable[Event]) -> tuple[FeedEntry, ...]:
        """Events in their order."""
        return tuple(self._entry(event) for event in events)

    def _entry(self, event: Event) -> FeedEntry:
        say = self.language.gettext
        title = say(KINDS[event.kind]) if event.kind in KINDS else event.kind.replace("_", " ").capitalize()
        return FeedEntry(
            at=when(event.at, self.language),
            moment=event.at,
            who=self._who(event.by),
            title=title,
            lines=tuple(self._lines(event)),
        )

    def _who(self, by: str | None) -> str:
        if by is None:
            return self.language.gettext("The person, or the service")
        return self.names.get(by) or self.language.gettext("Somebody who has left")

    def _lines(self, event: Event) -> Iterable[str]:
        say, detail = self.language.gettext, event.detail
        if event.kind == "state":
            words = state_words(str(detail["state"]), int(detail.get("tries", 0)), self.language)
            reason = REASONS.get(str(detail.get("reason", "")))
            yield f"{words}: {say(reason)}" if reason and detail["state"] == State.CLOSED else words
        if event.kind in ("settled", "corrected"):
            yield say("%(question)s: %(before)s → %(after)s", **self._texts(event, "question", "before", "after"))
        if event.kind == "seen_otherwise":
            yield say("%(question)s (%(ground)s)", **self._texts(event, "question", "ground"))
        if event.kind == CHECKED:
            yield say(
                CHECK_RESULTS[CheckResult(detail[RESULT])] if RESULT in detail else BY_PHRASE[bool(detail.get("right"))]
            )
        if UNCONFIRMED in detail:
            yield say("The caller was not confirmed: %(reason)s", reason=detail[UNCONFIRMED])
        yield from self._following(event)
        if event.kind == ASKED:
            yield say(IDENTITIES[Identity(detail["identity"])])
        if event.kind == GIVEN:
            yield say("To %(name)s.", name=self._who(str(detail["to"]))) if detail["to"] else say("To nobody.")
        if words := str(detail.get("words", "")):
            yield say('In the person\'s words: "%(words)s"', words=words)
        if text := str(detail.get("text", "")):
            yield from text.splitlines()

    def _following(self, event: Event) -> Iterable[str]:
        """What was heard, what was taken back, how a call ended, and what is next since."""
        if signs := signs_in_words(self.rule_set, event.detail.get(SIGNS, ())):
            yield self.language.gettext("Heard: %(signs)s", signs="; ".join(signs))
        if event.kind == UNDONE and event.detail.get("kind") in KINDS:
            yield self.language.gettext(KINDS[event.detail["kind"]])
        outcome, due = str(event.detail.get("outcome", "")), event.detail.get("due")
        if outcome in TRIES:
            yield self.language.gettext(TRIES[outcome])
        step = event.detail.get("step")
        if step and due:
            words = self.language.gettext(STEPS[Step(step)])
            yield f"{words}: {when(datetime.fromisoformat(due), self.language)}"

    def _texts(self, event: Event, *names: str) -> dict[str, str]:
        """Texts of the detail; a question by its label and a ground by its condition, where today's rules have them."""
        detail = {name: str(event.detail.get(name, "")) for name in names}
        question = self.rule_set.question.get(detail.get("question", ""))
        ground = self.rule_set.ground.get(detail.get("ground", ""))
        if ground:
            detail["ground"] = condition_in_words(ground.when.tree, self.rule_set, self.language).short
        return detail | ({"question": question.label} if question else {})


def readings_in_words(
    readings: Iterable[ProgramReadingRow], names: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    """Which programs read it, how often and when last; `names`: of programs, by how the audit names them."""
    return tuple(
        language.ngettext(
            "%(name)s: once, %(last)s",
            "%(name)s: %(number)s times, first %(first)s, last %(last)s",
            reading.times,
            name=names.get(reading.actor) or language.gettext("a program whose key is gone"),
            first=when(reading.first_at, language),
            last=when(reading.last_at, language),
        )
        for reading in readings
    )


def when(moment: datetime, language: Language) -> str:
    """A moment in words, to the minute, where the server stands."""
    return str(format_datetime(moment.astimezone(), "d MMM y, HH:mm", locale=language.locale))
