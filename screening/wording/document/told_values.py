"""Values of the rule file in words, and texts with answers and values in their places."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from screening.ruleset.compiler.numbers.exact_spans import is_infinite
from screening.ruleset.compiler.numbers.reals import exact_order
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.numbers.thresholds import round_end, round_outward
from screening.ruleset.engine.engine import Answers, Engine
from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.model.rule_set import Value
from screening.ruleset.reading.answer_types import Answer
from screening.wording.document.answers import places_in, with_answers
from screening.wording.language.languages import Language


def value_in_words(value: Value, value_range: ValueRange | None, engine: Engine, language: Language) -> str:
    """A value with its unit, or the range that open answers leave it; in the author's words where there is none."""
    if value_range is None:
        return value.if_unknown or language.gettext("not worked out")
    thresholds = engine.functions.thresholds.get(value.id, ())
    if is_infinite(value_range.low) or is_infinite(value_range.high):
        return _on_one_side(value, value_range, thresholds, language)
    low, high = round_outward(value_range.low, value_range.high, value.decimals, thresholds)
    number = language.number(low)
    if low != high:
        number = language.gettext("between %(low)s and %(high)s", low=number, high=language.number(high))
    return f"{number} {value.behind(high)}".rstrip()


def _on_one_side(value: Value, value_range: ValueRange, thresholds: Collection[Real], language: Language) -> str:
    """A value of which one bound alone is known, with the sign of that; nothing is known of it without one."""
    if is_infinite(value_range.low) and is_infinite(value_range.high):
        return value.if_unknown or language.gettext("not worked out")
    end, is_low = (value_range.low, True) if is_infinite(value_range.high) else (value_range.high, False)
    number = round_end(end, value.decimals, thresholds, upward=not is_low)
    is_open = (value_range.low_open if is_low else value_range.high_open) or exact_order(number, end) != 0
    sign = (
        (">" if is_low else "<")
        if is_open
        else "\N{GREATER-THAN OR EQUAL TO}"
        if is_low
        else "\N{LESS-THAN OR EQUAL TO}"
    )
    return f"{sign}{language.number(number)} {value.behind(number)}".rstrip()


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
