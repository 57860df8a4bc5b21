"""Values of the rule file in words, and texts with answers and values in their places."""

from __future__ import annotations

from collections.abc import Mapping

from screening.ruleset.compiler.thresholds import round_outward
from screening.ruleset.engine.answer_reader import Answer
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.model.rule_set import Value
from screening.wording.document.answers import places_in, with_answers
from screening.wording.language.languages import Language


def value_in_words(value: Value, found: ValueRange | None, engine: Engine, language: Language) -> str:
    """A value with its unit, or the range that open answers leave it; in the author's words where there is none."""
    if found is None:
        return value.if_unknown or language.gettext("not worked out")
    low, high = round_outward(found.low, found.high, value.decimals, engine.functions.thresholds.get(value.id, ()))
    number = language.number(low)
    if low != high:
        number = language.gettext("between %(low)s and %(high)s", low=number, high=language.number(high))
    return f"{number} {value.behind(high)}".rstrip()


def filled(
    text: str,
    engine: Engine,
    answers: Mapping[str, Answer],
    plain: Answers,
    language: Language,
    *,
    more: Mapping[str, str] | None = None,
) -> str:
    """A text of the rule file with answers and values in their places; `plain`: the answers as the rules read them."""
    values = engine.rule_set.value
    told = {
        name: value_in_words(values[name], engine.value_range(name, plain), engine, language)
        for name in places_in(text)
        if name in values
    }
    return with_answers(text, engine.rule_set, answers, language, {**told, **(more or {})})
