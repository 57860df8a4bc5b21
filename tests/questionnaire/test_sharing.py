"""Sending the answers to the clinic: only where it is offered, only with consent, once, and as they were."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType

import pytest
from flask import Flask
from sqlalchemy import select

from screening.questionnaire.sharing_offer import new_token
from screening.rulefiles.cases.case_file import Case
from screening.ruleset.engine.engine import Engine
from screening.storage.database.schema import submission
from screening.storage.submissions.assessments.rule_texts import stored_rule_text
from screening.storage.submissions.assessments.versions import Version, versions
from screening.storage.submissions.person.sharing import secret_of
from screening.storage.submissions.person.word_pairs import WordPair, pair_of
from screening.storage.submissions.record.records import Submission, open_submission
from screening.wording.language.languages import language
from screening.wording.language.secret_phrases import languages, may_be_told, word_list
from screening.wording.summary.result import result_document
from screening.wording.summary.stored import document_from, input_from
from tests.support.cases import ONE_OF_EACH
from tests.support.person import answer_until, begin, complete, inputs_of, inputs_with
from tests.support.sharing import CONTACT, HELPER, Receipt, identity_of, open_form, pair_on, receipt_on, send, shared
from tests.support.web import Web, errors_on, form_values, shown_values
from tests.support.web_fixtures import make_app

LINK = "Send my answers to "
NEVER = {name for name in ONE_OF_EACH if "urgent" in name or name in ("not_covered", "no_sign")}


def stored(app: Flask) -> int:
    """How much was sent so far."""
    store = Web(app).service.store
    assert store is not None
    with store.reading() as transaction:
        return len(transaction.connection.execute(select(submission.c.id)).all())


def stored_submission(app: Flask, receipt: Receipt) -> tuple[Submission, list[Version]]:
    """What was sent, opened."""
    store = Web(app).service.store
    assert store is not None
    with store.reading() as transaction:
        found = open_submission(transaction, identity_of(transaction, receipt))
        return found, versions(transaction, found)


# --- where it is offered ---


def result_of(web: Web, case: Case) -> None:
    begin(web)
    answer_until(web, inputs_of(web, case.answers))
    web.get("/result")


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_it_is_offered_under_the_way_to_the_own_doctor_and_only_where_it_may_be(web: Web, kind: str) -> None:
    result_of(web, ONE_OF_EACH[kind])
    links = [element.text for element in web.page.one("section", class_="part take-along").all("a")]
    assert links[:2] == ["For me", "For my doctor"]
    assert any(link.startswith(LINK) for link in links) == (kind not in NEVER)
    for path in ("/share", "/share/form"):
        web.get(path)
        assert web.path == ("/share" if kind not in NEVER else "/result")


def test_who_only_reads_is_not_offered_to_send_anything(web: Web) -> None:
    complete(web)
    web.get("/who")
    web.submit({"who": "reading"})
    web.get("/share")
    assert web.path == "/"


def test_where_no_clinic_is_named_there_is_no_such_page(match_app: Flask) -> None:
    web = Web(match_app)
    complete(web)
    assert LINK not in web.get("/result").text
    assert "clinic " not in web.get("/privacy").one("main").text
    for path in ("/share", "/share/form", "/shared", "/status", "/status/standing", "/status/result/0"):
        web.get(path, status=404)


def test_what_is_said_before_anything_is_asked(web: Web) -> None:
    complete(web)
    web.get("/result")
    web.follow(LINK)
    text = web.page.one("main").text
    for sentence in (
        "Demonstration Clinic (not a real clinic) sells what the guide is about. It earns money if you",
        "Sending your answers is not an appointment and not medical care. Nobody reads them for emergencies.",
        "says it will answer within 3 working days.",
        "If you feel worse, get help. Do not wait for the call. You do not have to send anything.",
        "If nobody at the clinic opens it, it is deleted after 30 days, and at most a week later.",
        "If the clinic has opened it, and then nothing more happens to it for 180 days, it is deleted too, and at",
        "A manager of the clinic may put that off, and must write down why.",
        "When the clinic has closed it, it is deleted after 90 days, and at most a week later.",
    ):
        assert sentence in text
    assert not web.page.one("main").all("input", type="checkbox")


def test_a_clinic_that_does_not_sell_is_not_said_to_sell(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, clinic_sells="no", answer_days="1"))
    complete(web)
    page = web.get("/share").one("main").text
    assert "does not sell what the guide is about." in page
    assert "earns money" not in page
    assert "within 1 working day." in page
    assert "does not sell" in web.get("/about").text


# --- the form ---


def test_nothing_is_stored_before_the_form_is_sent(web: Web, app: Flask) -> None:
    before = stored(app)
    open_form(web)
    web.submit({"name": "Mei"}, status=400)
    assert stored(app) == before


@pytest.mark.parametrize("consent", ["consent_read", "consent_contact"])
def test_without_both_consents_nothing_is_sent(web: Web, app: Flask, consent: str) -> None:
    before = stored(app)
    open_form(web)
    shown = web.submit({name: value for name, value in CONTACT.items() if name != consent}, status=400)
    assert list(errors_on(shown)) == [consent]
    assert errors_on(shown)[consent].endswith("Without that nothing can be sent.")
    assert shown_values(shown, "name") == ["Mei Ling"]
    assert stored(app) == before
    send(web, {consent: "yes"})
    assert stored(app) == before + 1


def test_there_are_two_consents_apart_and_none_is_ticked_beforehand(web: Web) -> None:
    ticks = open_form(web).all("input", type="checkbox")
    assert [element["name"] for element in ticks] == ["consent_read", "consent_contact"]
    assert not [element for element in ticks if element.has("checked")]


def test_every_error_is_told_and_nothing_typed_is_lost(web: Web) -> None:
    open_form(web)
    typed = {"address": "12", "channel": "whatsapp", "note": "x" * 301, "speaks": "ta", "consent_read": "yes"}
    shown = web.submit(typed, status=400)
    assert list(errors_on(shown)) == ["name", "address", "note", "consent_contact"]
    assert "country code" in errors_on(shown)["address"]
    for name, value in typed.items():
        assert shown_values(shown, name) == [value]


@pytest.mark.parametrize("name", ["channel", "best_time", "speaks"])
def test_a_choice_that_is_not_offered_is_refused(web: Web, name: str) -> None:
    open_form(web)
    values = {**form_values(web.page.one("form")), **{key: [value] for key, value in CONTACT.items()}, name: ["<b>"]}
    shown = web.post("/share/form", values, status=400)
    assert name in errors_on(shown)


def test_a_helper_says_who_they_are_and_that_the_person_agrees(web: Web, app: Flask) -> None:
    before = stored(app)
    open_form(web, "helper")
    shown = web.submit(CONTACT, status=400)
    assert list(errors_on(shown)) == ["agrees", "helper_name", "relation"]
    shown = web.submit({**HELPER, "agrees": "no"}, status=400)
    assert errors_on(shown) == {"agrees": "Then nothing can be sent. You can take the PDF to a doctor together."}
    assert stored(app) == before
    found, _ = stored_submission(app, send(web, {"agrees": "yes"}))
    assert found.contact["helper"] == {"name": "Adi", "relation": "child", "agrees": True}
    assert found.row_members["for"] == "helper"
    assert found.contact["consents"][0]["text"].startswith("The person agrees that")


@pytest.mark.parametrize(
    ("typed", "read_back", "chosen", "reach"),
    [
        ("012-345 6789", ["+60123456789"], {}, "+60123456789"),
        ("9317 0669", ["+6093170669", "+6593170669"], {"number_is": "+6593170669"}, "+6593170669"),
    ],
)
def test_a_number_is_read_back_with_its_country_before_anything_is_sent(
    web: Web, app: Flask, *, typed: str, read_back: list[str], chosen: dict[str, str], reach: str
) -> None:
    before = stored(app)
    open_form(web)
    shown = web.submit({**CONTACT, "address": typed, "number_is": ""})
    assert stored(app) == before
    assert not shown.all(id="error-summary")
    assert [field["value"] for field in shown.all("input", name="number_is")] == read_back
    assert "Nothing is sent yet." in shown.one("section", class_="read-back").text
    assert shown_values(shown, "address") == [typed]
    assert shown_values(shown, "consent_read") == ["yes"]
    web.submit(chosen)
    found, _ = stored_submission(app, receipt_on(web.page))
    assert found.contact["reach"] == reach
    assert found.contact["address"].startswith(reach[:3])


def test_a_form_without_its_token_is_refused_and_keeps_what_was_typed(web: Web, app: Flask) -> None:
    before = stored(app)
    open_form(web)
    shown = web.post("/share/form", {**CONTACT, "csrf_token": "wrong"}, status=400)
    assert list(errors_on(shown)) == ["send"]
    assert shown_values(shown, "address") == [CONTACT["address"]]
    assert shown_values(shown, "note") == [CONTACT["note"]]
    assert stored(app) == before
    web.submit()
    assert web.path == "/shared"


def test_changing_the_language_keeps_what_was_typed(web: Web, app: Flask) -> None:
    before = stored(app)
    open_form(web)
    values = {
        **form_values(web.page.one("form")),
        **{key: [value] for key, value in CONTACT.items()},
        "language": ["ms"],
    }
    shown = web.post("/share/form", values)
    assert shown.one("html")["lang"] == "ms"
    assert shown_values(shown, "address") == [CONTACT["address"]]
    assert shown_values(shown, "speaks") == ["ms"]
    assert stored(app) == before


# --- what is stored ---


def test_what_was_seen_is_stored_as_it_was(web: Web, app: Flask) -> None:
    receipt = shared(web, age="47")
    found, (first,) = stored_submission(app, receipt)
    assert first.input["answers"]["age"]["value"] == "47"
    rules = web.service.rules
    assert first.rules_hash == rules.hash
    again = input_from(first.input, rules, language("en"))
    assert result_document(again) == document_from(first.document)
    assert {name: found.contact[name] for name in ("name", "channel", "best_time", "note")} == {
        name: CONTACT[name] for name in ("name", "channel", "best_time", "note")
    }
    assert found.contact["reach"] == "+60123456789"
    assert [consent["text"] for consent in found.contact["consents"]] == [
        "Demonstration Clinic (not a real clinic) may read these answers.",
        "Demonstration Clinic (not a real clinic) may contact me about these answers, and about nothing else.",
    ]
    assert "You do not have to send anything." in found.contact["terms"]
    assert found.row.category == "early_cirrhosis"


def test_a_translation_is_stored_with_what_was_read_in_it(web: Web, app: Flask) -> None:
    web.client.set_cookie("language", "ms")
    begin_in_malay(web)
    _, (first,) = stored_submission(app, send(web))
    translation = web.service.translations["ms"]
    assert first.rules_hash == web.service.rules.hash
    assert first.translation_hash == translation.rules.translation
    assert first.input["language"] == first.document["language"] == "ms"
    store = web.service.store
    assert store is not None
    with store.reading() as transaction:
        assert stored_rule_text(transaction, str(first.translation_hash)).startswith("{")


def begin_in_malay(web: Web) -> None:
    """From the start page to the form, whatever the links are called."""
    complete_with(web)
    web.get("/share")
    web.submit()


def complete_with(web: Web) -> None:
    web.get("/who")
    web.submit({"who": "me"})
    answer_until(web, inputs_with(web))


# --- once ---


def test_pressing_twice_and_reloading_make_one_submission_and_show_the_same_words(web: Web, app: Flask) -> None:
    open_form(web)
    values = {**form_values(web.page.one("form")), **CONTACT}
    before = stored(app)
    first = receipt_on(web.post("/share/form", values))
    again = receipt_on(web.post("/share/form", values))
    assert first == again == receipt_on(web.get("/shared"))
    assert stored(app) == before + 1
    assert len(stored_submission(app, first)[1]) == 1


@pytest.mark.parametrize("path", ["/share", "/share/form"])
def test_who_goes_back_after_sending_is_told_that_it_is_sent(web: Web, path: str) -> None:
    open_form(web)
    receipt = send(web)
    assert receipt_on(web.get(path)) == receipt
    assert web.path == "/shared"


def test_who_sent_something_is_told_so_on_the_result_and_what_changed_is_offered(web: Web) -> None:
    open_form(web)
    send(web)
    part = web.get("/result").one("section", class_="part take-along")
    assert "You sent these answers to" in part.text
    assert LINK not in part.text
    assert [link["href"] for link in part.all("a")][-1] == "/status"  # nothing secret: it asks for code and words
    web.client.set_cookie("language", "ms")
    assert "Anda telah menghantar jawapan ini" in web.get("/result").one("section", class_="part take-along").text
    web.client.set_cookie("language", "en")
    web.get("/questions/age")
    web.submit({"age": "61"})
    part = web.get("/result").one("section", class_="part take-along")
    assert "these are not sent yet" in part.text
    web.follow("Send the changed answers")
    assert web.path == "/share"


def test_the_language_of_the_page_is_chosen_beforehand_where_the_clinic_speaks_it(web: Web) -> None:
    open_form(web)
    spoken = {field["value"] for field in web.page.all("input", name="speaks")}
    for tag in ("en", "ms", "id", "zh-Hans"):
        web.client.set_cookie("language", tag)
        web.get("/share/form")
        assert shown_values(web.page, "speaks") == ([tag] if tag in spoken else [])


@pytest.mark.parametrize("tag", languages())
def test_the_two_words_for_the_telephone_are_of_the_persons_list_and_stay(web: Web, app: Flask, tag: str) -> None:
    open_form(web)
    web.client.set_cookie("language", tag)
    receipt = send(web)
    clinic, person, marked = pair_on(web.page)
    assert marked == tag
    assert {clinic, person} <= set(word_list(tag).words)
    found, _ = stored_submission(app, receipt)
    assert pair_of(found) == WordPair(tag, clinic, person)
    web.client.set_cookie("language", "en")
    page = web.get("/shared")
    assert pair_on(page) == (clinic, person, tag)
    assert "never asks for them, neither on the telephone nor in a message." in page.text
    told = {name: value for name, value in found.contact.items() if name not in ("consents", "terms")}
    values = [*told.values(), *found.row_members.values()]  # beside sentences of the service, which hold any word
    kept = {word for value in values for word in re.findall(r"\w+", str(value))}
    assert clinic not in kept  # as a word of its own: a short one may stand within a name
    assert person not in kept


def test_a_token_is_drawn_so_that_no_language_tells_its_words_as_numbers(web: Web) -> None:
    store = web.service.store
    assert store is not None
    tokens = [new_token(store) for _ in range(60)]
    with store.reading() as transaction:
        assert all(may_be_told(secret_of(transaction, token)) for token in tokens)


def test_two_presses_at_the_same_moment_make_one_submission(web: Web, app: Flask) -> None:
    open_form(web)
    values = {**form_values(web.page.one("form")), **CONTACT}
    before = stored(app)

    def press(_: int) -> int:
        other = Web(app)
        for name in ("answers", "form"):
            cookie = web.client.get_cookie(name)
            assert cookie
            other.client.set_cookie(name, cookie.value)
        return other.client.post("/share/form", data=values).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(6))) == {303}
    assert stored(app) == before + 1
    receipt_on(web.get("/shared"))


def test_after_a_lost_connection_the_form_sent_anew_shows_the_same_words(web: Web, app: Flask) -> None:
    open_form(web)
    before = stored(app)
    cookie = web.cookie()
    first = send(web)
    web.set_cookie(cookie)  # the browser never saw the answer
    web.get("/share")
    assert web.path == "/shared"
    assert receipt_on(web.page) == first
    assert stored(app) == before + 1


def test_another_person_at_the_same_browser_gets_a_submission_of_their_own(web: Web, app: Flask) -> None:
    first = shared(web)
    web.get("/delete")
    web.submit()
    assert shared(web) != first
    web.client.delete_cookie("answers")
    web.get("/shared")
    assert web.path != "/shared"


def test_changed_answers_are_sent_as_an_amendment_after_one_more_consent(web: Web, app: Flask) -> None:
    receipt = shared(web)
    web.get("/questions/age")
    web.submit({"age": "61"})
    web.get("/share")
    assert "Send the changed answers" in web.page.one("h1").text
    web.submit()
    assert [element["name"] for element in web.page.one("form").all("input", type="checkbox")] == ["consent_read"]
    shown = web.submit(status=400)
    assert list(errors_on(shown)) == ["consent_read"]
    assert receipt_on(web.submit({"consent_read": "yes"})) == receipt
    _, found = stored_submission(app, receipt)
    assert [version.input["answers"]["age"]["value"] for version in found] == ["50", "61"]


def test_a_result_that_may_not_be_sent_any_more_is_not_sent(web: Web, app: Flask) -> None:
    open_form(web)
    values = {**form_values(web.page.one("form")), **CONTACT}
    web.get("/questions/red_flags")
    web.submit({"red_flags": ["collapse"]})
    before = stored(app)
    web.client.post("/help-first", data=form_values(web.page.one("form")))
    response = web.client.post("/share/form", data=values)
    assert response.status_code == 303
    assert response.headers["Location"] != "/shared"
    assert stored(app) == before


@pytest.mark.parametrize("token", ["", "x", "AAAA", "%%%"])
def test_a_cookie_that_was_altered_sends_nothing(web: Web, app: Flask, token: str) -> None:
    open_form(web)
    values = {**form_values(web.page.one("form")), **CONTACT}
    before = stored(app)
    web.set_cookie(web.cookie()[:-6] + token.ljust(6, "A"))
    response = web.client.post("/share/form", data=values)
    assert response.status_code == 303
    assert stored(app) == before


# --- trouble ---


def test_while_the_database_is_gone_what_was_typed_is_kept_and_sent_later(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    web = Web(app)
    open_form(web)
    file = tmp_path / "screening.db"
    file.rename(tmp_path / "away")
    shown = web.submit(CONTACT, status=503)
    assert list(errors_on(shown)) == ["send"]
    assert shown_values(shown, "address") == [CONTACT["address"]]
    assert shown_values(shown, "consent_contact") == ["yes"]
    Web(app).get("/status", status=200)
    (tmp_path / "away").rename(file)
    web.submit()
    assert receipt_on(web.page).code


def test_what_is_typed_is_shown_as_text_whatever_it_is(web: Web, app: Flask) -> None:
    hostile = "<script>alert(1)</script>{{7*7}}\u202eevil\x00"
    open_form(web)
    web.submit({**CONTACT, "name": hostile, "note": hostile, "address": ""}, status=400)
    assert not web.page.one("main").all("script")
    found, _ = stored_submission(app, send(web, {"address": CONTACT["address"], "number_is": "+60123456789"}))
    assert found.contact["name"] == found.contact["note"] == "<script>alert(1)</script>{{7*7}}evil"


# --- worked out once ---


def calls_during(function: Callable[..., object], work: Callable[[], object]) -> int:
    """How often a function is entered while something is done."""
    entered = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal entered
        entered += event == "call" and frame.f_code is function.__code__

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return entered


def test_a_request_assesses_the_answers_once(web: Web) -> None:
    open_form(web)
    assert calls_during(Engine.evaluate, lambda: send(web)) == 1
    assert calls_during(Engine.evaluate, lambda: web.get("/result")) == 1
