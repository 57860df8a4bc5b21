"""Everything named exists and nothing is named twice: one test a check, on the small rule file with an edit."""

from __future__ import annotations

import pytest

from screening.rulefiles.checks import ids, references
from screening.rulefiles.loading.loader import LoadedRules
from tests.rulefiles.edited import SMALL_TEXT, edited, places, rule_set_of
from tests.support.every import for_every


def test_every_check_is_run() -> None:
    members = {**vars(ids), **vars(references)}
    checks = {value for name, value in members.items() if callable(value) and not name.startswith("_")}
    own = {check for check in checks if getattr(check, "__module__", "") in (ids.__name__, references.__name__)}
    assert own - {references.check_references, references.exists} == set(references.CHECKS)


def test_the_small_rule_file_and_the_one_for_the_liver_pass(liver: LoadedRules) -> None:
    assert references.check_references(rule_set_of(SMALL_TEXT)) == []
    assert references.check_references(liver.rule_set) == []


NEW_QUESTION = "{{id: {0}, type: choice, text: x, label: x, options: [{{code: a, text: a}}, {{code: b, text: b}}]}}"


@for_every(
    ("old", "new", "path"),
    [
        ("  - id: scale\n", "  - id: pot\n", "pages.3.id"),
        (
            "  - id: scale\n",
            f"  - {{id: more, title: x, questions: [{NEW_QUESTION.format('soil')}]}}\n  - id: scale\n",
            "pages.3.questions.0.id",
        ),
        ("{id: light_pot, is: definitely(weight < 0.5)}", "{id: soil, is: age > 5}", "values.2.id"),
        ("{id: light_pot, is: definitely(weight < 0.5)}", "{id: dry, is: age > 5}", "values.2.id"),
        ("      - id: light\n        when", "      - id: animals\n        when", "rules.1.grounds.2.id"),
        ("{id: fine, name", "{id: rescue, name", "categories.2.id"),
        ("  - id: too_wet", "  - id: look_again", "notes.1.id"),
        ("  - id: drier_is_never_milder", "  - id: lice_need_rescue", "guarantees.1.id"),
        ("confirmed: true}", "confirmed: true}\n  - {id: leaflet, title: Again, confirmed: true}", "sources.1.id"),
        (
            "text: What this part is about}]",
            "text: What this part is about}, {id: meaning, text: x}]",
            "section_titles.1.id",
        ),
        (
            "{id: not_shown, text: Not shown}]",
            "{id: not_shown, text: Not shown}, {id: not_shown, text: x}]",
            "claim_labels.1.id",
        ),
        ("kitchen scale}]", "kitchen scale}, {id: measures, text: x}]", "parts.1.id"),
        (
            "questions: [soil, weight]}]",
            "questions: [soil]}, {id: soil, label: x, questions: [age]}]",
            "doctor_lines.1.id",
        ),
        ("claims:\n", "claims:\n  - {id: talking, says: x, label: not_shown, research: x}\n", "claims.1.id"),
        (
            "articles:\n",
            "articles:\n  - {id: water, title: x, summary: x, sections: [{id: a, blocks: [{id: a, text: a}]}]}\n",
            "articles.1.id",
        ),
        ('"999", sources: [leaflet]}', '"999"}\n    - {id: here, country: x, number: "1"}', "emergency.numbers.1.id"),
        (
            "steps: [Call the poison centre.]}",
            "steps: [x]}\n    - {id: now, title: x, steps: [x]}",
            "emergency.speeds.1.id",
        ),
        ("too much water.}]", "too much water.}, {id: watering, place: x, says: x}]", "guide.passages.1.id"),
        ("roots are safe.}]", "roots are safe.}, {term: repotting, meaning: x}]", "glossary.1.term"),
        ("text: First version.}]", 'text: First version.}, {version: "1.0.0", text: x}]', "changes.1.version"),
        ("{code: wet,", "{code: dry,", "pages.2.questions.1.options.2.code"),
        ("text: Animals}]", "text: Animals}, {id: animals, text: x}]", "pages.0.questions.0.groups.1.id"),
        ("also: [gr]", "also: [gr, kg]", "pages.3.questions.0.units.1.also.1"),
        ("{code: g, label", "{code: kg, label", "pages.3.questions.0.units.1.code"),
        (
            '"This looks like grams: choose g."}',
            '"x"}\n              - {id: grams, above: 99, text: x}',
            "pages.3.questions.0.units.0.slips.1.id",
        ),
        (
            "      - id: meaning\n        blocks:\n",
            "      - {id: meaning, blocks: [{id: x, text: x}]}\n      - id: meaning\n        blocks:\n",
            "categories.1.sections.1.id",
        ),
        (
            "          - {id: what, text",
            "          - {id: what, text: x}\n          - {id: what, text",
            "categories.1.sections.0.blocks.1.id",
        ),
        ("{id: surely, when", "{id: heading, when", "categories.1.headings.1.id"),
        (
            "undetermined:\n",
            "staff: {doctor: x, never_say: [{id: a, text: x}, {id: a, text: x}]}\nundetermined:\n",
            "staff.never_say.1.id",
        ),
        (
            '{id: open, text: "Still open: {open}"}]\n    nothing',
            "{id: a, text: x}, {id: a, text: x}]\n    nothing",
            "undetermined.kinds.several.texts.1.id",
        ),
    ],
)
def test_no_id_stands_twice_where_one_must_be_told_from_the_other(old: str, new: str, path: str) -> None:
    problems = list(ids.duplicate_ids(rule_set_of(edited((old, new)))))
    assert places(problems) == [("id.repeated", path)]


@for_every("name", ["known", "any_of", "category", "underlying", "unknown", "holds", "and", "lambda"])
def test_words_of_the_expression_language_name_no_question_and_no_value(name: str) -> None:
    text = edited(("{id: light_pot, is", f"{{id: {name}, is"), ("when: light_pot and", "when: dry and"))
    assert places(ids.reserved_ids(rule_set_of(text))) == [("id.reserved", "values.2.id")]
    text = edited(
        ("  - id: scale\n", f"  - {{id: x, title: x, questions: [{NEW_QUESTION.format(name)}]}}\n  - id: scale\n")
    )
    found = list(ids.reserved_ids(rule_set_of(text)))
    assert places(found) == [("id.reserved", "pages.3.questions.0.id")]


@for_every(
    ("old", "new", "path"),
    [
        ("  source: leaflet\n", "  source: other\n", "guide.source"),
        ("recover., sources: [leaflet]", "recover., sources: [leaflet, other]", "short_answer.0.sources.1"),
        ('"999", sources: [leaflet]', '"999", sources: [other]', "emergency.numbers.0.sources.0"),
        (
            "        speed: now\n        sources: [leaflet]",
            "        speed: now\n        sources: [other]",
            "rules.0.grounds.0.sources.0",
        ),
        ("wet already.\n    sources: [leaflet]", "wet already.\n    sources: [other]", "notes.1.sources.0"),
        ("Nobody has shown it.\n    sources: [leaflet]", "x\n    sources: [other]", "claims.0.sources.0"),
        ("hole}]\n    sources: [leaflet]", "hole}]\n    sources: [other]", "articles.0.sources.0"),
        ("water?}]\n    sources: [leaflet]", "water?}]\n    sources: [other]", "categories.1.sources.0"),
        ("too little water., sources: [leaflet]", "x, sources: [other]", "categories.1.sections.0.blocks.0.sources.0"),
        ("    label: Thirst\n", "    label: Thirst\n    sources: [other]\n", "values.0.sources.0"),
    ],
)
def test_every_source_cited_is_listed(old: str, new: str, path: str) -> None:
    [problem] = references.unknown_sources(rule_set_of(edited((old, new))))
    assert places([problem]) == [("name.missing", path)]
    assert problem.values == {"what": "source", "name": "other", "known": ["leaflet"]}


@for_every(
    ("old", "new", "what", "path"),
    [
        ("part: measures", "part: other", "part", "pages.3.part"),
        (
            "    passage: watering\n    article",
            "    passage: other\n    article",
            "passage",
            "categories.1.passage",
        ),
        ("article: water\n", "article: other\n", "article", "categories.1.article"),
        ("label: not_shown\n", "label: other\n", "label", "claims.0.label"),
        ("    passage: watering\n    says", "    passage: other\n    says", "passage", "claims.0.passage"),
        ("unsure: now", "unsure: other", "speed", "emergency.unsure"),
        ("        speed: now", "        speed: other", "speed", "rules.0.grounds.0.speed"),
        ("[soil, weight]", "[soil, other]", "question", "doctor_lines.0.questions.1"),
    ],
)
def test_what_is_named_by_id_is_there(old: str, new: str, what: str, path: str) -> None:
    [problem] = references.unknown_names(rule_set_of(edited((old, new))))
    assert places([problem]) == [("name.missing", path)]
    assert (problem.values["what"], problem.values["name"]) == (what, "other")


NEW_RULE = "  - category: {0}\n    grounds: [{{id: new, when: age > 50, because: x}}]\n\nnotes:\n"


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("\nnotes:\n", NEW_RULE.format("rescue"), "category.two_rules", "rules.3.category"),
        ("\nnotes:\n", NEW_RULE.format("unclear"), "undetermined.has_rule", "rules.3.category"),
        ("\nnotes:\n", NEW_RULE.format("other"), "name.missing", "rules.3.category"),
        ("  category: unclear\n", "  category: other\n", "name.missing", "undetermined.category"),
        (
            "  - {id: unclear, name",
            "  - {id: new, name: x, tone: calm, headings: [{id: a, text: a}]}\n  - {id: unclear, name",
            "category.without_rule",
            "categories.3.id",
        ),
    ],
)
def test_every_category_but_the_undetermined_one_has_one_rule(old: str, new: str, code: str, path: str) -> None:
    assert places(references.category_rules(rule_set_of(edited((old, new))))) == [(code, path)]


def test_a_part_of_a_text_has_a_title_of_its_own_or_a_shared_one() -> None:
    text = edited(("        title: How much\n", ""), ("{id: always, title: Always, ", "{id: always, "))
    assert places(references.titles(rule_set_of(text))) == [
        ("section.untitled", "articles.0.sections.0.id"),
        ("section.untitled", "shared.0.id"),
    ]


def test_no_block_is_empty() -> None:
    text = edited(("{id: water, text: Water it.}", "{id: water}"))
    found = list(references.blocks_and_headings(rule_set_of(text)))
    assert places(found) == [("block.empty", "categories.1.next_steps.0")]


def test_some_heading_is_shown_whatever_holds_and_none_hides_another() -> None:
    last = edited(("{id: heading, text: Your answers may be", "{id: heading, when: dry, text: Your answers may be"))
    assert places(references.blocks_and_headings(rule_set_of(last))) == [
        ("heading.no_default", "categories.1.headings.1")
    ]
    first = edited(('{id: surely, when: holds("dry_soil"), text', "{id: surely, text"))
    assert places(references.blocks_and_headings(rule_set_of(first))) == [("heading.hides", "categories.1.headings.0")]


GUARANTEE = "  - id: drier_is_never_milder\n"


@for_every(
    ("members", "paths"),
    [
        ("then: [rescue, other]", ["then.1"]),
        ("never: [other]", ["never.0"]),
        ("categories: [fine, other, last]", ["categories.1", "categories.2"]),
        ("unsure: [other]", ["unsure.0"]),
        ("question: other", ["question"]),
        ("questions: [soil, other]", ["questions.1"]),
        ("value: other", ["value"]),
        ("question: soil\n    order: [wet, other]", ["order.1"]),
        ("question: soil\n    from: [other]\n    to: [dry, last]", ["from.0", "to.1"]),
        ("options: {other: [a], soil: [wet, last]}", ["options.other", "options.soil.1"]),
    ],
)
def test_what_a_guarantee_names_is_there(members: str, paths: list[str]) -> None:
    added = f"  - id: new\n    kind: implies\n    text: x\n    {members}\n"
    found = references.guarantees(rule_set_of(edited((GUARANTEE, added + GUARANTEE))))
    assert sorted(places(found)) == [("name.missing", f"guarantees.1.{path}") for path in paths]
