"""Words of the doctor's paper that name nothing, or zones that do not follow one another, are told with their place."""

from __future__ import annotations

from screening.rulefiles.checks.papers import check_papers
from screening.rulefiles.loading.loader import LoadedRules
from tests.rulefiles.edited import SMALL_TEXT, edited, places, rule_set_of
from tests.support.every import for_every

PAPER = """
doctor_paper:
  title: For the gardener
  languages: [en]
  words:
    - {id: soil, label: soil, answers: [{code: dry, text: dry}]}
  notes: [{id: look_again, text: look again}]
  scales:
    - id: weight
      of: weight
      cut_offs: leaflet
      sources: [leaflet]
      zones: [{id: a, text: light, below: 2}, {id: b, text: heavy}]
  set_aside: [{id: wet, question: weight, when: definitely(soil == "wet"), text: wet}]
"""
SMALL = edited(("\ndoctor_lines:", f"{PAPER}\ndoctor_lines:"), text=SMALL_TEXT)


def wrong(old: str, new: str) -> list[tuple[str, str]]:
    """What is wrong with the paper of the small rule file once it is changed."""
    return places(check_papers(rule_set_of(edited((old, new), text=SMALL))))


def test_nothing_is_wrong_with_the_papers_that_are_there(liver: LoadedRules) -> None:
    assert check_papers(rule_set_of(SMALL_TEXT)) == []
    assert check_papers(rule_set_of(SMALL)) == []
    assert check_papers(liver.rule_set) == []


@for_every(
    ("old", "new", "code", "path"),
    [
        ("- {id: soil, label", "- {id: sand, label", "name.missing", "words.0.id"),
        ("{code: dry, text: dry}]}", "{code: damp, text: dry}]}", "name.missing", "words.0.answers.0.code"),
        (
            "{code: dry, text: dry}]}",
            "{code: dry, text: a}, {code: dry, text: b}]}",
            "id.repeated",
            "words.0.answers.1.code",
        ),
        ("{id: look_again, text: look again}", "{id: look, text: look again}", "name.missing", "notes.0.id"),
        ("of: weight", "of: soil", "name.missing", "scales.0.of"),
        ("sources: [leaflet]\n      zones", "sources: [book]\n      zones", "name.missing", "scales.0.sources.0"),
        ("question: weight, when", "question: soil, when", "name.missing", "set_aside.0.question"),
        ("{id: b, text: heavy}", "{id: a, text: heavy}", "id.repeated", "scales.0.zones.1.id"),
        ("{id: b, text: heavy}", "{id: b, text: heavy, below: 9}", "scale.bounds", "scales.0.zones.1"),
        ("light, below: 2}", "light}", "scale.bounds", "scales.0.zones.0"),
        ("light, below: 2}", "light, below: 2, up_to: 2}", "scale.bounds", "scales.0.zones.0"),
        (
            "{id: b, text: heavy}",
            "{id: c, text: more, up_to: 1}, {id: b, text: heavy}",
            "scale.bounds",
            "scales.0.zones.1",
        ),
    ],
)
def test_a_mistake_in_a_paper_is_told_with_its_place(old: str, new: str, code: str, path: str) -> None:
    assert wrong(old, new) == [(code, f"doctor_paper.{path}")]
