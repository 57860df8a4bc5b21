"""Warning signs that were heard on a call, in the words of the rules: for staff, and for the person."""

from __future__ import annotations

from collections.abc import Iterable

from screening.ruleset.model.rule_set import RuleSet


def signs_in_words(rule_set: RuleSet, signs: Iterable[str]) -> tuple[str, ...]:
    """Signs as they are kept (`question/option`), each once; what the rules no longer ask for is left out."""
    words = {
        f"{question.id}/{option.code}": option.text for question in rule_set.questions for option in question.options
    }
    return tuple(words[sign] for sign in dict.fromkeys(signs) if sign in words)
