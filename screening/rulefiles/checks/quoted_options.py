"""Does what a page calls a choice, in quotation marks, stand on it? Nobody finds one by a part of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import Page
from screening.ruleset.model.rule_set import RuleSet

_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')


def quoted_options(rule_set: RuleSet) -> Iterator[Problem]:
    """Words in quotation marks that are a part of a choice of their page, and the whole of none.

    The name of "not sure" where a question gives it none of its own is not of the rule file, so it is not known here.
    """
    for index, page in enumerate(rule_set.pages):
        names = _names(page)
        for text, at in _texts(page, ("pages", index)):
            for quoted in (one or other for one, other in _QUOTED.findall(text)):
                like = [name for name in names if quoted.casefold() in name.casefold()]
                if like and quoted not in like:
                    yield Problem("option.quoted", at, values={"quoted": quoted, "like": like[0]})


def _names(page: Page) -> list[str]:
    """All that can be chosen on a page."""
    options = [option.text for question in page.questions for option in question.options]
    own = [question.not_sure for question in page.questions]
    return [name for name in (*options, *own, page.skip) if name]


def _texts(page: Page, path: Path) -> Iterator[tuple[str, Path]]:
    """The texts that say how a page is filled in."""
    for index, block in enumerate(page.intro):
        if block.text:
            yield block.text, (*path, "intro", index, "text")
    for index, question in enumerate(page.questions):
        if question.help:
            yield question.help, (*path, "questions", index, "help")
