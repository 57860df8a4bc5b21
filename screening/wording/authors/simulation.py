"""The report on simulated visits in words: pages a visit, and how many are told what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.analysis.simulation import JourneyReport
from screening.rulefiles.authoring.visitors import Visitors
from screening.ruleset.model.rule_set import Kind, RuleSet
from screening.wording.authors.judged_day import today_in_words
from screening.wording.language.languages import Language

MOST = 4
"""How many causes of a kind are listed."""


def journey_lines(report: JourneyReport, visitors: Visitors, rule_set: RuleSet, language: Language) -> Iterator[str]:
    """The whole report, line by line."""
    say = language.gettext
    yield say("%(count)s simulated visits (seed %(seed)s).", count=visitors.count, seed=visitors.seed)
    yield say("What is assumed: %(assumed)s", assumed=visitors.assumed)
    if visitors.today:
        yield say("For all of them %(today)s.", today=today_in_words(visitors.today, language))
    yield say("Pages of questions a visit:")
    for name in ("", *(group.name for group in visitors.groups)):
        pages = report.pages(name)
        if pages:
            yield "  " + _pages(name or say("all visitors"), pages, language)
    read_back = sum(visit.read_back for visit in report.visits) / len(report.visits)
    yield "  " + say("and %(number).1f pages on average that read numbers back", number=read_back)
    interrupted = sum(visit.interrupted for visit in report.visits)
    yield say("Help shown before the end: %(share)s", share=_share(interrupted, len(report.visits)))
    yield say("What they are told:")
    for category, count in report.categories().most_common():
        yield f"  {_share(count, len(report.visits))}  {category}"
    yield from _undetermined_lines(report, rule_set, language)


def _pages(name: str, pages: Sequence[int], language: Language) -> str:
    return language.gettext(
        "%(name)s: median %(median)s, nine in ten at most %(most)s, at most %(highest)s",
        name=name,
        median=pages[len(pages) // 2],
        most=pages[(len(pages) * 9) // 10],
        highest=pages[-1],
    )


def _undetermined_lines(report: JourneyReport, rule_set: RuleSet, language: Language) -> Iterator[str]:
    """The undetermined visits by kind, each with its most frequent causes."""
    all_of_them = sum(report.kinds().values())
    yield language.gettext(
        "%(category)s by kind and cause (one visit may have several causes):", category=rule_set.undetermined.category
    )
    for kind in Kind:
        count = report.kinds()[kind]
        yield f"  {_share(count, len(report.visits))}  {kind} ({_share(count, all_of_them).strip()} of these)"
        for name, times in report.causes(kind).most_common(MOST):
            question = rule_set.question.get(name)
            label = language.gettext("%(label)s is not known", label=question.label) if question else name
            yield f"    {_share(times, count)}  {label if kind is not Kind.DISAGREE else name}"


def _share(count: int, of: int) -> str:
    return f"{100 * count / of if of else 0:5.1f} %"
