"""Tables and claims in a rule file: only where they can be printed, and with a cell for each column."""

from __future__ import annotations

from screening.rulefiles.checks.tables import check_tables
from screening.ruleset.model.problem import Problem
from tests.support.rules import small_rules as small


def article(*blocks: small.Members) -> small.Members:
    """A rule file with one article."""
    data = small.rule_file(
        [small.page(small.choice("told", "a", "b"))], [small.rule("one", small.ground("g", 'definitely(told == "a")'))]
    )
    section = {"id": "section", "title": "Section", "blocks": list(blocks)}
    return {**data, "articles": [{"id": "article", "title": "A", "summary": "S.", "sections": [section]}]}


def table(*cells: str) -> small.Members:
    """A block with a table of two columns and one row."""
    rows = [{"id": "row", "cells": list(cells)}]
    return {"id": "block", "table": {"caption": "C", "columns": ["One", "Two"], "rows": rows}}


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_table_whose_rows_have_a_cell_for_each_column_is_no_mistake() -> None:
    assert codes(checked(article(table("a", "b")))) == []


def test_a_row_that_is_too_long_is_named() -> None:
    (problem,) = checked(article(table("a", "b", "c")))
    assert (problem.code, problem.path[-2:]) == ("table.cells", ("rows", 0))
    assert problem.values == {"name": "row", "cells": 3, "columns": 2}


def test_a_table_outside_of_an_article_is_named() -> None:
    data = article()
    data["articles"] = []
    data["categories"][0]["next_steps"] = [table("a", "b")]
    assert codes(checked(data)) == ["block.not_in_article"]


def checked(data: small.Members) -> list[Problem]:
    """What the check finds."""
    return list(check_tables(small.built(data)))
