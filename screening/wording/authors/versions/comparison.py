"""The comparison of two rule files in words: guarantees weakened, what moves, and what was written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from screening.analysis.comparison.regions import Share
from screening.analysis.comparison.rule_sets import Comparison
from screening.analysis.comparison.weakening import LOUD, Effect, GuaranteeChange
from screening.rulefiles.authoring.differences import Change, Differences, ItemChange
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.guarantees import Guarantee
from screening.wording.authors.outline import Line, Outline, OutlinePart
from screening.wording.authors.versions.pair import Pair
from screening.wording.authors.versions.reclassification import answers_in_words, move_lines, share_line
from screening.wording.language.languages import N_, Language


@dataclass(frozen=True, slots=True)
class ComparedFiles:
    """All that was found about two rule files."""

    old: LoadedRules
    new: LoadedRules
    comparison: Comparison
    guarantees: tuple[GuaranteeChange, ...]
    differences: Differences
    share: Share | None
    """None where nothing can move."""


def comparison_outline(files: ComparedFiles, language: Language, more: tuple[OutlinePart, ...] = ()) -> Outline:
    """The whole report; `more` follows what moves."""
    say = language.gettext
    pair = Pair(files.old.rule_set, files.new.rule_set, language)
    title = say("%(old)s compared with %(new)s", old=_name(files.old), new=_name(files.new))
    moves = [*move_lines(files.comparison, pair)]
    if files.share:
        moves.append(share_line(files.share, language))
    loud = [guarantee for guarantee in files.guarantees if guarantee.effect in LOUD]
    calm = [guarantee for guarantee in files.guarantees if guarantee.effect not in LOUD]
    parts = [
        OutlinePart(say("Guarantees weakened"), tuple(_guarantees(loud, pair)), loud=True),
        OutlinePart(say("What moves"), tuple(moves)),
        *more,
        OutlinePart(say("Other guarantees"), tuple(_guarantees(calm, pair))),
        *_written_anew(files, language),
    ]
    return Outline(title, tuple(part for part in parts if part.lines))


def _name(rules: LoadedRules) -> str:
    return f"{rules.rule_set.id} {rules.rule_set.version} ({rules.hash[:12]})"


# --- guarantees ----------------------------------------------------------------------------------

_EFFECTS: Mapping[Effect, str] = {
    Effect.REMOVED: N_("REMOVED: %(name)s. It said: %(text)s"),
    Effect.WEAKENED: N_("WEAKENED: %(name)s promises less in: %(members)s. It said: %(text)s"),
    Effect.UNCLEAR: N_("CHANGED, compare by hand: %(name)s (%(members)s). It said: %(text)s"),
    Effect.ADDED: N_("Added: %(name)s. %(text)s"),
    Effect.CHANGED: N_("Changed, and promises no less: %(name)s. %(text)s"),
}


def _guarantees(changes: list[GuaranteeChange], pair: Pair) -> Iterator[Line]:
    say = pair.language.gettext
    for change in changes:
        guarantee = change.old or change.new
        text = guarantee.text if guarantee else ""
        members = ", ".join(map(_member_name, change.lost))
        yield Line(say(_EFFECTS[change.effect], name=change.id, text=text, members=members))
        if change.old and change.new:
            yield from _expressions(change.old, change.new)
        if change.answers:
            yield Line(say("Shown by: %(answers)s.", answers=answers_in_words(change.answers, pair)), 1)


def _expressions(old: Guarantee, new: Guarantee) -> Iterator[Line]:
    for name in (field.name for field in fields(Guarantee)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from _old_and_new(Change(_member_name(name), _member_text(before), _member_text(after)), 1)


def _member_name(member: str) -> str:
    """The name of a guarantee's member as a rule file writes it."""
    return next(str(field.metadata.get("key", field.name)) for field in fields(Guarantee) if field.name == member)


def _member_text(member: object) -> str | None:
    if isinstance(member, tuple):
        return ", ".join(map(str, member))
    if isinstance(member, Mapping):
        return ", ".join(f"{name}: {_member_text(value)}" for name, value in member.items())
    return None if member is None else str(getattr(member, "text", member))


# --- what was written anew -----------------------------------------------------------------------

_KINDS: Mapping[str, str] = {
    "question": N_("Questions"),
    "value": N_("Values"),
    "ground": N_("Grounds of rules"),
    "note": N_("Notes"),
    "category": N_("Categories"),
    "source": N_("Sources"),
    "case": N_("Cases"),
}


def _written_anew(files: ComparedFiles, language: Language) -> Iterator[OutlinePart]:
    say = language.gettext
    if files.differences.rule_order:
        lines = tuple(_old_and_new(files.differences.rule_order, 0))
        yield OutlinePart(say("The order in which rules are tried"), lines)
    for what, title in _KINDS.items():
        items = [item for item in files.differences.items if item.what == what]
        if what == "case" and not (files.old.cases and files.new.cases):
            if items:
                yield OutlinePart(say(title), (Line(say("Only one of the files has cases beside it.")),))
            continue
        yield OutlinePart(say(title), tuple(line for item in items for line in _item(item, language)))
    before, after = files.differences.languages
    title = say("Texts") if before == after else say("Texts (%(old)s and %(new)s)", old=before, new=after)
    yield OutlinePart(title, tuple(line for text in files.differences.texts for line in _text(text)))


def _item(item: ItemChange, language: Language) -> Iterator[Line]:
    if not item.is_in_old:
        yield Line(language.gettext("Added: %(name)s", name=item.id))
    elif not item.is_in_new:
        yield Line(language.gettext("Removed: %(name)s", name=item.id))
    else:
        yield Line(language.gettext("Changed: %(name)s", name=item.id))
    for member in item.members:
        yield Line(member.id, 1)
        yield from _sides(member, 2)


def _text(change: Change) -> Iterator[Line]:
    yield Line(change.id)
    yield from _sides(change, 1)


def _old_and_new(change: Change, level: int) -> Iterator[Line]:
    yield Line(change.id, level)
    yield from _sides(change, level + 1)


def _sides(change: Change, level: int) -> Iterator[Line]:
    if change.old:
        yield Line(f"- {change.old}", level)
    if change.new:
        yield Line(f"+ {change.new}", level)
