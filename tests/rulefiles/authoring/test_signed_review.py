"""Signatures beside a rule file: what counts on which day, what voids one, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from screening.rulefiles.authoring.signing import add_signature, signed_entry
from screening.rulefiles.loading.loader import RuleFileError, load_rule_file
from screening.rulefiles.review.points import points
from screening.rulefiles.review.signatures import LAW_AND_PRICES, months_after, review_path, signed_text
from screening.rulefiles.review.state import UNREVIEWED, ReviewState, Role, Verdict
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.authors.mistakes.problems import located_problem
from tests.rulefiles.edited import ENGLISH, edited
from tests.support.cases import RULES
from tests.support.reviewing import DAY, GROUND, form, key_of, signature, signed, small_copy, small_copy_on_law

pytestmark = pytest.mark.clock

YEAR_LATER = date(2027, 11, 22)
BOTH = (Role.CLINICAL, Role.SAFETY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A rule file that nobody has signed."""
    return small_copy(tmp_path)


def state(path: Path, on: date = DAY) -> ReviewState:
    return load_rule_file(path).review.state(on)


def said_of(path: Path) -> list[str]:
    """The mistakes in the review beside a rule file."""
    with pytest.raises(RuleFileError) as caught:
        load_rule_file(path)
    return [located_problem(problem, ENGLISH).removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def replaced(path: Path, old: str, new: str) -> None:
    """Edit the file of signatures by hand."""
    file = review_path(path)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- what counts -----------------------------------------------------------------------------------


def test_without_a_review_file_nothing_is_reviewed(file: Path) -> None:
    assert state(file) == UNREVIEWED
    assert not UNREVIEWED.signed
    assert not UNREVIEWED.reader_tested


def test_one_signature_is_not_enough(file: Path) -> None:
    found = signed(file, Role.CLINICAL).review.state(DAY)
    assert [given.name for given in found.signatures] == ["Dr Tan"]
    assert not found.signed
    assert found.valid_until is None


def test_a_clinician_and_a_second_person_sign_it(file: Path) -> None:
    found = signed(file, *BOTH).review.state(DAY)
    assert found.signed
    assert found.valid_until == YEAR_LATER
    (clinical,), (safety,) = found.by(Role.CLINICAL), found.by(Role.SAFETY)
    assert not clinical.paid_by_a_clinic
    assert safety.paid_by_a_clinic
    assert clinical.interests == 'Says "yes"\nand \\ no.'


@pytest.mark.parametrize("same", ["key", "name"])
def test_both_signatures_of_one_person_are_not_enough(same: str) -> None:
    clinical = signature()
    again = signature(Role.SAFETY, **{same: getattr(clinical, same)})
    assert not ReviewState((clinical, again)).signed
    assert ReviewState((clinical, signature(Role.SAFETY))).signed


def test_two_clinicians_are_no_clinician_and_second_person(file: Path) -> None:
    signed(file, Role.CLINICAL, name="Dr Tan")
    assert not signed(file, Role.CLINICAL, name="Dr Wong").review.state(DAY).signed


@pytest.mark.parametrize(("on", "counts"), [(DAY - timedelta(1), False), (DAY, True), (YEAR_LATER, True)])
def test_a_signature_counts_from_its_day_for_twelve_months(file: Path, on: date, counts: bool) -> None:
    assert signed(file, *BOTH).review.state(on).signed == counts


def test_after_twelve_months_it_has_expired(file: Path) -> None:
    found = signed(file, *BOTH).review.state(YEAR_LATER + timedelta(1))
    assert not found.signed
    assert found.expired_on == YEAR_LATER
    assert found.signatures == ()
    assert len(found.expired) == 2


def test_it_expires_with_the_first_of_the_two(file: Path) -> None:
    signed(file, Role.CLINICAL, on=date(2026, 3, 31))
    found = signed(file, Role.SAFETY).review
    assert found.state(DAY).valid_until == date(2027, 3, 31)
    after = found.state(date(2027, 4, 1))
    assert not after.signed
    assert after.expired_on == date(2027, 3, 31)


def test_signing_anew_takes_the_place_of_ones_own_old_signature(file: Path) -> None:
    signed(file, *BOTH)
    found = signed(file, *BOTH, on=date(2027, 6, 1)).review.state(date(2027, 12, 1))
    assert found.signed
    assert len(found.signatures) == 2
    assert found.expired == ()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 9, 1), 3, date(2026, 12, 1)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


# --- law and prices --------------------------------------------------------------------------------


def test_for_law_and_prices_it_counts_for_three_months(tmp_path: Path) -> None:
    review = signed(small_copy_on_law(tmp_path), *BOTH).review
    last = date(2027, 2, 22)
    assert review.state(last).law_and_prices_until == last
    assert not review.state(last).law_and_prices_expired
    after = review.state(last + timedelta(1))
    assert after.law_and_prices_expired
    assert after.signed


def test_where_nothing_is_on_law_or_prices_nothing_of_it_expires(file: Path) -> None:
    found = signed(file, *BOTH).review.state(YEAR_LATER)
    assert found.law_and_prices_until is None
    assert not found.law_and_prices_expired


def test_the_liver_file_says_which_articles_are_on_law_and_prices() -> None:
    assert {article.id for article in RULES.rule_set.articles if article.expires == LAW_AND_PRICES} == {"costs", "law"}


# --- verdicts --------------------------------------------------------------------------------------


def test_whoever_disagrees_signs_too_and_it_does_not_count_as_signed(file: Path) -> None:
    signed(file, Role.CLINICAL, verdicts={GROUND: Verdict.DISAGREE})
    found = signed(file, Role.SAFETY).review.state(DAY)
    assert not found.signed
    assert [given.disagrees for given in found.disagreeing] == [(GROUND,)]


def test_a_third_person_who_disagrees_keeps_it_from_counting_also_after_a_year(file: Path) -> None:
    signed(file, Role.SAFETY, on=date(2026, 1, 1), name="Dr No", verdicts={GROUND: Verdict.DISAGREE})
    found = signed(file, *BOTH).review.state(date(2027, 6, 1))
    assert len(found.signatures) == 2
    assert not found.signed


def test_a_change_that_is_asked_for_is_told_and_does_not_keep_it_from_counting(file: Path) -> None:
    signed(file, Role.CLINICAL, verdicts={GROUND: Verdict.AGREE_WITH_CHANGE})
    found = signed(file, Role.SAFETY).review.state(DAY)
    assert found.signed
    assert found.by(Role.CLINICAL)[0].changes == (GROUND,)


def test_the_points_are_every_ground_and_every_judgement_to_be_confirmed() -> None:
    rule_set: RuleSet = RULES.rule_set
    found = [point.id for point in points(rule_set, Role.CLINICAL)]
    assert len(found) == len(set(found))
    assert {f"ground.{ground.id}" for ground in rule_set.grounds} <= set(found)
    needed = [ground for ground in rule_set.grounds if ground.review]
    text = RULES.path.read_text(encoding="utf-8")
    assert len(found) == len(rule_set.grounds) - len(needed) + text.count("review: needed\n")
    assert {item.split(".")[0] for item in found} == {
        "ground",
        "value",
        "note",
        "speed",
        "option",
        "scale",
        "doctor_scale",
    }


# --- what voids a signature ------------------------------------------------------------------------


def test_an_edit_of_a_comment_voids_nothing(file: Path) -> None:
    signed(file, *BOTH)
    text = file.read_text().replace('version: "1.0.0"', "version:    '1.0.0'  # quoted otherwise", 1)
    file.write_text(f"# A comment more.\n{text}")
    assert state(file).signed


@pytest.mark.parametrize(
    ("old", "new"), [("Most plants recover.", "All plants recover."), ("weight < 1)", "weight < 2)")]
)
def test_any_other_edit_voids_every_signature(file: Path, old: str, new: str) -> None:
    signed(file, *BOTH)
    file.write_text(edited((old, new)))
    assert state(file) == UNREVIEWED
    assert load_rule_file(file).review.void == 2
    again = signed(file, *BOTH).review
    assert again.state(DAY).signed
    assert again.void == 2


TAMPERED = (
    "small.review.yaml:7:5: The signature of {} (clinical, {}) does not fit what stands in this entry: it was changed "
    "after it was signed. Put back what was signed, or remove the entry and have the rule file signed again."
)


@pytest.mark.parametrize(
    ("old", "new", "name", "day"),
    [
        ("Dr Tan", "Dr Toni", "Dr Toni", "2026-11-22"),
        ('signed_on: "2026-11-22"', 'signed_on: "2026-11-23"', "Dr Tan", "2026-11-23"),
        ("paid_by_a_clinic: false", "paid_by_a_clinic: true", "Dr Tan", "2026-11-22"),
        ('ground.dry_soil: {verdict: "disagree"', 'ground.dry_soil: {verdict: "agree"', "Dr Tan", "2026-11-22"),
        ('      ground.light: {verdict: "agree", comment: ""}\n', "", "Dr Tan", "2026-11-22"),
    ],
)
def test_a_signature_that_was_changed_keeps_the_rules_from_loading(
    file: Path, old: str, new: str, name: str, day: str
) -> None:
    signed(file, Role.CLINICAL, verdicts={GROUND: Verdict.DISAGREE})
    replaced(file, old, new)
    assert said_of(file) == [TAMPERED.format(name, day)]


def test_also_a_signature_of_another_version_must_be_as_it_was_signed(file: Path) -> None:
    signed(file, Role.CLINICAL)
    file.write_text(edited(("Most plants recover.", "All plants recover.")))
    replaced(file, "Dr Tan", "Dr Toni")
    assert said_of(file) == [TAMPERED.format("Dr Toni", "2026-11-22")]


def test_a_key_of_somebody_else_in_its_place_is_noticed(file: Path) -> None:
    rules = signed(file, Role.CLINICAL)
    mine = rules.review.signatures[0].key
    replaced(file, mine, key_of(file.parent, "other").public)
    assert said_of(file) == [TAMPERED.format("Dr Tan", "2026-11-22")]


# --- signatures that other programs made -------------------------------------------------------------


def entry_with(file: Path, **more: object) -> None:
    """Add a signature with these members, signed as it then is."""
    rules = load_rule_file(file)
    key = key_of(file.parent, "own program")
    entry = signed_entry(rules, form(rules, Role.CLINICAL, DAY, {}), Role.CLINICAL, "en", key)
    changed = {**entry, **more}
    add_signature(rules, {**changed, "signature": key.sign(signed_text(changed))})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"expires_on": "2027-11-23"}, "15:18: A signature counts for at most 12 months here, and this one is of 2026"),
        ({"law_and_prices_expire_on": "2027-02-23"}, "16:32: A signature counts for at most 3 months here"),
        ({"signed_on": "2026-02-30"}, '14:17: There is no day "2026-02-30". Write a day as "2026-11-22".'),
        ({"expires_on": "2027-13-01"}, '15:18: There is no day "2027-13-01"'),
        ({"name": "Dr \u202eTan"}, "9:11: The character U+202E (RIGHT-TO-LEFT OVERRIDE) stands here"),
        ({"name": "Dr \ue000Tan"}, '9:12: "name" holds the character U+E000, which nobody can see. Remove it.'),
        ({"signed_on": "9999-12-31", "expires_on": "9999-13-31"}, '15:18: There is no day "9999-13-31".'),
        ({"role": "king"}, '7:12: "king" cannot stand here.'),
        ({"verdicts": {GROUND: {"verdict": "agree", "comment": ""}}}, '18:7: No verdict is given on "ground.animals".'),
    ],
)
def test_what_no_signature_may_say_is_told(file: Path, more: dict[str, object], said: str) -> None:
    entry_with(file, **more)
    assert said_of(file)[0].startswith(f"small.review.yaml:{said}")


# --- the file itself -------------------------------------------------------------------------------


def test_a_review_of_another_rule_file_is_refused(file: Path) -> None:
    review_path(file).write_text("rules: large\n")
    assert said_of(file) == [
        'small.review.yaml:1:8: This review is of the rule file "large", but it stands beside "small".'
    ]


def test_what_stands_in_the_file_stays_when_a_signature_is_added(file: Path) -> None:
    review_path(file).write_text("# Kept by Ms Lim.\nrules: small")
    signed(file, *BOTH)
    text = review_path(file).read_text()
    assert text.startswith("# Kept by Ms Lim.\nrules: small\nsignatures:\n  - role: ")
    assert text.count("- role: ") == 2


def test_a_signature_that_cannot_be_added_changes_nothing(file: Path) -> None:
    test = f'reader_test: {{date: "2026-11-01", readers: 12, passed: true, sha256: "{"ab" * 32}"}}\n'
    signed(file, Role.CLINICAL)
    replaced(file, "rules: small\n", "")
    with review_path(file).open("a") as opened:
        opened.write(f"rules: small\n{test}")
    before = review_path(file).read_bytes()
    with pytest.raises(RuleFileError) as caught:
        signed(file, Role.SAFETY)
    assert "Let `signatures` be the last part of this file" in located_problem(caught.value.problems[0], ENGLISH)
    assert review_path(file).read_bytes() == before


@pytest.mark.parametrize("passed", [True, False])
def test_a_test_with_readers_counts_for_what_they_read(file: Path, passed: bool) -> None:
    test = (
        f'reader_test: {{date: "2026-11-01", readers: 12, passed: {str(passed).lower()}, '
        f'sha256: "{load_rule_file(file).hash}"}}\n'
    )
    review_path(file).write_text(f"rules: small\n{test}")
    assert state(file).reader_tested == passed
    assert not state(file, date(2026, 10, 31)).reader_tested
    file.write_text(edited(("Most plants recover.", "All plants recover.")))
    assert not state(file).reader_tested


# --- translations ----------------------------------------------------------------------------------


def test_a_translator_signs_one_very_translation(file: Path) -> None:
    translation = file.with_name("small.ms.yaml")
    translation.write_text("title: Apa yang tumbuhan saya perlukan?\n")
    rules = signed(file, Role.TRANSLATION, language="ms")
    (found,) = rules.review.state(DAY).by(Role.TRANSLATION)
    assert (found.language, found.name) == ("ms", "Mr Ali")
    assert not rules.review.state(DAY).signed
    translation.write_text("# by Mr Ali\ntitle: Apa yang tumbuhan saya perlukan?\n")
    assert state(file).by(Role.TRANSLATION)
    translation.write_text("title: Apa?\n")
    assert state(file) == UNREVIEWED
    translation.unlink()
    assert load_rule_file(file).review.void == 1
