"""`screening sign`: from a key and a form to a signature, and every gap in the form told."""

from __future__ import annotations

import re
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.review.points import points
from screening.rulefiles.review.signatures import months_after, review_path
from screening.rulefiles.review.state import Role
from tests.cli.conftest import Call
from tests.support.cases import LIVER, RULES
from tests.support.every import for_every
from tests.support.reviewing import signed, small_copy
from tests.support.translating import translate

TODAY = date.today()
SIGNED_ON = f'signed_on: "{TODAY}"'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A rule file that nobody has signed."""
    return small_copy(tmp_path)


@pytest.fixture
def key(call: Call, tmp_path: Path) -> Path:
    """A reviewer's key."""
    return made_key(call, tmp_path / "tan.pem")


def made_key(call: Call, path: Path) -> Path:
    assert call("sign", "--new-key", path).exit_code == 0
    return path


def written_form(call: Call, file: Path, *more: str) -> Path:
    """An empty form for a rule file."""
    path = file.with_name("form.yaml")
    path.unlink(missing_ok=True)
    result = call("sign", file, "--form", "-o", path, *more)
    assert result.exit_code == 0, result.stderr
    return path


def filled(path: Path, verdict: str = "agree", **more: str) -> Path:
    """The form, filled in as a person would."""
    told = {"name": "Dr Tan", "registration": "MMC 12345", "paid_by_a_clinic": "no", "signed_on": TODAY.isoformat()}
    text = path.read_text(encoding="utf-8").replace('verdict: ""', f'verdict: "{verdict}"')
    for name, value in (told | more).items():
        text = text.replace(f'\n{name}: ""', f'\n{name}: "{value}"')
    path.write_text(text, encoding="utf-8")
    return path


# --- keys ------------------------------------------------------------------------------------------


def test_a_key_is_made_for_its_owner_alone_and_its_public_half_is_told(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "tan.pem"
    result = call("sign", "--new-key", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.search(r"what you sign: [0-9a-f]{64}\n$", result.stdout)


def test_a_key_is_not_written_over_another_one(call: Call, key: Path) -> None:
    before = key.read_bytes()
    result = call("sign", "--new-key", key)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert key.read_bytes() == before


# --- the form --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_form_holds_every_point_with_all_that_is_needed_to_judge_it(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    assert call("sign", LIVER, "--form", "-o", path).exit_code == 0
    text = path.read_text(encoding="utf-8")
    told = " ".join(text.replace("#", " ").split())
    for point in points(RULES.rule_set, Role.CLINICAL):
        assert f'\n  {point.id}:\n    verdict: ""\n    comment: ""\n' in text
        for sentence in filter(None, (*point.says, point.condition, point.judgement)):
            assert " ".join(sentence.replace("#", " ").split()) in told, sentence
        for name in point.sources:
            assert RULES.rule_set.source[name].title in told
    assert max(map(len, text.splitlines())) < 200


def test_a_form_is_not_written_over_one_that_may_be_filled_in(call: Call, file: Path) -> None:
    path = filled(written_form(call, file))
    before = path.read_bytes()
    result = call("sign", file, "--form", "-o", path)
    assert result.exit_code == 1
    assert "exists already. Choose another name." in result.stderr
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(call: Call, file: Path) -> None:
    result = call("sign", file, "--form", "-o", file.with_name("no") / "form.yaml")
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr


# --- signing ---------------------------------------------------------------------------------------


def test_a_filled_in_form_is_signed_and_what_it_is_worth_is_told(call: Call, file: Path, key: Path) -> None:
    form = filled(written_form(call, file))
    result = call("sign", file, "--review", form, "--key", key)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"Signed, and written to {review_path(file)}.\nReview: No second person")
    (found,) = load_rule_file(file).review.state(TODAY).signatures
    assert (found.role, found.name, found.registration) == (Role.CLINICAL, "Dr Tan", "MMC 12345")
    assert found.expires_on == months_after(TODAY, 12)
    assert found.law_and_prices_expire_on == months_after(TODAY, 3)


def test_two_people_sign_a_file_off(call: Call, file: Path, key: Path, tmp_path: Path) -> None:
    form = filled(written_form(call, file))
    assert call("sign", file, "--review", form, "--key", key).exit_code == 0
    second = filled(written_form(call, file), name="Ms Lim", registration="MBN 9", paid_by_a_clinic="yes")
    other = made_key(call, tmp_path / "lim.pem")
    result = call("sign", file, "--review", second, "--key", other, "--role", "safety")
    assert result.exit_code == 0, result.stderr
    assert load_rule_file(file).review.state(TODAY).signed
    told = call("check", file).stdout
    assert "Review: Reviewed by Dr Tan (MMC 12345) on " in told
    assert "Declares: works for or is paid by a clinic that sells this." in told


def test_one_person_cannot_sign_for_both(call: Call, file: Path, key: Path, tmp_path: Path) -> None:
    form = filled(written_form(call, file))
    assert call("sign", file, "--review", form, "--key", key).exit_code == 0
    before = review_path(file).read_bytes()
    same_name = call("sign", file, "--review", form, "--key", made_key(call, tmp_path / "2.pem"), "--role", "safety")
    renamed = filled(written_form(call, file), name="Ms Lim")
    same_key = call("sign", file, "--review", renamed, "--key", key, "--role", "safety")
    for result in (same_name, same_key):
        assert result.exit_code == 1
        assert (
            "Dr Tan has signed already, for: clinical. The other signature must be by another person" in result.stderr
        )
    assert review_path(file).read_bytes() == before


def test_whoever_disagrees_is_told_that_it_does_not_count_as_signed(call: Call, file: Path, key: Path) -> None:
    form = filled(written_form(call, file))
    text = form.read_text().replace('verdict: "agree"\n    comment: ""', 'verdict: "disagree"\n    comment: "No."', 1)
    form.write_text(text)
    result = call("sign", file, "--review", form, "--key", key)
    assert result.exit_code == 0, result.stderr
    assert "Dr Tan disagrees with a part of these rules" in result.stdout
    assert "disagrees with: ground.animals" in result.stdout


def test_a_translator_signs_a_translation_that_is_there(call: Call, file: Path, key: Path) -> None:
    role = ("--role", "translation", "--language", "ms")
    missing = call("sign", file, "--form", "-o", file.with_name("form.yaml"), *role)
    assert missing.exit_code == 1
    assert "small.ms.yaml does not exist" in missing.stderr
    translate(file, "ms", lambda text: "" if text == "The pot" else f"{text} ms")
    with_a_gap = call("sign", file, "--form", "-o", file.with_name("form.yaml"), *role)
    assert with_a_gap.exit_code == 1
    assert '"pages.pot.title" is not translated.' in with_a_gap.stderr
    assert "Only a whole translation can be signed." in with_a_gap.stderr
    translate(file, "ms", lambda text: f"{text} ms")
    form = filled(written_form(call, file, *role))
    assert "The translation (ms) says the same as the original." in form.read_text()
    result = call("sign", file, "--review", form, "--key", key, *role)
    assert result.exit_code == 0, result.stderr
    assert "The translation (ms) was checked by Dr Tan (MMC 12345)" in result.stdout


# --- what is wrong is told, and nothing is signed ----------------------------------------------------


def test_every_gap_in_a_form_is_told_at_once(call: Call, file: Path, key: Path) -> None:
    form = written_form(call, file)
    result = call("sign", file, "--review", form, "--key", key)
    assert result.exit_code == 1
    for name in ("name", "registration", "paid_by_a_clinic", "signed_on"):
        assert f'"{name}" is not filled in.' in result.stderr
    for point in points(load_rule_file(file).rule_set, Role.CLINICAL):
        assert f'No verdict is given on "{point.id}".' in result.stderr
    assert not review_path(file).exists()


@for_every(
    ("old", "new", "said"),
    [
        ("ground.light:", "ground.lite:", 'There is no point "ground.lite". Did you mean "ground.light"?'),
        ("ground.light:", "ground.lite:", 'No verdict is given on "ground.light".'),
        (
            'verdict: "agree"',
            'verdict: "yes"',
            '"yes" cannot stand here. What belongs here: agree, agree_with_change or',
        ),
        ('verdict: "agree"', 'verdict: "disagree"', 'The verdict on "ground.animals" is disagree. Say why'),
        ('verdict: "agree"', 'verdict: "agree_with_change"', 'The verdict on "ground.animals" is agree_with_change.'),
        ('clinic: "no"', 'clinic: "maybe"', '"maybe" cannot stand here. What belongs here: "yes" or "no"'),
        (SIGNED_ON, f'signed_on: "{TODAY + timedelta(1)}"', "is still to come."),
        (SIGNED_ON, 'signed_on: "2026-02-30"', 'There is no day "2026-02-30".'),
        ('name: "Dr Tan"', 'name: "Dr \\0Tan"', "The character U+0000 stands here, which nobody can see."),
        ('sha256: "', 'sha256: "0', "What belongs here: Hash of the rule set"),
        ('name: "Dr Tan"', "name: Dr Tan\nnmae: x", '"nmae" is not known here. Did you mean "name"?'),
    ],
)
def test_a_mistake_in_a_form_is_told_with_its_place(call: Call, key: Path, old: str, new: str, said: str) -> None:
    file = small_copy(key.parent)
    form = filled(written_form(call, file))
    text = form.read_text()
    assert old in text
    form.write_text(text.replace(old, new, 1))
    result = call("sign", file, "--review", form, "--key", key)
    assert result.exit_code == 1
    assert re.search(rf"^{re.escape(str(form))}:\d+:\d+: .*{re.escape(said)}", result.stderr, re.MULTILINE)
    assert not review_path(file).exists()


def test_a_form_of_another_version_is_refused(call: Call, file: Path, key: Path) -> None:
    form = filled(written_form(call, file))
    file.write_text(file.read_text().replace("Most plants recover.", "All plants recover."))
    result = call("sign", file, "--review", form, "--key", key)
    assert result.exit_code == 1
    assert 'This form was written for another version of "small".' in result.stderr
    assert not review_path(file).exists()


def test_a_key_that_others_may_read_is_refused(call: Call, file: Path, key: Path) -> None:
    form = filled(written_form(call, file))
    key.chmod(0o644)
    result = call("sign", file, "--review", form, "--key", key)
    assert result.exit_code == 1
    assert "chmod 600" in result.stderr
    assert not review_path(file).exists()


def test_a_signature_that_was_changed_is_told_by_check(call: Call, file: Path) -> None:
    signed(file, Role.CLINICAL)
    path = review_path(file)
    path.write_text(path.read_text().replace("Dr Tan", "Dr Toni"))
    result = call("check", file)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path}:7:5: The signature of Dr Toni (clinical, 2026-11-22) does not fit")


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--form"],
        ["--review", "form.yaml"],
        ["--key", "tan.pem"],
        ["--role", "translation"],
        ["--language", "ms"],
        ["--role", "translation", "--language", "../x"],
        ["--role", "king"],
    ],
)
def test_what_cannot_be_done_is_a_wrong_call(call: Call, file: Path, options: list[str]) -> None:
    result = call("sign", file, *options)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_without_a_rule_file_there_is_nothing_to_sign(call: Call) -> None:
    assert call("sign").exit_code == 2
