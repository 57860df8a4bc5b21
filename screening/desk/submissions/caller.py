"""Who is on the telephone, as the page of a submission shows it, and what that lets staff do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screening.desk.access.current_request import current_language, current_staff
from screening.desk.submissions.opened import OpenedSubmission
from screening.storage.accounts.staff import Role
from screening.storage.submissions.person.callers import MOST_WRONG, Caller, CheckResult, caller_of
from screening.storage.submissions.person.word_pairs import WordPair, pair_of
from screening.storage.submissions.record.records import has_number
from screening.wording.desk.feed import when
from screening.wording.language.single_words import nearest_word


class Stage(StrEnum):
    """What the page shows of the call; a check that was made by its result."""

    NO_NUMBER = "no_number"
    NOT_CALLED = "not_called"
    CALLED = "called"
    RIGHT = CheckResult.RIGHT
    UNREADABLE = CheckResult.UNREADABLE
    OTHER = CheckResult.OTHER
    LOST = CheckResult.LOST


@dataclass(frozen=True, slots=True)
class ShownCaller:
    """A caller as the page shows them."""

    stage: Stage
    caller: Caller
    pair: WordPair | None
    """None while the number was not called: until then nobody says a word."""
    heard: str
    """What was typed just now; kept nowhere."""
    nearest: str
    """The word of the list that is nearest to it; never said to the person."""
    by: str
    at: str
    may_tell: bool
    may_vouch: bool
    has_pair: bool
    most_wrong: int = MOST_WRONG


def caller_at(opened: OpenedSubmission) -> Caller:
    """How far the latest call about a submission came."""
    return caller_of(opened.events, has_pair=opened.submission.row.pair_sealed is not None)


def may_tell(caller: Caller) -> bool:
    """Whether the present member of staff may tell, settle and ask for papers: with the person, or as a clinician
    who said why they go on without knowing that it is.
    """
    return caller.is_confirmed or (bool(caller.reason) and current_staff().role is Role.CLINICIAN)


def not_confirmed() -> str:
    """Why nothing is told, settled or asked for."""
    if current_staff().role is Role.CLINICIAN:
        return current_language().gettext(
            "It is not known that this is the person. Check their word at the call, or say there why you go on."
        )
    return current_language().gettext(
        "It is not known that this is the person. Check their word at the call; without it, write a note."
    )


def shown_caller(opened: OpenedSubmission, heard: str = "") -> ShownCaller:
    """A caller as the page shows them, with a word that was typed just now."""
    caller, pair = caller_at(opened), pair_of(opened.submission)
    stage = _stage(opened, caller)
    last = caller.last
    return ShownCaller(
        stage=stage,
        caller=caller,
        pair=pair if caller.was_dialled else None,
        heard=heard,
        nearest=nearest_word(heard, pair.language) if heard and pair and stage is Stage.UNREADABLE else "",
        by=opened.names.get(last.by or "", "") if last else "",
        at=when(last.at, current_language()) if last else "",
        may_tell=may_tell(caller),
        may_vouch=current_staff().role is Role.CLINICIAN and not caller.reason,
        has_pair=pair is not None,
    )


def _stage(opened: OpenedSubmission, caller: Caller) -> Stage:
    if not has_number(opened.submission.contact):
        return Stage.NO_NUMBER
    if not caller.was_dialled:
        return Stage.NOT_CALLED
    return Stage(caller.result) if caller.result else Stage.CALLED
