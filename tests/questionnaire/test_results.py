"""What comes of the answers: the result page, the PDF, and deleting."""

from __future__ import annotations

import pytest

from screening.documents.attachments import record_in
from screening.documents.turns import Turns
from tests.support.page import Element
from tests.support.pdf import squeezed, words_of
from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.web import Web

HEADING = "Your answers are like what the guide calls early cirrhosis"


def titles(page: Element) -> list[str]:
    """The titles of the parts of a result, folded ones among them."""
    return [element.text for element in page.one("main").all("h1", "h2", "summary")]


def test_the_result_says_what_was_matched_and_why_in_the_persons_own_answers(web: Web) -> None:
    complete(web, told="cirrhosis_early", bleed="varices_no_bleed")
    result = web.get("/result")
    assert result.one("h1").text == HEADING
    why = next(element for element in result.all("section") if element.text.startswith("Why"))
    assert "A doctor told you: Cirrhosis, with no complications." in why.text
    assert "Early: you reported no fluid in the belly, bleeding or confusion." in why.text
    more = next(element for element in result.all("details") if "More reasons" in element.text)
    assert "A doctor saw swollen veins that never bled." in more.text


def test_every_result_says_that_it_is_not_advice_and_who_reviewed_it(web: Web) -> None:
    for red_flags in (("none",), ("collapse",)):
        complete(web, red_flags=red_flags)
        result = web.get("/result")
        assert web.service.rules.rule_set.disclaimer in result.text
        assert "No clinician has reviewed these rules and texts yet." in result.text
        web.client.delete_cookie("answers")


@pytest.mark.parametrize(
    "given", [{}, {"red_flags": ("collapse",)}, {"told": "none", "he": "?"}, {"cancer": "liver_ever"}]
)
def test_the_sources_listed_are_those_that_the_page_cites(web: Web, given: dict[str, str | tuple[str, ...]]) -> None:
    complete(web, **given)
    result = web.get("/result")
    entries = [element["id"] for element in result.one("ol", class_="sources").all("li")]
    assert entries == [f"source-{number}" for number in range(1, len(entries) + 1)]
    cited = {element["href"] for element in result.all("a") if element["href"].startswith("#source-")}
    assert cited == {f"#{entry}" for entry in entries}


def test_a_result_tells_in_this_order_what_it_is_like_why_and_what_to_do(web: Web) -> None:
    complete(web, told="cirrhosis_early")
    told = titles(web.get("/result"))
    wanted = [HEADING, "Why", "What to do next", "Take it with you (PDF)", "Still open, and who can tell", "Read more"]
    assert [title for title in told if title in wanted] == wanted


def test_what_cannot_wait_stands_above_what_the_answers_are_like(web: Web) -> None:
    complete(web, told="cirrhosis_early", ascites="swelling_unchecked")
    result = web.get("/result")
    assert titles(result)[0] == "Please do this"
    assert "in the next few days" in result.one("section", class_="care").text


def test_what_cannot_wait_stands_first_on_the_pages_that_lead_past_the_result_too(web: Web) -> None:
    complete(web, told="cirrhosis_early", ascites="swelling_unchecked")
    for path in ("/before-result", "/summary", "/summary?first=doctor"):
        card = web.get(path).one("main").one("section", class_="care").text
        assert "in the next few days" in card
        assert "not checked by a doctor" in card
    web.client.delete_cookie("answers")
    complete(web, told="cirrhosis_early")
    assert not web.get("/summary").one("main").all("section", class_="care")


def test_the_filled_button_is_for_the_paper_that_was_asked_for(web: Web) -> None:
    complete(web, told="cirrhosis_late")
    asked = next(link["href"] for link in web.get("/before-result").all("a") if "PDF" in link.text)
    for path, wanted in ((asked, "for=doctor"), ("/summary", "/summary.pdf")):
        filled = [link["href"] for link in web.get(path).one("main").all("a") if link["class"] == "button"]
        assert len(filled) == 1
        assert wanted in filled[0]
        assert ("for=doctor" in filled[0]) == (path == asked)


def test_a_result_says_that_it_does_not_say_that_the_treatment_would_help(web: Web) -> None:
    said = "This page does not say that it would help you."
    complete(web, told="cirrhosis_early")
    assert said in web.get("/result").one("header", class_="result-head tone-calm").text
    web.client.delete_cookie("answers")
    complete(web, red_flags=("collapse",))
    assert said not in web.get("/result").text


def test_two_answers_that_do_not_fit_together_stand_side_by_side_and_no_part_is_named(web: Web) -> None:
    complete(web, told="none", has_papers="yes", lsm="30")
    result = web.get("/result")
    assert result.one("h1").text == "Two of your answers do not fit together"
    assert [side.text for side in result.one("dl", class_="apart").all("dd")] == ["My liver is fine", "30 kPa high"]


def test_fib_4_does_not_stand_on_the_page_of_a_person(web: Web) -> None:
    complete(web, age="50", has_papers="yes", alt="60", ast="85", platelets="140", platelets_unit="10*9/L")
    result = web.get("/result")
    assert "FIB-4" not in result.text
    assert "140 x 10⁹/L" in result.one("section", id="numbers").text


def test_what_would_settle_it_is_told_as_questions_and_never_as_answers_that_nobody_gave(web: Web) -> None:
    complete(web, told="cirrhosis_unknown", he="?")
    assert "if the answers were" not in web.get("/result").text


def test_an_emergency_shows_nothing_of_the_guide(web: Web) -> None:
    complete(web, red_flags=("collapse",))
    result = web.get("/result")
    assert titles(result)[0] == "Get medical help now"
    for word in ("stem", "guide says", "claim", "clinic "):
        assert word not in result.one("main").text.replace(web.service.rules.rule_set.disclaimer, "").lower(), word
    assert not [element for element in result.all("a") if element["href"].startswith("/read")]


def test_the_pdf_is_sent_as_a_file_that_tells_nothing_by_its_name(web: Web) -> None:
    complete(web)
    response = web.raw("/summary.pdf")
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="summary.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.slow
def test_the_pdf_says_what_the_page_says(web: Web) -> None:
    complete(web, age="61", meld="12", child_pugh="A")
    result = web.get("/result")
    text = squeezed(words_of(web.raw("/summary.pdf").data))
    why = next(element for element in result.all("section") if element.text.startswith("Why"))
    reasons = [str(element.children[0]) for element in why.all("li") if not element.text.startswith("Early:")]
    assert reasons
    for said in (HEADING, "61 years", "12 points", *reasons):
        assert squeezed(said) in text, said


@pytest.mark.slow
@pytest.mark.parametrize(("who", "said"), [("me", "typed by the person"), ("helper", "typed by somebody who helps")])
def test_the_pdf_says_who_typed_the_answers(web: Web, who: str, said: str) -> None:
    begin(web, who)
    answer_until(web, inputs_with(web))
    assert f"Answers {said}" in words_of(web.raw("/summary.pdf").data)


@pytest.mark.slow
def test_the_pdf_of_the_same_answers_is_the_same_file(web: Web) -> None:
    complete(web)
    other = Web(web.client.application)
    complete(other)
    assert web.raw("/summary.pdf").data == other.raw("/summary.pdf").data


def test_looking_at_the_result_changes_no_answer(web: Web) -> None:
    complete(web)
    before = web.cookie()
    for path in ("/before-result", "/result", "/summary", "/check"):
        web.get(path)
    assert web.cookie() == before


def test_deleting_asks_first_and_then_leaves_nothing(web: Web) -> None:
    complete(web)
    web.follow("Delete my answers")
    assert web.page.one("h1").text == "Delete my answers?"
    assert web.cookie()
    web.submit()
    assert web.path == "/deleted"
    assert web.cookie() == ""
    for path in ("/result", "/check"):
        web.get(path)
        assert web.path in ("/", "/who", "/answers-gone")
    assert "Go on with my answers" not in web.get("/").text


def test_deleting_tells_the_browser_to_forget_pages_too(web: Web) -> None:
    complete(web)
    page = web.get("/delete")
    token = page.one("input", name="csrf_token")["value"]
    response = web.client.post("/delete", data={"csrf_token": token})
    assert response.headers["Clear-Site-Data"] == '"cache"'
    (sent,) = [header for header in response.headers.getlist("Set-Cookie") if header.startswith("answers=")]
    assert sent.startswith("answers=;")
    assert "Max-Age=0" in sent


def test_deleting_needs_no_answers(web: Web) -> None:
    web.get("/delete")
    web.submit()
    assert web.path == "/deleted"


def test_every_page_has_a_way_to_delete_the_answers(web: Web) -> None:
    complete(web)
    for path in dict.fromkeys(web.visited):
        if not path.endswith(".pdf"):
            page = web.get(path)
            assert [element for element in page.all("a") if element["href"] == "/delete"], path


# --- two readers, with and without data ----------------------------------------------------------


@pytest.mark.slow
def test_before_the_download_the_person_is_told_of_the_data_and_may_take_a_copy_without_it(web: Web) -> None:
    complete(web)
    page = web.get("/summary")
    assert "attached to it as data" in page.text
    links = [element["href"] for element in page.one("main").all("a") if element["href"].startswith("/summary.pdf")]
    paper = web.service.rules.rule_set.doctor_paper
    assert paper is not None
    assert len(links) == 2 * (1 + len(paper.languages))
    contents = [web.raw(link).data for link in links[:4]]
    assert [b"<</Type /EmbeddedFile" in content for content in contents] == [True, False] * 2
    assert len(set(contents)) == 4


def test_the_attached_data_is_explained_after_the_buttons(web: Web) -> None:
    complete(web)
    text = web.get("/summary").one("main").text
    assert text.index("Download the PDF") < text.index("Download for a doctor") < text.index("attached to it as data")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "summary.pdf"),
        pytest.param("?copy=without-data", "summary-without-data.pdf", marks=pytest.mark.slow),
        pytest.param("?for=doctor", "summary-for-doctor.pdf", marks=pytest.mark.slow),
        ("?for=doctor&copy=without-data", "summary-for-doctor-without-data.pdf"),
    ],
)
def test_copies_with_and_without_data_have_different_names(web: Web, query: str, name: str) -> None:
    complete(web)
    response = web.raw(f"/summary.pdf{query}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_system_may_share_a_paper_where_the_browser_can_and_nothing_more_is_allowed(web: Web) -> None:
    complete(web)
    page = web.get("/summary")
    buttons = page.all("button", type="button")
    shared = [button for button in buttons if button["data-share"]]
    assert shared
    assert all(button.has("hidden") and button["data-name"].endswith(".pdf") for button in shared)
    policy = web.raw("/summary").headers["Content-Security-Policy"]
    assert policy.endswith("connect-src 'self'")
    assert "connect-src" not in web.raw("/result").headers["Content-Security-Policy"]


def test_a_doctors_copy_is_offered_in_every_language_that_the_rule_file_names(web: Web) -> None:
    complete(web)
    page = web.get("/summary")
    paper = web.service.rules.rule_set.doctor_paper
    assert paper is not None
    for tag in paper.languages:
        assert [element for element in page.all("a") if element["href"] == f"/summary.pdf?for=doctor&language={tag}"], (
            tag
        )


def test_the_copy_for_a_doctor_has_what_the_other_has_not(web: Web) -> None:
    complete(web)
    page = web.get("/summary")
    link = next(
        element["href"] for element in page.all("a") if element["href"] == "/summary.pdf?for=doctor&language=en"
    )
    text = squeezed(words_of(web.raw(link).data))
    assert squeezed("For the doctor: a person's own answers") in text
    assert squeezed("Grounds") in text
    assert squeezed("Questions for a clinic") not in text


@pytest.mark.parametrize("query", ["for=nobody", "language=xx", "for=doctor&language=ta", "for=me&language="])
def test_a_copy_that_is_not_offered_is_not_there(web: Web, query: str) -> None:
    complete(web)
    assert web.raw(f"/summary.pdf?{query}").status_code == 404


@pytest.mark.slow
def test_a_pdf_that_cannot_be_made_is_said_in_words_and_no_answer_is_lost(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(web)
    before = web.cookie()
    workers = web.service.workers
    web.raw("/summary.pdf")
    with monkeypatch.context() as patch:
        patch.setattr(workers, "_turns", Turns([], 0))
        busy = web.raw("/summary.pdf")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert "Please wait a moment" in busy.text
    monkeypatch.setattr("screening.runtime.render_and_sign", broken)
    failed = web.raw("/summary.pdf")
    assert failed.status_code == 500
    assert "No PDF this time" in failed.text
    assert web.cookie() == before


def broken(*_arguments: object) -> bytes:
    """A PDF that cannot be made."""
    raise ValueError


@pytest.mark.slow
def test_what_is_not_asked_any_more_is_neither_sent_nor_attached(web: Web) -> None:
    complete(web, told="cirrhosis_early", child_pugh="A", meld="12", transplant_talk="listed")
    web.get("/questions/told")
    web.submit({"told": "none"})
    answer_until(web, inputs_with(web, told="none"))
    kept = record_in(web.raw("/summary.pdf").data).answers
    assert "told" in kept
    assert not {"child_pugh", "meld", "transplant_talk", "stage"} & kept.keys()
    assert "MELD" not in web.client.get("/save/answers.txt", base_url=web.base_url).text
    web.get("/questions/told")
    web.submit({"told": "cirrhosis_early"})
    answer_until(web, inputs_with(web, told="cirrhosis_early"))
    again = record_in(web.raw("/summary.pdf").data).answers
    assert again.keys() >= {"meld", "child_pugh"}  # they were kept, and count again


HARD = [
    pytest.param({"told": "cirrhosis_late"}, True, id="complications"),
    pytest.param({"told": "cirrhosis_early"}, True, id="early cirrhosis"),
    pytest.param({"told": "fibrosis"}, False, id="fibrosis"),
    pytest.param({"told": "liver_no_scar"}, False, id="no scarring"),
    pytest.param({"told": "cirrhosis_late", "red_flags": ("collapse",)}, False, id="help first"),
]


@pytest.mark.parametrize(("answers", "asked"), HARD)
def test_a_person_is_asked_whether_to_read_on_only_where_something_hard_follows(
    web: Web, answers: dict[str, str | tuple[str, ...]], asked: bool
) -> None:
    complete(web, **answers)
    web.get("/before-result")
    assert (web.path == "/before-result") is asked
    assert asked or web.path == "/result"


@pytest.mark.parametrize(("tag", "named"), [("en", False), ("ms", True), ("zh-Hans", True)])
def test_the_button_for_the_doctors_paper_names_its_language_where_it_is_another(
    web: Web, tag: str, named: bool
) -> None:
    complete(web)
    web.client.set_cookie("language", tag)
    web.get("/result")
    button = next(link for link in web.page.all("a") if link["href"] == "/summary.pdf?for=doctor")
    assert ("English" in button.text) == named
    assert not named or button.one("span")["lang"] == "en"


def test_other_ways_to_keep_it_lead_back_to_where_they_were_opened(web: Web) -> None:
    complete(web, told="cirrhosis_late")
    web.get("/result")
    web.follow("Other ways")
    web.follow("Back")
    assert web.path == "/result"
    web.get("/before-result")
    web.follow("Make a PDF")
    web.follow("Back")
    assert web.path == "/before-result", "who chose not to read yet is not led to the result"


def test_an_answer_can_be_changed_above_the_foot_of_a_result_too(web: Web) -> None:
    complete(web)
    web.get("/result")
    assert "/check" in [link["href"] for link in web.page.one(id="take-along").all("a")]
