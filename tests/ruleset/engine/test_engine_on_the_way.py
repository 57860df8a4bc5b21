"""The engine on the way to an outcome: what interrupts, which texts are shown, and the code that was generated."""

from __future__ import annotations

from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.parsing import parse
from screening.ruleset.model.texts import Block, Expression
from tests.support.rules.interpreter import Given
from tests.support.rules.small_rules import built, choice, engine, ground, number, rule, rule_file, several

FLAGS = several("flags", "bleeding", "fainting", strict=True)
TOLD = choice("told", "scar", "fine")
RULES = [
    rule("urgent", ground("flagged", 'any_of(flags, "bleeding", "fainting")')),
    rule("serious", ground("told_scar", 'definitely(told == "scar")')),
    rule("calm", ground("told_fine", 'definitely(told == "fine")')),
]


def condition(text: str) -> Expression:
    """A condition of a text."""
    return Expression(text, parse(text))


def test_an_interrupt_waits_for_every_question_that_it_depends_on() -> None:
    grounds = [
        ground("both", 'any_of(flags, "bleeding") or definitely(size > 3)', interrupt=True),
        ground("quiet", 'any_of(flags, "bleeding")'),
    ]
    questions = [FLAGS, TOLD, number("size", ask_if='definitely(told == "scar")')]
    waiting = engine(rule_file(questions, [rule("urgent", *grounds)]))
    flagged: dict[str, Given] = {"flags": frozenset({"bleeding"})}
    assert waiting.interrupts(flagged, ["flags"]) == ()
    shown = waiting.interrupts({**flagged, "told": "fine"}, ["flags", "told"])
    assert [reason.id for reason in shown] == ["both"]
    assert waiting.interrupts({**flagged, "told": "scar"}, ["flags", "told"]) == ()
    assert waiting.interrupts({**flagged, "told": "scar"}, ["flags", "told", "size"]) == shown


def test_texts_are_shown_where_their_condition_holds() -> None:
    showing = engine(rule_file([FLAGS, TOLD], RULES))
    blocks = (
        Block("always", "Text."),
        Block("serious", "Text.", when=condition('category == "serious"')),
        Block("calm", "Text.", when=condition('may_be("calm") or holds("told_fine")')),
        Block("told", "Text.", when=condition("known(told) and not known(underlying)")),
    )
    said: dict[str, Given] = {"flags": frozenset(), "told": "scar"}
    assert [block.id for block in showing.shown_blocks(blocks, said, showing.evaluate(said))] == [
        "always",
        "serious",
        "told",
    ]


def test_the_generated_source_is_kept_for_who_wants_to_read_it() -> None:
    rule_set = built(rule_file([FLAGS, TOLD], RULES))
    source = Engine(rule_set).functions.source
    assert source.startswith("def decide(a):")
    assert source == Engine(rule_set).functions.source
