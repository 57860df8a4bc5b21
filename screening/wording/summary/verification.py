"""What is said of a PDF that somebody wants verified: its signature, its answers judged again, what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from cattrs.preconf.json import make_converter

from screening.wording.document.blocks import Block, Items, Paragraph, Part
from screening.wording.language.languages import N_, Language


class Seal(StrEnum):
    """What a signature says of a file."""

    UNCHANGED = "unchanged"
    """Signed by a certificate that is known, and unchanged since."""
    UNKNOWN = "unknown"
    """Unchanged since it was signed, by somebody who is not known here."""
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    """The file cannot be read as a PDF with one signature over all of it."""
    NOT_LOOKED_AT = "not_looked_at"
    """What is needed to look at signatures is not installed."""


class Attached(StrEnum):
    """What is attached to a file."""

    RECORD = "record"
    NOTHING = "nothing"
    OTHER = "other"
    """Something that is not the record of a summary."""


@dataclass(frozen=True, slots=True)
class ReassessedRecord:
    """What a rule set makes of the attached answers."""

    rules: str
    """Id, version and the beginning of the hash."""
    category: str
    """The category's name, or empty where there is no outcome."""
    possible: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Questions whose answers this rule set cannot read, or does not have."""
    same: bool = False
    """Whether the outcome is the one in the record, in every member."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was found out about a file."""

    seal: Seal
    attached: Attached
    signer: str = ""
    fingerprint: str = ""
    recorded_rules: str = ""
    answered_on: str = ""
    answered_since: str | None = ""
    """The date of the oldest answer; None where nobody knows it."""
    again: ReassessedRecord | None = None
    """By the very rule set of the record; None where it is not at hand."""
    today: ReassessedRecord | None = None
    """By the rules served today, where they are others."""


MOST_NAMES = 20
"""Of the questions that could not be read: a forged file may name any number."""
_LONGEST = 120
"""Characters of a name that a file gives itself."""


def verdict_members(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON members, so that a page can be opened again with it; what a file says of itself is cut."""
    cut = replace(
        verdict,
        signer=verdict.signer[:_LONGEST],
        recorded_rules=verdict.recorded_rules[:_LONGEST],
        answered_on=verdict.answered_on[:_LONGEST],
        answered_since=verdict.answered_since and verdict.answered_since[:_LONGEST],
        again=verdict.again and _cut(verdict.again),
        today=verdict.today and _cut(verdict.today),
    )
    members: dict[str, Any] = make_converter().unstructure(cut)
    return members


def _cut(judged: ReassessedRecord) -> ReassessedRecord:
    names = [name[:_LONGEST] for name in judged.unreadable[:MOST_NAMES]]
    more = ["..."] if len(judged.unreadable) > MOST_NAMES else []
    return replace(judged, unreadable=(*names, *more))


def verdict_from(members: Mapping[str, Any]) -> Verdict:
    """The verdict that these members were made from."""
    return make_converter().structure(members, Verdict)


_SEALS: Mapping[Seal, tuple[str, str]] = {
    Seal.UNCHANGED: (
        N_("Made by this service, and unchanged"),
        N_("The signature is that of %(signer)s (certificate %(fingerprint)s)."),
    ),
    Seal.UNKNOWN: (
        N_("Signed by somebody who is not known here"),
        N_(
            "It is unchanged since %(signer)s signed it (certificate %(fingerprint)s). Anybody can make a certificate "
            "with any name: compare its number with the one that the service gave you."
        ),
    ),
    Seal.CHANGED: (
        N_("Changed"),
        N_("This file was changed after %(signer)s signed it (certificate %(fingerprint)s). Do not rely on it."),
    ),
    Seal.UNSIGNED: (
        N_("Not signed"),
        N_("Nothing shows who made this file, or whether it was changed. Its pages may say anything."),
    ),
    Seal.UNREADABLE: (
        N_("Cannot be read"),
        N_("This file is damaged, or is no PDF of this service. Do not rely on it."),
    ),
    Seal.NOT_LOOKED_AT: (
        N_("The signature was not looked at"),
        N_("What is needed for that is not installed here (the extra “sign”)."),
    ),
}


def verdict_parts(verdict: Verdict, language: Language) -> tuple[Part, ...]:
    """The verdict in the order in which it is read. What nobody knows is always said."""
    title, text = _SEALS[verdict.seal]
    sentence = language.gettext(
        text, signer=f"“{verdict.signer}”", fingerprint=grouped_fingerprint(verdict.fingerprint)
    )
    tone = "" if verdict.seal is Seal.UNCHANGED else "caution"
    limits = language.gettext(
        "Made from typed answers; nobody checked the answers. A signature shows who made the file, not that what it "
        "says is true."
    )
    return (
        Part("seal", language.gettext(title), (Paragraph(sentence),), tone=tone),
        Part("outcome", language.gettext("The result, worked out again"), tuple(_outcome(verdict, language))),
        Part("limits", language.gettext("What nobody knows"), (Paragraph(limits),)),
    )


def _outcome(verdict: Verdict, language: Language) -> Iterator[Block]:
    say = language.gettext
    if verdict.attached is Attached.NOTHING:
        yield Paragraph(
            say(
                "The answers are not attached: this copy was made without them, or another program saved it anew. So "
                "the result cannot be worked out again."
            )
        )
        return
    if verdict.attached is Attached.OTHER:
        yield Paragraph(say("What is attached is not the data of a summary, so nothing can be worked out again."))
        return
    yield Paragraph(
        say(
            "The attached answers are of %(day)s, for the rules %(rules)s.",
            day=_day(verdict.answered_on, language),
            rules=verdict.recorded_rules,
        )
    )
    if verdict.answered_since is None:
        yield Paragraph(say("Some come from a saved file; nobody knows how old they are."))
    elif verdict.answered_since != verdict.answered_on:
        yield Paragraph(say("Some of them are older: from %(day)s on.", day=_day(verdict.answered_since, language)))
    if verdict.again is None:
        yield Paragraph(
            say("These very rules are not here, so it is not known whether they give the result that the file names.")
        )
    elif verdict.again.same:
        yield Paragraph(say("The same: these rules give the result that the attached data names."))
        yield from _assessment_blocks(verdict.again, language)
    else:
        yield Paragraph(say("Different: these rules do not give the result that the attached data names."))
        yield from _assessment_blocks(verdict.again, language)
    if verdict.again is not None and verdict.today is None:
        yield Paragraph(say("They are today's rules, too."))
    if verdict.today is not None:
        yield Paragraph(say("What today's rules (%(rules)s) make of the same answers:", rules=verdict.today.rules))
        yield from _assessment_blocks(verdict.today, language)


def _assessment_blocks(judged: ReassessedRecord, language: Language) -> Iterator[Block]:
    say = language.gettext
    lines = []
    if judged.category:
        lines.append(say("Result: %(category)s", category=judged.category))
    else:
        lines.append(say("No result: an answer without which there is none is missing or cannot be read."))
    if len(judged.possible) > 1:
        lines.append(say("Possible: %(possible)s", possible=language.all_of(judged.possible)))
    if judged.unreadable:
        lines.append(say("Not read: %(questions)s", questions=language.all_of(judged.unreadable)))
    yield Items(tuple(lines))


def _day(written: str, language: Language) -> str:
    """A date in words; as it is written where it is none."""
    try:
        return language.date(date.fromisoformat(written))
    except ValueError:
        return written


def grouped_fingerprint(fingerprint: str) -> str:
    """A fingerprint that two people can compare."""
    return " ".join(fingerprint[index : index + 4] for index in range(0, len(fingerprint), 4))
