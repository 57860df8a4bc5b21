"""The page of one submission: who reads it, what stands on it, in which order, and what it never says."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from screening.documents.attachments import record_in
from screening.rulefiles.cases.case_file import Case
from screening.ruleset.engine.ground_status import GroundStatus
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Ticked, Unsure
from screening.storage.accounts.api_keys import Grant, issue_key, new_token
from screening.storage.accounts.staff import Role
from screening.storage.audit.log import PROGRAM, SERVICE
from screening.storage.database.clock import now
from screening.storage.database.schema import audit, submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.handed_out.program_reading import AGREED, read_for_program
from screening.storage.submissions.record.records import State, change, open_submission
from screening.wording.desk.grounds import SIGNS, WORDS
from tests.support.calls import call as call_number
from tests.support.cases import CASES, RULES
from tests.support.desk import Desk, signed_in
from tests.support.page import Element
from tests.support.submissions import EARLY, FIBROSIS, LATE, NOTHING, UNCLEAR, send

HOSTILE = ["<script>alert(1)</script>", "{{ 7 * 7 }}", '"><img src=x onerror=alert(1)>', "=HYPERLINK(1)", "\u202eabc"]


def open_case(desk: Desk, case: Case, **contact: Any) -> Element:
    return desk.get(f"/desk/submissions/{send(desk.store, case, **contact).id}")


@pytest.mark.slow
@pytest.mark.parametrize("case", [UNCLEAR, EARLY, LATE, FIBROSIS, NOTHING], ids=lambda case: case.name)
def test_the_page_opens_for_every_kind_of_outcome_with_its_parts_in_order(coordinator: Desk, case: Case) -> None:
    page = open_case(coordinator, case)
    sections = [element["id"] for element in page.all("section") if element["id"]]
    assert sections == ["try", "look", "call", "doing", "grounds", "documents", "feed"]


def test_beside_a_number_that_a_helper_left_stands_for_whom_to_ask(coordinator: Desk) -> None:
    helper = {"name": "Siti", "relation": "child"}
    head = open_case(coordinator, EARLY, name="Aminah", helper=helper).one("header", id="head").text
    assert "Ask for Aminah. A helper sent it: Siti (Son or daughter)." in head
    assert "helper" not in open_case(coordinator, EARLY, name="Aminah").one("header", id="head").text


def test_before_a_call_the_page_says_what_the_two_words_are(coordinator: Desk) -> None:
    told = open_case(coordinator, EARLY).one("section", id="call").text
    assert 'you say the first one ("our word"), and they answer with the other ("their word")' in told


def test_a_manager_reads_nothing_of_what_people_sent(manager: Desk) -> None:
    receipt = send(manager.store, EARLY)
    for path in (
        "",
        "/versions/0",
        "/versions/0/summary.pdf",
        "/submission.json",
        "/document.fhir.json",
        "/answers/told",
        "/emergency",
    ):
        assert manager.raw(f"/desk/submissions/{receipt.id}{path}").status_code == 403


def test_what_is_not_there_is_said_plainly(coordinator: Desk) -> None:
    page = coordinator.get("/desk/submissions/0000000000000000", status=410)
    assert "taken back" in page.text
    receipt = send(coordinator.store, EARLY)
    coordinator.get(f"/desk/submissions/{receipt.id}/versions/7", status=404)
    coordinator.get(f"/desk/submissions/{receipt.id}/answers/nothing", status=404)


def test_opening_is_noted_once_in_the_submission_and_each_time_in_the_audit(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    path = f"/desk/submissions/{receipt.id}"
    with coordinator.store.reading() as transaction:
        query = select(submission.c.opened_at, submission.c.revision).where(submission.c.id == receipt.id)
        assert transaction.connection.execute(query).one() == (None, 0)
    coordinator.get(path)
    coordinator.get(path)
    with coordinator.store.reading() as transaction:
        opened_at, revision = transaction.connection.execute(query).one()
        entries = (
            transaction.connection.execute(select(audit.c.action).where(audit.c.subject == receipt.id)).scalars().all()
        )
    assert opened_at is not None
    assert revision == 1
    assert list(entries) == ["shared", "opened", "opened"]


# --- the call ---


def health_words(rule_set: RuleSet) -> set[str]:
    """Words by which somebody could tell what it is about: those of the rule file's names, not of plain speech."""
    named = [rule_set.title, *(category.name for category in rule_set.categories)]
    named += [question.label for question in rule_set.questions]
    words = {word.casefold() for text in named for word in re.findall(r"[A-Za-z]{5,}", text)}
    return words - {"other", "about", "which", "special", "guide", "papers", "written", "report", "situation"} | {
        "liver"
    }


@pytest.mark.parametrize("case", [UNCLEAR, LATE], ids=lambda case: case.name)
def test_nothing_that_is_said_before_the_word_tells_of_health(coordinator: Desk, case: Case) -> None:
    page = call_number(coordinator, send(coordinator.store, case).id)
    call = page.one(id="call")
    who = page.one(id="call-who")
    steps = call.one("ol", class_="call").all("li")
    assert steps[0] is who
    assert who.all("input", name="word")
    lines = [element.text for element in who.walk() if "say" in element.classes]
    assert lines
    told = " ".join(lines).casefold()
    assert [word for word in health_words(RULES.rule_set) if word in told] == []
    assert "liver" in call.text


def test_the_head_tells_whom_to_call_in_which_language_and_when(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    head = coordinator.get(f"/desk/submissions/{receipt.id}").one(id="head")
    assert head.one("h1").text == f"Aminah {receipt.code}"
    assert "A phone call · Malay · In the morning" in head.one("dl").text
    assert "Aminah" not in coordinator.page.one("head").one("title").text  # it stands in the browser's history


def test_the_script_asks_for_every_sign_that_alone_calls_for_help(coordinator: Desk) -> None:
    page = open_case(coordinator, EARLY)
    question = RULES.rule_set.question["red_flags"]
    signs = [element.text for element in page.all("ul", class_="signs")[0].all("li")]
    assert signs == [option.text for option in question.options if option.code not in ("seen", "none")]
    assert question.text in page.one(id="call").text
    emergency = page.one(id="call").one(class_="emergency").text
    assert all(number.number in emergency for number in RULES.rule_set.emergency.numbers)


def test_what_staff_may_not_say_and_the_doctor_come_from_the_rule_file(coordinator: Desk) -> None:
    page = open_case(coordinator, EARLY)
    staff = RULES.rule_set.staff
    assert staff
    never = [element.text for element in page.one(class_="never").all("li")]
    assert never == [label.text for label in staff.never_say]
    assert staff.doctor in page.one(id="call").text


def test_what_is_not_sure_stands_in_the_words_in_which_it_was_asked(coordinator: Desk) -> None:
    text = open_case(coordinator, UNCLEAR).one(id="call").text
    assert RULES.rule_set.question["told"].text in text
    assert RULES.rule_set.question["bilirubin"].text in text
    assert RULES.rule_set.question["cancer"].text not in text


def test_messages_hold_a_code_and_nothing_of_health(coordinator: Desk) -> None:
    receipt = send(coordinator.store, LATE)
    page = coordinator.get(f"/desk/submissions/{receipt.id}")
    copied = [element.text for element in page.all(class_="copy")]
    assert sum(receipt.code in text for text in copied) >= 3
    text = " ".join(copied).casefold()
    assert "aminah" not in text
    assert [word for word in health_words(RULES.rule_set) if word in text] == []


# --- ground by ground ---


def test_not_sure_has_a_sign_a_word_and_a_look_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(set(WORDS.values())) == len(GroundStatus)
    assert set(SIGNS) == set(WORDS) == set(GroundStatus)


def shown_stances(page: Element) -> dict[str, str]:
    """How each ground is shown: its id and the classes and the text of its mark."""
    by_name = {}
    for element in page.one(id="grounds").all("li"):
        if "ground" in element.classes:
            mark = next(part for part in element.walk() if "stance" in part.classes)
            name = element["id"].removeprefix("ground-")
            by_name[name] = f"{mark['class']} {mark.text}"
    return by_name


def test_not_sure_never_looks_like_no(coordinator: Desk) -> None:
    told = RULES.rule_set.question["told"]
    sure = shown_stances(open_case(coordinator, EARLY))["told_of_fibrosis"]
    receipt = send(coordinator.store, EARLY, answers={told.id: Unsure()})
    page = coordinator.get(f"/desk/submissions/{receipt.id}")
    unsure = shown_stances(page)["told_of_fibrosis"]
    assert sure == "stance stance-not_met – not met"
    assert unsure == "stance stance-not_sure ? not sure"
    assert set(shown_stances(page)) == set(RULES.rule_set.ground)


def test_a_ground_that_is_met_is_told_in_the_persons_words(coordinator: Desk) -> None:
    grounds = open_case(coordinator, EARLY).one(id="grounds").text
    assert "A doctor told you: Cirrhosis, with no complications." in grounds
    assert RULES.rule_set.source["guide"].title in grounds


def test_what_is_met_or_not_sure_comes_first_and_the_rest_is_folded(coordinator: Desk) -> None:
    section = open_case(coordinator, UNCLEAR).one(id="grounds")
    fold = section.one("details", class_="other-grounds")
    folded = {element["id"] for element in fold.all("li") if "ground" in element.classes}
    everything = [element for element in section.all("li") if "ground" in element.classes]
    assert "open" not in fold.attributes
    for element in everything:
        is_open = bool({"ground-met", "ground-not_sure"} & set(element.classes))
        assert is_open == (element["id"] not in folded), element["id"]
    assert fold.all("summary")[0].text.startswith(f"{len(folded)} grounds")
    for group in section.all("ul", class_="grounds"):
        order = [element.classes[-1] for element in group.all("li") if "ground" in element.classes]
        assert order == sorted(order, key=["ground-met", "ground-not_sure", "ground-not_met", "ground-not_asked"].index)
    assert 0 < len(folded) < len(everything)
    lettered = [summary.text for summary in section.all("summary") if "(A)" in summary.text]
    assert lettered
    assert all("Open it to read what (A)" in text for text in lettered)


def test_no_name_of_the_rules_stands_among_the_grounds(coordinator: Desk) -> None:
    page = open_case(coordinator, UNCLEAR)
    text = page.one(id="grounds").text + " ".join(option.text for option in page.one(id="doing").all("option"))
    names = [*RULES.rule_set.ground, *RULES.rule_set.value]
    assert [name for name in names if "_" in name and name in text] == []
    assert "[" not in text


@pytest.mark.parametrize(("sent", "anchor"), [({}, "ground"), ({"seen": "Swollen legs"}, "ground")])
def test_an_error_in_a_folded_form_opens_the_fold(coordinator: Desk, sent: dict[str, str], anchor: str) -> None:
    open_case(coordinator, EARLY)
    page = coordinator.submit(sent, action="/seen", status=400)
    (fold,) = [panel for panel in page.one(id="doing").all("details") if panel.all("select", id=anchor)]
    assert "open" in fold.attributes
    assert page.one(id="error-summary").text


def test_numbers_are_drawn_beside_the_cut_offs_of_the_rules(coordinator: Desk) -> None:
    drawn = [element["aria-label"] for element in open_case(coordinator, EARLY).one(id="grounds").all("svg")]
    stiffness = next(text for text in drawn if text.startswith("Liver stiffness: 17.2 kPa"))
    assert "15" in stiffness


def test_only_a_clinician_reads_what_a_different_answer_would_change(app: Flask, coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    path = f"/desk/submissions/{receipt.id}"
    assert "different answer" not in coordinator.get(path).text
    assert "may change which sections" not in coordinator.get(path).text
    page = signed_in(app, Role.CLINICIAN).get(path)
    assert "What a different answer would change" in page.text
    text = page.one(id="documents").text
    assert "would change which sections are possible: What a doctor told about scarring" in text
    assert "Fluid in the belly: Yes, now" in text
    assert "may change which sections" in page.text


# --- what the person saw ---


@pytest.mark.slow
def test_what_the_person_saw_stands_there_with_its_pdf_and_a_policy_that_lets_in_no_more(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    path = f"/desk/submissions/{receipt.id}/versions/0"
    page = coordinator.get(path)
    assert "The guide beside research" in page.text
    assert page.one("object")["data"].startswith(f"{path}/summary.pdf")
    policy = coordinator.raw(path).headers["Content-Security-Policy"]
    assert "object-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    response = coordinator.raw(f"{path}/summary.pdf")
    assert record_in(response.data).answers["told"] == "cirrhosis_early"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    others = coordinator.raw(f"/desk/submissions/{receipt.id}").headers["Content-Security-Policy"]
    assert "object-src" not in others


def test_everything_can_be_taken_out_as_json_and_that_is_in_the_audit(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    response = coordinator.raw(f"/desk/submissions/{receipt.id}/submission.json")
    members = json.loads(response.data)
    assert members["code"] == receipt.code
    assert members["versions"][0]["input"]["answers"]["told"] == "cirrhosis_early"
    with coordinator.store.reading() as transaction:
        query = select(audit.c.action).where(audit.c.subject == receipt.id).order_by(audit.c.number)
        assert transaction.connection.execute(query).scalars().all()[-1] == "exported_json"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_they_are_and_do_nothing(coordinator: Desk, text: str) -> None:
    page = open_case(coordinator, EARLY, name=text, note=text, address=text)
    assert not page.one("body").all("script", "img")
    assert text in page.one(id="call").text


@pytest.mark.slow
def test_no_case_that_may_be_shared_breaks_the_page(coordinator: Desk) -> None:
    for case in CASES[::9]:
        telling = open_case(coordinator, case)
        assert telling.one("h1").text


def test_an_open_question_about_several_is_not_sure(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY, answers={"other_health": Ticked(("heart_failure",), unsure_of_rest=True)})
    page = coordinator.get(f"/desk/submissions/{receipt.id}")
    assert "Heart failure; not sure about the rest" in page.one(id="call").text


def test_what_is_open_is_told_only_where_it_is_not_sure(coordinator: Desk) -> None:
    """Beside "not met" a text such as "whether anything stands against it" would say the opposite."""
    rows = {
        element["id"].removeprefix("ground-"): element.one("summary").text
        for element in open_case(coordinator, UNCLEAR).one(id="grounds").all("li")
        if "ground" in element.classes
    }
    assert rows["fluid"].startswith("? not sure Whether there is, or was, fluid")
    assert rows["told_no_scar"].startswith("– not met What a doctor told about scarring is")
    assert "Whether" not in rows["bleeding"]


def test_news_from_the_person_are_said_until_somebody_looked(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)

    def write(transaction: StoreTransaction) -> None:
        kept = open_submission(transaction, receipt.id)
        change(transaction, kept, row={**kept.row_members, "news": ["reach_changed"]})

    coordinator.store.write(write)
    path = f"/desk/submissions/{receipt.id}"
    assert "New from the person since anybody looked: Changed how to be reached." in coordinator.get(path).text
    assert "New from the person" not in coordinator.get(path).text


def test_who_reads_by_a_program_is_named_and_has_opened_nothing(coordinator: Desk) -> None:
    grant = Grant("records", ["submissions"], "127.0.0.1", now() + timedelta(days=1), "clinician")
    key = coordinator.store.write(lambda transaction: issue_key(transaction, SERVICE, grant, new_token()))
    receipt = send(coordinator.store, EARLY, consents=[{"id": "read", "text": "read", AGREED: True}])
    for _ in range(2):
        coordinator.store.write(
            lambda transaction: read_for_program(transaction, f"{PROGRAM}{key}", receipt.code) is not None
        )
    with coordinator.store.reading() as transaction:
        assert open_submission(transaction, receipt.id).row.opened_at is None
    feed = coordinator.get(f"/desk/submissions/{receipt.id}").one(id="feed")
    assert "Read by a program" in feed.text
    assert "records: 2 times, first " in feed.text
    assert "Nobody at the clinic has opened it by that" in feed.text
    other = send(coordinator.store, EARLY)
    assert "Read by a program" not in coordinator.get(f"/desk/submissions/{other.id}").text


def test_what_was_taken_back_is_gone_for_every_page_and_every_form(coordinator: Desk) -> None:
    receipt = send(coordinator.store, EARLY)
    path = f"/desk/submissions/{receipt.id}"
    token = coordinator.get(path).all("input", name="csrf_token")[0]["value"]
    coordinator.store.write(lambda transaction: erase(transaction, receipt.id, (State.WITHDRAWN, "asked")))
    for address in (
        "",
        "/versions/0",
        "/versions/0/summary.pdf",
        "/submission.json",
        "/document.fhir.json",
        "/answers/told",
    ):
        assert coordinator.raw(path + address).status_code == 410, address
    sent = {"csrf_token": token, "revision": "1", "note": "x", "outcome": "busy", "words": "x", "told": "none"}
    for address in ("/take", "/hand-back", "/note", "/outcome", "/draft", "/undo", "/seen", "/answers/told"):
        assert coordinator.raw(path + address, "POST", sent).status_code == 410, address
    typed = coordinator.raw(f"{path}/note", "POST", {**sent, "note": "She <b>is</b> out."})
    assert "She &lt;b&gt;is&lt;/b&gt; out." in typed.text
    what_to_say = coordinator.raw(f"{path}/emergency", "POST", sent)
    assert (what_to_say.status_code, "hang up now" in what_to_say.text) == (200, True)


@pytest.mark.parametrize("tag", ["ms", "id", "zh-Hans"])
def test_what_is_said_aloud_and_sent_stands_in_the_persons_language_beside_english(coordinator: Desk, tag: str) -> None:
    call = open_case(coordinator, UNCLEAR, language=tag).one(id="call")
    theirs = [element for element in call.walk() if element["lang"] == tag]
    told = "\n".join(element.text for element in theirs)
    rule_set = coordinator.service.rules_in(tag).rule_set
    english = [item.text for item in call.all("li") if item.all("a") and item.all("p")]
    assert english
    asked = [q for q in coordinator.service.rules.rule_set.questions if any(q.text in text for text in english)]
    assert asked
    assert all(rule_set.question[question.id].text in told for question in asked)
    emergency = rule_set.emergency.numbers[0]
    assert f"{emergency.number}" in told
    assert emergency.country in told
    texts = {paragraph.text for paragraph in call.all("p") if "copy" in paragraph["class"].split()}
    assert len(texts) == 8  # two messages, and an e-mail with its subject, each in two languages


@pytest.mark.parametrize("tag", ["en", "ta", "und", ""])
def test_a_language_that_staff_read_or_nobody_translated_adds_nothing(coordinator: Desk, tag: str) -> None:
    call = open_case(coordinator, UNCLEAR, language=tag).one(id="call")
    assert [element["lang"] for element in call.walk() if element["lang"]] == []
