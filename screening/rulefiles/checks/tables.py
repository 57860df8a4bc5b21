"""Do tables and claims stand where they can be printed, and has each row a cell for each column?"""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.model.parts import block_lists
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet


def check_tables(rule_set: RuleSet) -> Iterator[Problem]:
    """Tables and claims outside of articles, and rows that are too short or too long."""
    for blocks, path in block_lists(rule_set):
        in_article = path[0] == "articles" and "checks" not in path
        for index, block in enumerate(blocks):
            here = (*path, index)
            if (block.table or block.claims) and not in_article:
                yield Problem("block.not_in_article", here, values={"name": block.id})
            for number, row in enumerate(block.table.rows if block.table else ()):
                columns = len(block.table.columns) if block.table else 0
                if len(row.cells) != columns:
                    values = {"name": row.id, "cells": len(row.cells), "columns": columns}
                    yield Problem("table.cells", (*here, "table", "rows", number), values=values)
