"""The texts for people: all of them are found, and each has an id that nothing else has and that stays."""

from __future__ import annotations

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.shape import rule_file_schema
from screening.rulefiles.model.texts import Text, texts
from screening.rulefiles.yaml.reader import read_yaml
from tests.rulefiles.edited import SMALL_TEXT, edited
from tests.support.every import for_every


def texts_of(text: str) -> list[Text]:
    data = read_yaml(text.encode()).data
    assert data is not None
    return list(texts(data, rule_file_schema()))


SMALL_IDS = {text.id: text for text in texts_of(SMALL_TEXT)}


@for_every(
    ("name", "text"),
    [
        ("title", "What does my plant need?"),
        ("disclaimer", "This is general information about plants. It does not know yours."),
        ("guide.passages.watering.says", "Says that most plants get too much water."),
        ("section_titles.meaning.text", "What this part is about"),
        ("short_answer.first.text", "Most plants recover."),
        ("emergency.numbers.here.country", "Malaysia"),
        ("emergency.speeds.now.steps.1", "Call the poison centre."),
        ("undetermined.kinds.unless.texts.open.text", "Still open: {open}"),
        ("parts.measures.text", "Numbers from a kitchen scale"),
        ("pages.leaves.title", "The leaves"),
        ("questions.soil.text", "How does the soil feel?"),
        ("questions.signs.groups.animals.text", "Animals"),
        ("questions.leaves.options.dark.text", "I look at night, and cannot tell"),
        ("questions.weight.units.kg.slips.grams.text", "This looks like grams: choose g."),
        ("values.thirst.label", "Thirst"),
        ("categories.thirsty.headings.surely.text", "Your answers are like the part about thirst"),
        ("categories.thirsty.sections.meaning.blocks.what.text", "The part is about plants with too little water."),
        ("rules.thirsty.grounds.dry_soil.because", "You said of the soil: {soil}."),
        ("rules.rescue.grounds.animals.open", "whether there are animals on the plant"),
        ("notes.look_again.text", "Please look again by day."),
        ("claims.talking.research", "Nobody has shown it."),
        ("articles.water.sections.how.blocks.list.items.2", "Less in winter"),
        ("shared.always.blocks.stop.text", "You can stop reading."),
        ("doctor_lines.soil.label", "Soil"),
        ("tick_sheet.1", "Soil: dry / moist / wet"),
        ("guarantees.lice_need_rescue.text", 'Animals on the plant always give "rescue".'),
        ("glossary.repotting.meaning", "Moving a plant to a pot in which its roots are safe."),
        ("changes.1.0.0.text", "First version."),
    ],
)
def test_a_text_is_named_by_the_ids_on_the_way_to_it(name: str, text: str) -> None:
    assert SMALL_IDS[name].text == text


def test_ids_are_unique(liver: LoadedRules) -> None:
    for found in (texts_of(SMALL_TEXT), liver.texts):
        ids = [text.id for text in found]
        assert len(ids) == len(set(ids))


def test_a_text_stands_at_its_path(liver: LoadedRules) -> None:
    assert len(liver.texts) > 700
    for text in liver.texts:
        part = liver.data
        for key in text.path:
            part = part[key]  # type: ignore[index]
        assert part == text.text


def test_what_no_person_reads_is_no_text() -> None:
    paths = {text.path for text in SMALL_IDS.values()}
    assert ("id",) not in paths
    assert ("version",) not in paths
    assert not any(path[-1] in {"when", "is", "ask_if", "code", "phrase", "why", "place"} for path in paths)
    assert not any(path[0] in {"sources", "banned"} for path in paths)


SOIL = SMALL_TEXT[SMALL_TEXT.index("      - id: soil\n") : SMALL_TEXT.index("      - id: light\n        type")]


def test_the_id_of_a_questions_text_does_not_name_its_page() -> None:
    moved = edited(
        (SOIL, ""),
        ("  - id: pot\n    title", f"  - id: earth\n    title: Earth\n    questions:\n{SOIL}  - id: pot\n    title"),
    )
    added = {"pages.earth.title"}
    assert {text.id for text in texts_of(moved)} == {*SMALL_IDS, *added}
    assert not any("pot" in name for name in SMALL_IDS if not name.startswith(("pages.", "articles.", "glossary.")))


def test_an_id_stays_where_neighbours_are_added_or_moved() -> None:
    lice = "          - {code: lice, text: Small green animals, group: animals}\n"
    mould = "          - {code: mould, text: Mould on the soil}\n"
    moved = edited((lice + mould, mould + lice))
    assert {text.id: text.text for text in texts_of(moved)} == {key: text.text for key, text in SMALL_IDS.items()}
