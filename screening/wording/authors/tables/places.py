"""Who of a table is where and why, what is open and which column would settle it, and what is known at all."""

from __future__ import annotations

from screening.cohort.mapping import CohortMapping
from screening.cohort.reporting.open_answers import open_questions
from screening.cohort.reporting.tally import NONE
from screening.wording.authors.tables.blocks import Bars, Figures, TablePart, Text
from screening.wording.authors.tables.sets import Sets, in_order, percent
from screening.wording.document.expressions import expression_sentence


def places_part(sets: Sets) -> TablePart:
    """Which categories are possible for how many."""
    say, tally = sets.language.gettext, sets.tally
    listed = [names for names in sets.listed if tally.possible.get(names)]
    rows = tuple((sets.letter(names), sets.words(names), *sets.cells(tally.possible[names])) for names in listed)
    title = say("Who is where")
    drawn = Bars(
        say("Rows by what is possible: %(numbers)s", numbers="; ".join(f"{row[0]} {row[2]}" for row in rows)),
        tuple(sets.in_short(names) for names in listed),
        tuple(tally.possible[names].rows for names in listed),
    )
    told = say(
        "What is possible for a row is a set of categories; each set has a letter, the same throughout this report. "
        "Of %(judged)s rows with an outcome %(open)s (%(percent)s %%) stay open: more than one category is possible.",
        judged=tally.judged.rows,
        open=tally.open.rows,
        percent=percent(tally.open.rows, tally.judged.rows),
    )
    columns = (say("Set"), say("Possible categories"), *sets.columns)
    return TablePart("places", title, (Text(told), drawn, Figures(title, columns, rows, heads=2)))


def why_part(sets: Sets) -> TablePart:
    """Which grounds hold, and which may."""
    say, tally, rule_set = sets.language.gettext, sets.tally, sets.rule_set
    title = say("Why: grounds that hold")
    rows = tuple(
        (
            ground.id,
            rule_set.category[rule_set.category_of[ground.id]].name,
            expression_sentence(ground.when.tree, rule_set, sets.language),
            *sets.cells(tally.grounds.get(ground.id, NONE)),
            str(tally.open_grounds.get(ground.id, NONE).rows),
        )
        for ground in rule_set.grounds
        if tally.grounds.get(ground.id) or tally.open_grounds.get(ground.id)
    )
    columns = (say("Ground"), say("Of"), say("Holds where"), *sets.columns, say("Open rows"))
    text = say(
        "A ground holds in a row where it does whatever is still open; it is open where it neither holds nor is ruled "
        "out, and its category is possible. A row may have several. Earlier categories win."
    )
    return TablePart("why", title, (Text(text), Figures(title, columns, rows, heads=3)))


def open_part(sets: Sets, mapping: CohortMapping) -> TablePart | None:
    """Which questions keep rows open, and which column would answer them."""
    say, tally = sets.language.gettext, sets.tally
    if not tally.open.rows:
        return None
    counted = [(question, tally.narrowing.get(question.id, NONE)) for question in open_questions(sets.rule_set)]
    listed = sorted((entry for entry in counted if entry[1].rows), key=lambda entry: -entry[1].rows)
    title = say("What is open, and which column causes it")
    rows = tuple(
        (question.label, _columns_of(question.id, mapping) or say("no column"), *sets.cells(count, tally.open))
        for question, count in listed
    )
    numbers = tuple(count.rows for _, count in listed)
    drawn = Bars(
        say("Open rows by question: %(numbers)s", numbers="; ".join(f"{row[0]} {row[2]}" for row in rows)),
        tuple(row[0] for row in rows),
        numbers,
    )
    text = say(
        "Of %(open)s open rows: in how many the answer is not known, and some answer to this question alone would "
        "rule out a category that is possible. Shares are of the open rows.",
        open=tally.open.rows,
    )
    columns = (say("Question"), say("Column"), *sets.columns)
    return TablePart("open", title, (Text(text), drawn, Figures(title, columns, rows, heads=2)))


def groups_part(sets: Sets) -> TablePart | None:
    """Who is where, by subgroup."""
    say, tally = sets.language.gettext, sets.tally
    if not tally.groups:
        return None
    parts = []
    for title, by in tally.groups.items():
        rows: list[tuple[str, ...]] = []
        for label, counted in by.items():
            whole = sum(counted.values(), NONE)
            filled_sets = [names for names in sets.listed if counted.get(names)]
            rows += [(label, sets.in_short(names), *sets.cells(counted[names], whole)) for names in filled_sets]
        columns = (title, say("Set"), *sets.columns)
        parts.append(TablePart("", title, (Figures(title, columns, tuple(rows), heads=2),)))
    text = say("Shares are of the rows of the same part. Sets are those of the first table.")
    return TablePart("groups", say("By subgroup"), (Text(text),), tuple(parts))


def known_part(sets: Sets, mapping: CohortMapping) -> TablePart:
    """How many rows hold an answer to each question, and have each value."""
    say, tally, rule_set = sets.language.gettext, sets.tally, sets.rule_set
    title = say("What is known")
    rows = []
    for name in in_order(rule_set, tally.known):
        question = rule_set.question.get(name)
        label = question.label if question else rule_set.value[name].label
        source = _columns_of(name, mapping) or say("assumed or worked out") if question else say("worked out")
        if label:
            rows.append((label, source, *sets.cells(tally.known[name])))
    absent = [question.label for question in rule_set.questions if question.id not in tally.known]
    text = say(
        "In how many rows an answer or a value is known. Known in none: %(labels)s.",
        labels=", ".join(absent) or say("none of the questions"),
    )
    columns = (say("Answer or value"), say("From"), *sets.columns)
    return TablePart("known", title, (Text(text), Figures(title, columns, tuple(rows), heads=2)))


def _columns_of(name: str, mapping: CohortMapping) -> str:
    if name in mapping.columns:
        return mapping.columns[name].name
    return ", ".join(dict.fromkeys(tick.column for tick in mapping.ticks.get(name, {}).values()))
