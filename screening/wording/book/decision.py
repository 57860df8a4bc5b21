"""The decision: rules from the top, each with its grounds, and what stands at the end; drawn, and as a list."""

from __future__ import annotations

from screening.ruleset.model.rule_set import Rule, Tone
from screening.wording.book.findings import Chapters
from screening.wording.document.blocks import Decision, DecisionStep, Items, Paragraph, Part


def decision(book: Chapters) -> Part:
    """The decision drawn, and the list that says the same."""
    say = book.say
    rule_set = book.input.rules.rule_set
    steps = tuple(_step(number, rule, book) for number, rule in enumerate(rule_set.rules, start=1))
    last = DecisionStep(title=book.category(rule_set.undetermined.category), marks=(say("no rule holds"),), grounds=())
    drawing = Decision(
        title=say("The decision, from the first rule to the last"),
        steps=steps,
        last=last,
        question=say("Does one of these grounds hold?"),
        yes=say("yes"),
        otherwise=say("otherwise"),
    )
    lead = say(
        "Where answers that decide are not known, the same is done for each way in which they could be completed; "
        "where that gives several categories, all of them are told, and none is chosen."
    )
    items = [_line(step, book) for step in steps]
    items.append(say("Otherwise: %(category)s.", category=last.title))
    return Part("decision", say("The decision"), (Paragraph(lead), drawing, Items(tuple(items), ordered=True)))


def _step(number: int, rule: Rule, book: Chapters) -> DecisionStep:
    say = book.say
    category = book.input.rules.rule_set.category[rule.category]
    marks = [say("rule %(number)s", number=number)]
    if category.tone is Tone.URGENT:
        marks.append(say("urgent"))
    if category.overrides:
        marks.append(say("stands before the others, whatever else is true"))
    return DecisionStep(category.name, tuple(marks), tuple(ground.id for ground in rule.grounds))


def _line(step: DecisionStep, book: Chapters) -> str:
    return book.say(
        "%(category)s (%(marks)s), where one of these holds: %(grounds)s.",
        category=step.title,
        marks="; ".join(step.marks),
        grounds=", ".join(step.grounds),
    )
