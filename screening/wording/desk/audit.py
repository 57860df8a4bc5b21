"""The audit in sentences: who did what, with whose account or which submission. For the desk and the commands alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from screening.storage.accounts.second_factor import APP_REPLACED
from screening.storage.accounts.staff import Role
from screening.storage.audit.log import ACCOUNT_SEALED, BROKEN, KEY_ISSUED, KEY_REVOKED, PERSON, PROGRAM, SERVICE, Entry
from screening.storage.submissions.deletion.deletion_requests import AGREED, ASKED, LIFTED, NOT_ASKED, Identity
from screening.storage.submissions.deletion.idle import POSTPONED
from screening.storage.submissions.desk_list.list_groups import NOBODY
from screening.storage.submissions.next_steps.standing import EMERGENCY_TAKEN_BACK, UNDONE
from screening.storage.submissions.next_steps.steps import Decision
from screening.storage.submissions.person.amendments import ANSWERS_CHANGED, REACH_CHANGED
from screening.storage.submissions.record.records import State, Step
from screening.wording.desk.accounts import role_name
from screening.wording.desk.deletion import IDENTITIES
from screening.wording.desk.feed import when
from screening.wording.desk.next_step import ENDINGS, STEPS
from screening.wording.desk.terms import STATES, TRIES
from screening.wording.language.languages import N_, Language

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "shared": N_("%(who)s sent answers."),
        "opened": N_("%(who)s opened it."),
        "taken": N_("%(who)s took it."),
        "handed_back": N_("%(who)s handed it back to everybody."),
        "noted": N_("%(who)s wrote a note."),
        "checked_identity": N_("%(who)s checked who was calling."),
        "dialled": N_("%(who)s said that they call the stored number."),
        "word_lost": N_("%(who)s noted that the person does not know their word."),
        "vouched": N_("%(who)s went on with a caller who was not confirmed."),
        "emergency": N_("%(who)s noted an emergency on the call."),
        EMERGENCY_TAKEN_BACK: N_("%(who)s took the emergency back: it was none."),
        "reopened": N_("%(who)s opened it again, which had been closed."),
        UNDONE: N_("%(who)s took back their last step."),
        "settled": N_("%(who)s settled an answer on the telephone."),
        "corrected": N_("%(who)s changed a known answer."),
        "seen_otherwise": N_("%(who)s noted that the clinic saw something else."),
        ANSWERS_CHANGED: N_("%(who)s corrected an answer."),
        REACH_CHANGED: N_("%(who)s changed how to be reached."),
        AGREED: N_("%(who)s agreed that it is deleted."),
        LIFTED: N_("%(who)s undid the deletion that was asked for."),
        NOT_ASKED: N_("%(who)s did not ask for it to be deleted, and undid that."),
        POSTPONED: N_("%(who)s put off deleting it."),
        State.WITHDRAWN: N_("%(who)s took it back; it was deleted."),
        State.ERASED: N_("%(who)s deleted it."),
        "notice_dropped": N_("%(who)s gave up a message to the clinic about it."),
        "export_begun": N_("%(who)s began to take submissions out as a file (%(subject)s)."),
        "archive_begun": N_("%(who)s began to take an archive out (%(subject)s)."),
        "archive_complete": N_("%(who)s took the whole archive out (%(subject)s)."),
        "archive_cut": N_("%(who)s did not take the whole archive out (%(subject)s)."),
        "names_listed": N_("%(who)s looked for somebody and saw a list with names (how many: %(subject)s)."),
        "list_seen": N_("%(who)s saw the list, with names (number of names: %(subject)s)."),
        "named_beside": N_("%(who)s read its name on the page of another one from the same number or address."),
        "call_list": N_("%(who)s saw a call list with names and numbers (number of lines: %(subject)s)."),
        "signed_in": N_("%(who)s signed in."),
        "signed_out": N_("%(who)s signed out."),
        "sign_in_failed": N_("Somebody tried to sign in as %(about)s and failed."),
        "code_failed": N_("%(who)s gave a code that was not right."),
        "password_chosen": N_("%(who)s chose a password."),
        APP_REPLACED: N_("%(who)s set up another app."),
        "recovery_codes_made": N_("%(who)s was given recovery codes."),
        "recovery_code_used": N_("%(who)s signed in with a recovery code."),
        "disabled": N_("%(who)s disabled %(about)s."),
        "reset": N_("%(who)s invited %(about)s anew."),
        ACCOUNT_SEALED: N_("%(who)s changed something of the account of %(about)s."),
        "program_listed": N_("%(who)s read the list of submissions (number of lines: %(subject)s)."),
        "program_read": N_("%(who)s read it. Nobody at the clinic has opened it by that."),
        KEY_ISSUED: N_("%(who)s issued a key for a program (%(subject)s)."),
        KEY_REVOKED: N_("%(who)s revoked the key of a program (%(subject)s)."),
        "accounts_sealed": N_("%(who)s began to seal accounts."),
        "purged": N_("%(who)s deleted what was kept for long enough."),
        "clock_accepted": N_("%(who)s was told that its clock is right."),
        "restored": N_("%(who)s was restored from a backup of %(subject)s."),
        "master_key_changed": N_("%(who)s was given another master key."),
        BROKEN: N_("%(who)s found that the end of the audit was changed by others."),
    }
)
"""By action. `about` is the account that it is about, `subject` what else an entry names."""
PREFIXED: Mapping[str, str] = MappingProxyType(
    {
        "state_": N_("%(who)s said where it stands: %(what)s."),
        "try_": N_("%(who)s tried to call and did not reach the person: %(what)s."),
        "decided_": N_("%(who)s decided what is done, as the person was not reached: %(what)s."),
        "next_": N_("%(who)s reached the person, and said what is next: %(what)s."),
        "exported_": N_("%(who)s took it out as a file (%(what)s)."),
        "given_to_": N_("%(who)s gave it to %(what)s."),
        f"{ASKED}_": N_("%(who)s wrote down that the person wants it deleted: %(what)s"),
        "added_": N_("%(who)s added %(about)s as: %(what)s."),
        "account_locked_": N_("%(who)s found that the account of %(about)s was changed outside of it, and locked it."),
    }
)
"""By the beginning of an action, of which the rest is told as `what`."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry as it is read."""

    number: int
    at: str
    sentence: str
    about: str
    """The code of the submission that it is about, or that there is none to tell; empty where it is about none."""


@dataclass(frozen=True, slots=True)
class AuditWords:
    """How entries are told."""

    names: Mapping[str, str]
    """Names of staff by id, and of programs by actor."""
    subjects: Mapping[str, str]
    """What is said of submissions by id: a code, or that it is deleted."""
    language: Language

    def line(self, entry: Entry) -> AuditLine:
        """One entry."""
        about = self.subjects.get(entry.subject, "")
        return AuditLine(entry.number, when(entry.at, self.language), self.sentence(entry), about)

    def sentence(self, entry: Entry) -> str:
        """What an entry says, in one sentence."""
        say = self.language.gettext
        values = {
            "who": self._who(entry.actor),
            "about": self._name(entry.subject),
            "subject": _subject(entry.subject, self.language),
        }
        if entry.action in SENTENCES:
            return say(SENTENCES[entry.action]) % values
        for prefix, sentence in PREFIXED.items():
            if entry.action.startswith(prefix):
                what = self._rest(prefix, entry.action.removeprefix(prefix))
                return say(sentence) % {**values, "what": what}
        return say("%(who)s did what this version has no words for: %(action)s.", action=entry.action, **values)

    def _who(self, actor: str) -> str:
        say = self.language.gettext
        if actor.startswith(PROGRAM):
            return say("The program %(name)s", name=self.names.get(actor) or actor.removeprefix(PROGRAM))
        return {PERSON: say("The person"), SERVICE: say("The service")}.get(actor) or self._name(actor)

    def _name(self, staff_id: str) -> str:
        return self.names.get(staff_id) or self.language.gettext("Somebody who has left")

    def _rest(self, prefix: str, rest: str) -> str:
        """The rest of an action in words."""
        say = self.language.gettext
        words: dict[str, Callable[[], str]] = {
            "state_": lambda: say(STATES[State(rest)]),
            "try_": lambda: say(TRIES[rest]),
            "decided_": lambda: say(ENDINGS[Decision(rest)]),
            "next_": lambda: say(STEPS[Step(rest)]),
            "exported_": rest.upper,
            "given_to_": lambda: self._name(rest) if rest != NOBODY else say("nobody"),
            f"{ASKED}_": lambda: say(IDENTITIES[Identity(rest)]),
            "added_": lambda: role_name(Role(rest), self.language),
        }
        try:
            return words[prefix]()
        except (KeyError, ValueError):
            return rest


def audit_words(names: Mapping[str, str], subjects: Mapping[str, str | State], language: Language) -> AuditWords:
    """How entries are told, with what may be said of the submissions that they are about."""
    say = language.gettext
    states = {State.RESTRICTED: say("Deletion asked"), State.ERASED: say("a deleted submission")}
    said = {name: states[about] if isinstance(about, State) else about for name, about in subjects.items()}
    return AuditWords(names, said, language)


def has_words(action: str) -> bool:
    """Whether there is a sentence for an action."""
    return action in SENTENCES or action.startswith(tuple(PREFIXED))


def _subject(subject: str, language: Language) -> str:
    """What an entry names that is neither an account nor a submission: a moment in words, anything else as it is."""
    try:
        return when(datetime.fromisoformat(subject), language)
    except ValueError:
        return subject
