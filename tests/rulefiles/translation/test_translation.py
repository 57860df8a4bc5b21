"""Translations beside a rule file: the same rules in other words, and every mistake and gap with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening.rulefiles.loading.loader import LoadedRules, RuleFileError, load_rule_file
from screening.rulefiles.review.state import Role, Verdict
from screening.rulefiles.translation.checks import fingerprint, to_translate, urgent_texts
from screening.rulefiles.translation.glossary import load_glossary
from screening.rulefiles.translation.loader import Translation, load_translations
from screening.rulefiles.translation.writer import write_translation
from screening.rulefiles.yaml.reader import read_yaml
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.texts import Untranslated
from screening.wording.authors.mistakes.problems import located_problem
from tests.rulefiles.edited import ENGLISH, edited
from tests.support.cases import TRANSLATED
from tests.support.every import for_every
from tests.support.reviewing import DAY, signed, small_copy
from tests.support.translating import translate

GLOSSARY = """
rules: small
terms:
  - term: mould
    languages:
      ms:
        say: kulat
        never:
          - {form: "kulapuk*", why: Nobody says that.}
      zh-Hans: {say: 霉, never: [{form: 发霉, why: It is a verb.}]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return small_copy(tmp_path)


def told(text: str) -> str:
    """Each text in a language of its own, told apart from all others."""
    return f"{text} lah"


def loaded(file: Path) -> Translation:
    return load_translations(load_rule_file(file))["ms"]


def change(file: Path, *changes: tuple[str, str]) -> None:
    path = file.with_name("small.ms.yaml")
    path.write_text(edited(*changes, text=path.read_text("utf-8")), encoding="utf-8")


def mistakes(file: Path) -> list[str]:
    with pytest.raises(RuleFileError) as raised:
        loaded(file)
    return [located_problem(problem, ENGLISH).removeprefix(f"{file.parent}/") for problem in raised.value.problems]


def gaps(file: Path) -> list[str]:
    return [located_problem(problem, ENGLISH).removeprefix(f"{file.parent}/") for problem in loaded(file).gaps]


# --- the same rules in other words ---------------------------------------------------------------


def test_a_translation_is_the_same_rules_in_other_words(file: Path) -> None:
    translate(file, "ms", told)
    rules = load_rule_file(file)
    found = loaded(file).rules
    assert found.hash == rules.hash
    assert found.translation
    assert found.rule_set.language == "ms"
    assert found.rule_set.title == "What does my plant need? lah"
    assert found.rule_set.question["soil"].option["dry"].text == "Dry lah"
    assert [ground.when for ground in found.rule_set.grounds] == [ground.when for ground in rules.rule_set.grounds]
    wanted = to_translate(rules)
    assert {text.id for text in found.texts if text.text.endswith(" lah")} == set(wanted)
    answers = {"signs": frozenset({"lice"}), "age": 3}
    assert found.engine.evaluate(answers) == rules.engine.evaluate(answers)  # type: ignore[arg-type]
    assert found.engine.interrupts(answers, {"signs", "leaves"})[0].because == "You ticked: {signs}. lah"  # type: ignore[arg-type]


def test_what_is_decided_for_all_languages_is_compiled_once(file: Path) -> None:
    translate(file, "ms", told)
    rules = load_rule_file(file)
    translated = load_translations(rules)["ms"].rules
    assert translated.engine.functions is rules.engine.functions
    assert Engine(translated.rule_set).functions.source == rules.engine.functions.source


def test_what_only_authors_read_is_not_translated(file: Path) -> None:
    names = to_translate(load_rule_file(file))
    assert not [name for name in names if name.startswith(("guarantees.", "glossary.", "guide.passages."))]
    assert {"guide.about", "changes.1.0.0.text", "values.thirst.label"} <= set(names)


def test_the_hash_of_a_translation_is_of_what_it_says(file: Path) -> None:
    path = translate(file, "ms", told)
    first = loaded(file).rules.translation
    path.write_text("# a comment\n" + path.read_text("utf-8"), encoding="utf-8")
    assert loaded(file).rules.translation == first
    translate(file, "ms", lambda text: f"{text} kah")
    assert loaded(file).rules.translation != first


def test_other_files_beside_a_rule_file_are_no_translations(file: Path) -> None:
    rules = load_rule_file(file)
    for name in (
        "small.cases.yaml",
        "small.review.yaml",
        "small.journeys.yaml",
        "small.ms.yaml.bak",
        "smaller.ms.yaml",
    ):
        file.with_name(name).write_text("x")
    assert load_translations(rules) == {}


# --- gaps ------------------------------------------------------------------------------------------


def test_a_gap_is_filled_with_the_original_and_marked(file: Path) -> None:
    translate(file, "ms", lambda text: "" if text == "The pot" else told(text))
    page = loaded(file).rules.rule_set.page["pot"]
    assert page.title == "The pot"
    assert isinstance(page.title, Untranslated)
    assert page.title.language == "en"
    assert not isinstance(page.questions[0].text, Untranslated)
    assert [gap.partition(" ")[2] for gap in gaps(file)] == ['"pages.pot.title" is not translated.']


def test_every_gap_is_told_with_its_place(file: Path) -> None:
    path = translate(file, "ms", told)
    change(
        file,
        (f'of: "{fingerprint("The leaves")}"', 'of: "00000000"'),
        ('text: "The pot lah"', 'text: "The pot"'),
        (f'  "pages.scale.title":\n    of: "{fingerprint("The scale")}"\n    text: "The scale lah"\n', ""),
    )
    lines = path.read_text("utf-8").splitlines()
    leaves, pot = (lines.index(f'  "pages.{name}.title":') + 2 for name in ("leaves", "pot"))
    assert gaps(file) == [
        f'small.ms.yaml:{lines.index("texts:") + 2}:3: "pages.scale.title" is not translated.',
        f'small.ms.yaml:{leaves}:5: The original of "pages.leaves.title" has changed. Make the translation fit again, '
        f'then write of: "{fingerprint("The leaves")}".',
        f'small.ms.yaml:{pot}:5: "pages.pot.title" is the original. Translate it, or write `same: true` instead of the '
        "text where it stays as it is.",
    ]


def test_a_text_may_stay_as_it_is_where_that_is_said(file: Path) -> None:
    translate(file, "ms", told)
    change(file, ('text: "The pot lah"', "same: true"))
    assert gaps(file) == []
    title = loaded(file).rules.rule_set.page["pot"].title
    assert title == "The pot"
    assert not isinstance(title, Untranslated)


def test_a_changed_rule_file_makes_its_translation_stale(file: Path) -> None:
    translate(file, "ms", told)
    file.write_text(edited(("    title: The pot\n", "    title: The pot and its soil\n")), encoding="utf-8")
    (gap,) = gaps(file)
    assert 'The original of "pages.pot.title" has changed' in gap
    assert loaded(file).rules.rule_set.page["pot"].title == "The pot and its soil"


@for_every(
    ("text", "urgent"),
    [
        ("This is general information about plants. It does not know yours.", True),
        ("Call the poison centre.", True),
        ("Small green animals", True),
        ("You ticked: {signs}.", True),
        ("They hang down", True),
        ("Get help", True),
        ("Dry", False),
        ("Water it.", False),
    ],
)
def test_without_its_urgent_texts_a_language_is_not_offered(file: Path, text: str, urgent: bool) -> None:
    translate(file, "ms", lambda other: "" if other == text else told(other))
    assert loaded(file).urgent_gap == urgent


def test_the_urgent_texts_of_the_liver_are_those_of_its_warning_signs_and_emergencies() -> None:
    rules = load_rule_file(Path(__file__).parents[3] / "rules" / "liver.yaml")
    names = urgent_texts(rules)
    assert {"disclaimer", "limit", "emergency.signs", "emergency.speeds.now.steps.1"} <= names
    assert "questions.red_flags.options.black_stool.text" in names
    assert "rules.urgent.grounds.bilirubin_and_inr.because" in names
    assert not [name for name in names if name.startswith(("articles.", "claims.", "categories.fibrosis"))]


# --- review ----------------------------------------------------------------------------------------


def test_a_language_is_offered_once_its_translation_is_signed(file: Path) -> None:
    translate(file, "ms", told)
    assert not loaded(file).may_be_offered(load_rule_file(file).review.state(DAY))
    review = signed(file, Role.TRANSLATION, language="ms").review.state(DAY)
    assert loaded(file).may_be_offered(review)
    translate(file, "ms", lambda text: f"{text} kah")
    assert not loaded(file).may_be_offered(load_rule_file(file).review.state(DAY))


def test_a_signature_of_another_translation_is_none_of_this_one(file: Path) -> None:
    translate(file, "ms", told)
    translate(file, "id", lambda text: f"{text} dong")
    review = signed(file, Role.TRANSLATION, language="id").review.state(DAY)
    assert not loaded(file).may_be_offered(review)


def test_a_translation_with_which_somebody_disagrees_is_not_reviewed(file: Path) -> None:
    translate(file, "ms", told)
    signed(file, Role.TRANSLATION, language="ms")
    disagreeing = {"translation": Verdict.DISAGREE}
    rules = signed(file, Role.TRANSLATION, language="ms", name="Ms Noor", verdicts=disagreeing)
    assert not loaded(file).may_be_offered(rules.review.state(DAY))


# --- mistakes --------------------------------------------------------------------------------------


@for_every(
    ("old", "new", "said"),
    [
        ("rules: small", "rules: liver", 'This translation is of the rule file "liver", but it stands beside "small".'),
        ("language: ms", "language: id", 'The file\'s name says that its language is "ms", but here stands "id".'),
        ('"pages.pot.title":', '"pages.pod.title":', 'The rule file has no text "pages.pod.title" to translate. Did '
         'you mean "pages.pot.title"? Remove it.'),
        ('text: "The pot lah"', 'text: "The pot lah"\n    same: true', '"pages.pot.title" has a text and says `same` '
         "too. Remove one of the two."),
        ("You ticked: {signs}. lah", "You ticked: {sign}. lah", 'The translation of '
         '"rules.rescue.grounds.animals.because" must hold these placeholders, and no others: {signs}.'),
        ("You ticked: {signs}. lah", "You ticked. lah", 'must hold these placeholders, and no others: {signs}.'),
        ("The pot lah", "The pot {signs} lah", "must hold these placeholders, and no others: none."),
        ("You ticked: {signs}. lah", "You ticked: {signs}}. lah", "must hold these placeholders"),
        ("The pot lah", "The pot dijamin lah", 'The words "dijamin" are never said to a person.'),
        ("The pot lah", "The pot kulapukan lah", 'Of "mould" never say "kulapuk*": Nobody says that. Say: kulat'),
        ('    text: "The pot lah"', "    txt: x", '"txt" is not known here.'),
        ("exceptions: []", "exceptions: [{text: title, phrase: dijamin, why: x}]", 'The text title does not hold '
         '"dijamin". Remove this exception.'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(file: Path, old: str, new: str, said: str) -> None:
    file.with_name("small.glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    path = translate(file, "ms", told, "banned: {phrases: [dijamin], exceptions: []}")
    change(file, (old, new))
    (found,) = mistakes(file)
    assert said in found
    first = new.split("\n", maxsplit=1)[0]
    line = next(number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if first in line)
    assert abs(int(found.split(":")[1]) - line) <= 1


@pytest.mark.parametrize(
    ("old", "new", "second", "first"),
    [
        ("Moist lah", "Dry lah", "questions.soil.options.moist.text", "questions.soil.options.dry.text"),
        ("thirst lah", "RESCUE lah", "categories.thirsty.name", "categories.rescue.name"),
    ],
)
def test_what_the_original_tells_apart_must_be_told_apart(
    file: Path, old: str, new: str, second: str, first: str
) -> None:
    translate(file, "ms", told)
    change(file, (f'"{old}"', f'"{new}"'))
    (found,) = mistakes(file)
    assert f'"{second}" says the same as "{first}", so nobody can tell these two apart.' in found


def test_a_banned_word_may_stand_where_an_exception_says_so(file: Path) -> None:
    exception = "banned: {phrases: [lah], exceptions: [{text: title, phrase: lah, why: x}]}"
    translate(file, "ms", lambda text: told(text) if text.endswith("need?") else f"{text} x", exception)
    assert gaps(file) == []


def test_a_phrase_is_found_in_a_script_without_spaces(file: Path) -> None:
    file.with_name("small.glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    translate(file, "zh-Hans", lambda text: "土发霉了" if text == "Mould on the soil" else told(text))
    with pytest.raises(RuleFileError) as raised:
        load_translations(load_rule_file(file))
    (found,) = raised.value.problems
    assert (found.problem.code, found.problem.column) == ("translation.never", 1)


def test_a_glossary_of_another_rule_file_is_a_mistake(file: Path) -> None:
    file.with_name("small.glossary.yaml").write_text(GLOSSARY.replace("rules: small", "rules: liver"), encoding="utf-8")
    translate(file, "ms", told)
    assert mistakes(file) == [
        'small.glossary.yaml:2:8: This glossary is for the rule file "liver", but it stands beside "small".'
    ]


def test_a_translation_into_the_language_of_the_rule_file_is_a_mistake(file: Path) -> None:
    translate(file, "en", told)
    with pytest.raises(RuleFileError) as raised:
        load_translations(load_rule_file(file))
    assert "the language of the rule file itself" in located_problem(raised.value.problems[0], ENGLISH)


def test_the_mistakes_of_all_translations_are_told_together(file: Path) -> None:
    for language in ("ms", "id"):
        translate(file, language, told)
        path = file.with_name(f"small.{language}.yaml")
        path.write_text(path.read_text("utf-8").replace("rules: small", "rules: liver"), encoding="utf-8")
    assert [mistake.partition(":")[0] for mistake in mistakes(file)] == ["small.id.yaml", "small.ms.yaml"]


# --- writing ---------------------------------------------------------------------------------------


def test_a_new_file_holds_every_text_below_its_original(file: Path) -> None:
    written = write_translation(load_rule_file(file), "ms")
    assert written.empty == loaded(file).count == len(loaded(file).gaps)
    text = written.path.read_text("utf-8")
    assert f'  # The pot\n  pages.pot.title:\n    of: "{fingerprint("The pot")}"\n    text: ""\n' in text


def test_writing_again_keeps_what_is_there(file: Path) -> None:
    path = translate(file, "ms", told)
    change(
        file,
        ("rules: small", "# By Mr Ali.\nrules: small"),
        ('text: "The pot lah"', 'text: "\'#[a]: \\"{x}\\" - lah"\n    note: "Why: so"'),
        ('text: "The scale lah"', "same: true"),
    )
    before = read_yaml(path.read_bytes()).data
    written = write_translation(load_rule_file(file), "ms")
    assert (written.empty, written.stale, written.dropped) == (0, 0, ())
    after = read_yaml(path.read_bytes())
    assert not after.problems
    assert after.data == before
    assert path.read_text("utf-8").startswith("# By Mr Ali.\n")
    first = path.read_bytes()
    write_translation(load_rule_file(file), "ms")
    assert path.read_bytes() == first


def test_a_long_text_is_folded_and_stays_the_same(file: Path) -> None:
    long = "Satu ayat yang panjang: dengan titik bertindih, dan # tanda. " * 6
    translate(file, "ms", lambda text: long.strip() if text == "The pot" else told(text))
    write_translation(load_rule_file(file), "ms")
    assert loaded(file).rules.rule_set.page["pot"].title == long.strip()
    lines = file.with_name("small.ms.yaml").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 120


def test_a_changed_original_is_marked_and_a_lost_one_is_told(file: Path) -> None:
    translate(file, "ms", told)
    file.write_text(
        edited(
            ("    title: The pot\n", "    title: The pot and its soil\n"),
            (
                "          - {code: mould, text: Mould on the soil}\n",
                "          - {code: mould, text: Mould, help: New}\n",
            ),
        ),
        encoding="utf-8",
    )
    path = file.with_name("small.ms.yaml")
    path.write_text(path.read_text("utf-8") + '  old.text: {of: "00000000", text: Lama}\n', encoding="utf-8")
    written = write_translation(load_rule_file(file), "ms")
    assert (written.empty, written.stale, written.dropped) == (1, 2, (("old.text", "Lama"),))
    marked = '  # The pot and its soil\n  # The original has changed. Once this fits it again, write of: "'
    assert marked + fingerprint("The pot and its soil") in path.read_text("utf-8")
    assert len(gaps(file)) == 3


def test_texts_must_be_the_last_part_of_the_file(file: Path) -> None:
    path = translate(file, "ms", told)
    text = path.read_text("utf-8").replace("rules: small\n", "")
    path.write_text(f"{text}rules: small\n", encoding="utf-8")
    with pytest.raises(RuleFileError) as raised:
        write_translation(load_rule_file(file), "ms")
    assert raised.value.problems[0].problem.code == "translation.texts_last"


# --- the liver -------------------------------------------------------------------------------------


@for_every(
    ("language", "form"),
    [
        ("ms", "sakit kuning"),
        ("id", "sakit kuning"),
        ("ms", "sakit hati"),
        ("id", "seperti tar"),
        ("id", "keadaan kecemasan"),
        ("ms", "darurat"),
        ("ms", "tidak yakin"),
        ("zh-Hans", "晚期"),
    ],
)
def test_the_traps_of_the_liver_are_in_its_glossary(liver: LoadedRules, language: str, form: str) -> None:
    assert form in {never.form for never in load_glossary(liver)[language]}


def test_every_term_is_told_in_every_language(liver: LoadedRules) -> None:
    data: Any = read_yaml(liver.path.with_name("liver.glossary.yaml").read_bytes()).data
    assert {tuple(term["languages"]) for term in data["terms"]} == {("ms", "id", "zh-Hans")}


def test_every_translation_of_the_liver_is_whole(liver: LoadedRules) -> None:
    found = load_translations(liver)
    assert tuple(found) == TRANSLATED
    assert {name: translation.gaps for name, translation in found.items() if translation.gaps} == {}
    assert all(len(translation.banned) > 10 for translation in found.values())
