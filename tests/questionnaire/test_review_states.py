"""What every page and the PDF say of the review, for each state that it can be in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from screening.config.settings import SettingsError
from screening.rulefiles.loading.loader import RuleFileError
from screening.rulefiles.review.signatures import months_after, review_path
from screening.rulefiles.review.state import Role, Verdict
from tests.rulefiles.edited import ENGLISH
from tests.support.pdf import words_of
from tests.support.reviewing import GROUND, signed, small_copy_on_law
from tests.support.web import Web
from tests.support.web_fixtures import make_app

pytestmark = pytest.mark.clock

TODAY = date.today()
LAST_YEAR = months_after(TODAY, -12) - timedelta(3)
BOTH = (Role.CLINICAL, Role.SAFETY)
FROM_OUTSIDE = {"demonstration": "0", "mode": "match", "host": "0.0.0.0"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A rule file that nobody has signed, with an article on law or prices."""
    return small_copy_on_law(tmp_path)


def served(file: Path, **more: str) -> Web:
    """A browser at a deployment with this rule file."""
    settings = {"demonstration": "0", "mode": "match", "rules": str(file), **more}
    return Web(make_app(file.parent, **settings))


def answered(web: Web) -> Web:
    """The same browser once every question is answered."""
    web.get("/")
    web.follow("Start")
    for answers in ({"who": "me"}, {"signs": "none"}, {"leaves": "upright"}):
        web.submit(answers)
    web.submit({"age": "2", "soil": "dry", "light": "sun"})
    assert web.path == "/check"
    return web


def in_words(day: date) -> str:
    return ENGLISH.date(day)


def everything_says(web: Web, *sentences: str, stamp: str, mark: str) -> None:
    """The mark and the foot of every page, the page about the service, the result and the PDF."""
    for path in ("/", "/about", "/read/water", "/emergency"):
        page = web.get(path)
        marks = [element.text for element in page.all("aside", class_="test-mark")]
        test = (
            "A test, but this advice to get help is real."
            if path == "/emergency"
            else "Test version, not health advice."
        )
        assert marks == ([f"{test} {mark}"] if mark else [])
        assert page.one("footer").text.endswith(f" · {stamp}")
    about = web.get("/about").text
    result = answered(web).get("/result").text
    pdf = words_of(web.raw("/summary.pdf").get_data())
    for said in sentences:
        assert said in about
        assert said in result
        assert said in pdf
    assert stamp in pdf


UNREVIEWED = "No clinician has reviewed these rules and texts yet."


def test_without_a_signature(file: Path) -> None:
    everything_says(served(file), UNREVIEWED, stamp="not reviewed by a clinician", mark=UNREVIEWED)


def test_with_one_signature_alone(file: Path) -> None:
    signed(file, Role.CLINICAL, on=TODAY)
    said = "No second person has signed for safety or ethics yet, so these rules do not count as reviewed."
    stamp = "reviewed by a clinician, not by a second person"
    everything_says(served(file), said, "Reviewed by Dr Tan (12345) on", stamp=stamp, mark=said)
    with pytest.raises(SettingsError, match="a second signature is missing"):
        served(file, **FROM_OUTSIDE)


def test_with_both_signatures(file: Path) -> None:
    signed(file, *BOTH, on=TODAY)
    until = in_words(months_after(TODAY, 12))
    everything_says(
        served(file, **FROM_OUTSIDE),
        f"Reviewed by Dr Tan (12345) on {in_words(TODAY)}, valid until {until}.",
        "Declares: does not work for and is not paid by a clinic that sells this.",
        f"Reviewed for safety or ethics by Ms Lim (12345) on {in_words(TODAY)}, valid until {until}.",
        "Declares: works for or is paid by a clinic that sells this.",
        stamp=f"reviewed by a clinician, valid until {until}",
        mark="",
    )


@pytest.mark.slow
def test_once_the_review_has_expired(file: Path) -> None:
    signed(file, *BOTH, on=LAST_YEAR)
    day = in_words(months_after(LAST_YEAR, 12))
    said = f"The review of these rules has expired on {day}."
    everything_says(served(file), said, stamp=f"review expired on {day}", mark=said)
    with pytest.raises(SettingsError, match="one has expired"):
        served(file, **FROM_OUTSIDE)


def test_where_a_reviewer_disagrees(file: Path) -> None:
    signed(file, Role.CLINICAL, on=TODAY, verdicts={GROUND: Verdict.DISAGREE})
    signed(file, Role.SAFETY, on=TODAY)
    said = "Dr Tan disagrees with a part of these rules, so they do not count as reviewed."
    everything_says(served(file), said, stamp="a reviewer disagrees", mark=said)


def test_after_an_edit_nothing_of_the_review_is_left(file: Path) -> None:
    signed(file, *BOTH, on=TODAY)
    file.write_text(file.read_text().replace("Most plants recover.", "Some plants recover."))
    everything_says(served(file), UNREVIEWED, stamp="not reviewed by a clinician", mark=UNREVIEWED)


def test_a_signature_that_was_changed_keeps_it_from_starting(file: Path) -> None:
    signed(file, *BOTH, on=TODAY)
    path = review_path(file)
    path.write_text(path.read_text().replace("Dr Tan", "Dr Toni"))
    with pytest.raises(RuleFileError):
        served(file)


def test_a_name_never_becomes_markup(file: Path) -> None:
    signed(file, Role.CLINICAL, on=TODAY, name="<b>Dr Tan")
    assert "Reviewed by <b>Dr Tan (12345)" in served(file).get("/about").text


def test_a_review_is_read_as_of_the_day_of_each_request(file: Path) -> None:
    rules = signed(file, *BOTH, on=TODAY - timedelta(30))
    assert served(file).service.review == rules.review.state(TODAY)


# --- law and prices --------------------------------------------------------------------------------


def test_an_article_on_law_says_until_when_its_review_counts(file: Path) -> None:
    signed(file, *BOTH, on=TODAY)
    until = in_words(months_after(TODAY, 3))
    page = served(file).get("/read/water").text
    assert f"What is said here about law and prices was reviewed; this counts until {until}." in page


def test_an_article_on_law_says_that_its_review_has_expired(file: Path) -> None:
    on = months_after(TODAY, -6)
    signed(file, *BOTH, on=on)
    until = in_words(months_after(on, 3))
    web = served(file)
    said = f"The review of what is said here about law and prices has expired on {until}."
    assert said in web.get("/read/water").text
    assert f"The review of what is said about law and prices has expired on {until}." in web.get("/about").text
    assert not web.page.all("aside", class_="test-mark")
