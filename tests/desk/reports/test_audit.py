"""The audit in words: a sentence for every action, found by code and by colleague, for managers alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from screening.storage.accounts.staff import Role
from screening.storage.audit.log import PERSON, SERVICE, Entry, add_entry
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.record.records import State
from screening.storage.submissions.record.reference_codes import read_code
from screening.wording.desk.audit import AuditWords, has_words
from screening.wording.language.languages import language
from tests.support.audit_actions import audit_actions
from tests.support.desk import Desk, add
from tests.support.desk_submissions import code_of, send
from tests.support.page import Element

WORDS = AuditWords({"siti": "Siti Aminah", "ravi": "Ravi"}, {"one": "ABC-DEF-GHJ"}, language("en"))
NO_CODE = "222-222-222"


def sentence(action: str, actor: str = "siti", subject: str = "one") -> str:
    return WORDS.sentence(Entry(1, now(), actor, action, subject))


def lines_of(page: Element) -> list[tuple[str, str]]:
    """What happened, and about which code."""
    rows = page.one("tbody").all("tr") if page.all("tbody") else []
    return [(row.one("th").text, row.all("td")[1].text) for row in rows]


@pytest.mark.slow
def test_every_action_that_the_code_can_write_has_words() -> None:
    actions = audit_actions()
    assert {"opened", "corrected", "settled", "withdrawn", "erased", "account_sealed", "audit_broken"} <= actions
    assert {"try_*", "next_*", "added_*", "given_to_*", "deletion_asked_*"} <= actions
    assert [action for action in sorted(actions) if not has_words(action)] == []


def test_no_sentence_leaves_anything_open() -> None:
    actions = sorted(audit_actions())
    assert actions
    for action in actions:
        said = sentence(action.replace("*", "something"))
        assert "%" not in said, action
        assert "no words" not in said, action
        assert said[-1] in ".:)" or said.endswith("something"), action


def test_sentences_say_who_did_what() -> None:
    assert sentence("opened") == "Siti Aminah opened it."
    assert sentence("answers_changed", PERSON) == "The person corrected an answer."
    assert sentence("purged", SERVICE, "") == "The service deleted what was kept for long enough."
    assert sentence("state_closed") == "Siti Aminah said where it stands: Closed."
    assert sentence("given_to_ravi") == "Siti Aminah gave it to Ravi."
    assert sentence("given_to_nobody") == "Siti Aminah gave it to nobody."
    assert sentence("added_clinician", subject="ravi") == "Siti Aminah added Ravi as: Clinician."
    assert sentence("disabled", subject="gone") == "Siti Aminah disabled Somebody who has left."
    assert "no words for: flown" in sentence("flown")


def test_a_manager_reads_what_happened_to_one_submission_by_its_code(manager: Desk) -> None:
    first, second = send(manager.store), send(manager.store)
    code = code_of(manager.store, first)
    who = add(manager.store, Role.COORDINATOR, "Siti Aminah")
    manager.store.write(lambda transaction: add_entry(transaction, who, "opened", first))
    manager.store.write(lambda transaction: add_entry(transaction, who, "taken", second))
    page = manager.get(f"/desk/audit?code={code.lower()}")
    assert lines_of(page) == [("Siti Aminah opened it.", code), ("The person sent answers.", code)]
    manager.store.write(lambda transaction: erase(transaction, first, (State.WITHDRAWN, "asked"), PERSON))
    told = lines_of(manager.get(f"/desk/audit?code={code}"))
    assert told[0] == ("The person took it back; it was deleted.", "a deleted submission")
    assert len(told) == 3


@pytest.mark.parametrize(("typed", "said"), [("what", "This is no code."), (NO_CODE, "There is no submission")])
def test_a_code_that_leads_nowhere_is_told(manager: Desk, typed: str, said: str) -> None:
    assert read_code(NO_CODE) == NO_CODE
    page = manager.get(f"/desk/audit?code={typed}", status=400)
    assert said in page.one("main").text
    assert page.one("input", id="code")["value"] == typed


def test_a_colleague_is_shown_with_what_was_done_to_their_account(manager: Desk) -> None:
    who = add(manager.store, Role.COORDINATOR, "Of The Audit")
    manager.store.write(lambda transaction: add_entry(transaction, who, "signed_in", who))
    told = lines_of(manager.get(f"/desk/audit?colleague={who}"))
    assert told[0] == ("Of The Audit signed in.", "")
    assert ("The service added Of The Audit as: Coordinator.", "") in told
    assert all("Of The Audit" in sentence for sentence, _ in told)


def test_all_of_it_is_paged_from_the_newest_on(manager: Desk) -> None:
    who = add(manager.store, Role.COORDINATOR, "Of Pages")

    def write(transaction: StoreTransaction) -> None:
        for number in range(120):
            add_entry(transaction, who, "export_begun", str(number))

    manager.store.write(write)
    page, told = manager.get(f"/desk/audit?colleague={who}"), list[str]()
    while True:
        told += [sentence for sentence, _ in lines_of(page)]
        if not [link for link in page.all("a") if link.text == "Next page"]:
            break
        page = manager.follow("Next page")
    numbers = [int(text.split("(")[1].split(")")[0]) for text in told if "(" in text]
    assert numbers == list(range(119, -1, -1))
    assert all(earlier > later for earlier, later in pairwise(numbers))
    assert "To the beginning" in page.text


def test_only_managers_read_it(coordinator: Desk, clinician: Desk) -> None:
    for desk in (coordinator, clinician):
        assert desk.raw("/desk/audit").status_code == 403
        assert "Audit" not in [link.text for link in desk.get("/desk/").all("a")]
