"""The form that a reviewer fills in: every point of a rule file with what is needed to judge it, as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from screening.rulefiles.authoring.pinned_changes import ChangedPin
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.points import Point, points
from screening.rulefiles.review.state import Role
from screening.wording.document.citations import Citations
from screening.wording.language.languages import Language

WIDTH = 110


def review_form(
    rules: LoadedRules, role: Role, translated_into: str, changed: Sequence[ChangedPin] | None, language: Language
) -> str:
    """The empty form for somebody who signs in this role.

    First comes what carries safety and was changed since the last signature; None where nothing is pinned.
    """
    return "\n".join(_lines(rules, role, translated_into, changed, language)) + "\n"


def _lines(
    rules: LoadedRules, role: Role, translated_into: str, changed: Sequence[ChangedPin] | None, language: Language
) -> Iterator[str]:
    say = language.gettext
    rule_set = rules.rule_set
    yield "# yaml-language-server: $schema=review_form.schema.json"
    yield "#"
    yield from _comment(f"{rule_set.title} ({rule_set.id} {rule_set.version})")
    yield "#"
    yield from _changed(changed, language)
    yield "#"
    yield from _comment(
        say(
            "Fill in what stands between quotation marks. Every point needs a verdict. agree: it may be used as it is. "
            "agree_with_change: it may be used as it is, and the comment says what the next version should change. "
            "disagree: it must not be used as it is, and the comment says why. Whoever disagrees signs too; the rule "
            "file then does not count as reviewed."
        )
    )
    yield from _comment(say("Your name, registration and interests are shown to everyone who uses the service."))
    yield ""
    yield f'sha256: "{rules.hash}"'
    yield 'name: ""'
    yield from _comment(say("Where you are registered, and the number; of a translator the qualification."))
    yield 'registration: ""'
    yield from _comment(say("Do you work for, or are you paid by, a clinic that sells this? yes or no"))
    yield 'paid_by_a_clinic: ""'
    yield from _comment(say("Anything else that readers should know about your interests; may stay empty."))
    yield 'interests: ""'
    yield from _comment(say("The day on which you sign, such as 2026-11-22"))
    yield 'signed_on: ""'
    yield ""
    yield "verdicts:"
    for point in points(rule_set, role):
        yield from _point(point, rules, translated_into, language)


def _changed(changed: Sequence[ChangedPin] | None, language: Language) -> Iterator[str]:
    """What carries safety and was changed, with the reason, as it stands today."""
    say = language.gettext
    if changed is None:
        yield from _comment(
            say("Nothing is pinned in this file, so nobody can say whether what carries safety changed.")
        )
        return
    if not changed:
        yield from _comment(say("Nothing that carries safety was changed since this was last signed."))
        return
    yield from _comment(say("Changed since this was last signed, and it carries safety. Read this first:"))
    for change in changed:
        yield "#"
        yield from _comment(
            f"{change.id}: {change.says}" if change.says else say("%(name)s: removed", name=change.id), "", "  "
        )
        yield from _comment(
            say("Why (%(day)s): %(reason)s", day=change.day.isoformat(), reason=change.reason), "", "    "
        )


def _point(point: Point, rules: LoadedRules, translated_into: str, language: Language) -> Iterator[str]:
    say = language.gettext
    yield ""
    for text in filter(None, point.says):
        yield from _comment(text, "  ")
    if translated_into:
        question = say("The translation (%(language)s) says the same as the original.", language=translated_into)
        yield from _comment(question, "  ")
    if point.condition:
        yield from _comment(say("Holds where: %(condition)s", condition=point.condition), "  ")
    if point.judgement:
        yield from _comment(say("To be confirmed: %(judgement)s", judgement=point.judgement), "  ")
    for name in point.sources:
        yield from _comment(_source(name, rules, language), "  ")
    yield f"  {point.id}:"
    yield '    verdict: ""'
    yield '    comment: ""'


def _source(name: str, rules: LoadedRules, language: Language) -> str:
    """A source as a reader can find it."""
    citations = Citations(rules.rule_set)
    citations.cite([name])
    (entry,) = citations.entries(language)
    remark = f"({entry.remark})" if entry.remark else ""
    return language.gettext("Source: %(source)s", source=" ".join(filter(None, (entry.text, entry.address, remark))))


def _comment(text: str, indent: str = "", within: str = "") -> list[str]:
    """A text as comment lines; words are never broken, so that an address can be copied."""
    width = WIDTH - len(indent) - len(within)
    lines = wrap(" ".join(text.split()), width, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}# {within}{line}" for line in lines]
