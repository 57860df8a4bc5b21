"""Two versions of a rule file side by side over one table, and who moves between them."""

from __future__ import annotations

from collections import Counter

from screening.cohort.reclassification import Reclassification
from screening.cohort.reporting.tally import Categories
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.tables.blocks import Figures, TableBlock, TablePart, Text
from screening.wording.authors.tables.sets import Sets, percent


def versions_part(older: RuleSet, moves: Reclassification, sets: Sets) -> TablePart:
    """How many are where by each version, and who moves."""
    say = sets.language.gettext
    names = {category.id: category.name for rule_set in (older, sets.rule_set) for category in rule_set.categories}

    def words(of: Categories) -> str:
        return " / ".join(name for category, name in names.items() if category in of)

    before: Counter[Categories] = Counter()
    after: Counter[Categories] = Counter()
    for (old, new), count in moves.outcomes.items():
        before[old] += count
        after[new] += count
    listed = sorted(
        {*before, *after}, key=lambda categories: (-after[categories], -before[categories], words(categories))
    )
    beside = tuple(
        (
            words(categories),
            str(before[categories]),
            str(after[categories]),
            f"{after[categories] - before[categories]:+d}",
        )
        for categories in listed
    )
    moved = tuple((words(old), words(new), str(count), percent(count, moves.judged)) for old, new, count in moves.moves)
    title = say("Beside version %(version)s", version=older.version)
    text = say(
        "%(moved)s of %(judged)s rows move (%(percent).2f %%; rows, not weighted).",
        moved=moves.moved,
        judged=moves.judged,
        percent=100 * moves.moved / moves.judged if moves.judged else 0.0,
    )
    columns = (say("Possible categories"), say("Before"), say("After"), say("Change"))
    blocks: list[TableBlock] = [Text(text), Figures(title, columns, beside)]
    if moved:
        moving = (say("From"), say("To"), say("Rows"), say("% of rows"))
        blocks.append(Figures(say("Who moves"), moving, moved, heads=2))
    return TablePart("versions", title, tuple(blocks))
