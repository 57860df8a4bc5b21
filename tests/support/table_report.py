"""A report on the made-up table of plants."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from screening.cohort.judging.moving import reclassify_table
from screening.cohort.mapping import Group, load_mapping
from screening.cohort.reporting.whole import count_table
from screening.rulefiles.loading.loader import load_rule_file
from screening.wording.authors.tables.blocks import TableReport
from screening.wording.authors.tables.report import Reported, table_report
from tests.rulefiles.edited import DATA, SMALL
from tests.support.cases import ENGLISH

PLANTS = DATA / "cohort" / "plants.csv"


@cache
def plants_report() -> TableReport:
    """With a subgroup, a weight, an open question, and another version beside."""
    rules = load_rule_file(SMALL)
    mapping = load_mapping(DATA / "cohort" / "plants.assume.yaml", rules.rule_set)
    groups = {"Soil": Group("ground", {"dry": frozenset({"d"}), "not dry": frozenset({"m", "w"})})}
    mapping = replace(mapping, assumed={}, weight="grams", groups=groups)
    return table_report(
        Reported(
            name=PLANTS.name,
            rule_set=rules.rule_set,
            rules_hash=rules.hash,
            mapping=mapping,
            mapping_hash="1",
            table_hash="2",
            tally=count_table(PLANTS, mapping, rules.engine),
            older=rules.rule_set,
            moves=reclassify_table(PLANTS, mapping, rules.engine, rules.engine),
        ),
        ENGLISH,
    )
