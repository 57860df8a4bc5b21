"""Numbers: follow-ups on their own page, skipping a page, units, and reading back before anything counts."""

from __future__ import annotations

import pytest

from tests.support.page import Element
from tests.support.person import answer_page, answer_until, begin, complete, inputs_with
from tests.support.web import Web, errors_on, shown_values


@pytest.fixture
def at_scan(web: Web) -> Web:
    """A browser that shows the page about the scan."""
    begin(web)
    answer_until(web, inputs_with(web, has_papers="yes"), "/questions/scan")
    return web


@pytest.fixture
def at_blood_test(at_scan: Web) -> Web:
    """A browser that shows the page about the blood test; there was no scan."""
    at_scan.submit(button="skip")
    return at_scan


def read_back(page: Element) -> dict[str, str]:
    """The numbers read back, by what they are."""
    rows = page.one("dl", class_="answers").all("div")
    return {row.one("dt").text: row.one("strong").text for row in rows if row.all("dt")}


def test_a_number_asks_on_its_own_page_how_old_it_is(at_scan: Web) -> None:
    shown = at_scan.submit({"lsm": "6.5"}, status=400)
    assert list(errors_on(shown)) == ["scan_age"]
    assert shown_values(shown, "lsm") == ["6.5"]
    at_scan.submit({"scan_age": "?"})
    assert at_scan.path == "/questions/scan/confirm"


def test_one_number_of_a_blood_test_asks_how_old_it_is(at_blood_test: Web) -> None:
    shown = at_blood_test.submit({"ggt": "70"}, status=400)
    assert list(errors_on(shown)) == ["labs_age"]
    at_blood_test.submit({"labs_age": "1to6m"})
    assert at_blood_test.path == "/questions/blood_test/confirm"


@pytest.mark.parametrize("chosen", [{}, {"labs_age": "lt1m"}, {"bilirubin-unit": "mg/dL"}])
def test_a_page_of_numbers_with_no_number_says_how_to_leave_it_out(at_blood_test: Web, chosen: dict[str, str]) -> None:
    shown = at_blood_test.submit(chosen, status=400)
    errors = errors_on(shown)
    assert list(errors) == ["alt"]
    assert "I don't have a blood test" in errors["alt"]
    for name, value in chosen.items():
        assert shown_values(shown, name) == [value]


def test_a_page_of_numbers_can_be_left_out_as_a_whole(at_scan: Web) -> None:
    at_scan.submit({"lsm": "not here"}, button="skip")
    assert at_scan.path == "/questions/blood_test"
    at_scan.submit(button="skip")
    assert at_scan.path == "/check"
    assert "I don't have it, or I'm not sure" in at_scan.page.text


def test_leaving_out_takes_back_a_number_given_before(at_scan: Web) -> None:
    at_scan.submit({"lsm": "6.5", "scan_age": "lt1m"})
    at_scan.submit()
    at_scan.get("/questions/scan")
    at_scan.submit(button="skip")
    at_scan.get("/questions/scan")
    assert shown_values(at_scan.page, "lsm") == []


def test_an_emptied_number_is_taken_back(at_blood_test: Web) -> None:
    at_blood_test.submit({"alt": "40", "ast": "35", "labs_age": "lt1m"})
    at_blood_test.get("/questions/blood_test")
    at_blood_test.submit({"alt": ""})
    assert read_back(at_blood_test.page) == {"SGOT (AST)": "35 U/L"}


@pytest.mark.parametrize(
    ("name", "typed", "unit", "said"),
    [
        ("bilirubin", "4.2", "mg/dL", "4.2 mg/dL (71.8 µmol/L)"),
        ("bilirubin", "140", "umol/L", "140 µmol/L (8.19 mg/dL)"),
        ("albumin", "3,2", "g/dL", "3.2 g/dL (32 g/L)"),
        ("platelets", "149 000", "/uL", "149000 per µL (149 x 10⁹/L)"),
        ("platelets", "92", "10*9/L", "92 x 10⁹/L (92000 per µL)"),
    ],
)
def test_numbers_are_read_back_in_both_units(at_blood_test: Web, name: str, typed: str, unit: str, said: str) -> None:
    at_blood_test.submit({name: typed, f"{name}-unit": unit, "labs_age": "lt1m"})
    assert list(read_back(at_blood_test.page).values()) == [said]
    at_blood_test.submit()
    assert at_blood_test.path == "/check"
    assert said in at_blood_test.page.text
    assert said in at_blood_test.get("/result").text or name != "bilirubin"


def test_a_number_of_one_unit_is_read_back_as_it_is(at_scan: Web) -> None:
    at_scan.submit({"lsm": "6,5", "scan_age": "lt1m"})
    assert read_back(at_scan.page) == {"Liver stiffness": "6.5 kPa"}


def test_no_leads_from_reading_back_to_the_numbers_as_typed(at_scan: Web) -> None:
    at_scan.submit({"lsm": "6,5", "scan_age": "lt1m"})
    (no,) = [link for link in at_scan.page.all("a") if link.text == "No, change them"]
    assert no["href"] == "/questions/scan#lsm"
    at_scan.follow("No, change them")
    assert at_scan.path == "/questions/scan"
    assert shown_values(at_scan.page, "lsm") == ["6,5"]


def test_numbers_that_were_not_confirmed_lead_back_to_confirming(at_scan: Web) -> None:
    at_scan.submit({"lsm": "6.5", "scan_age": "lt1m"})
    for path in ("/check", "/result", "/questions/blood_test", "/continue"):
        at_scan.get(path)
        assert at_scan.path == "/questions/scan/confirm", path


def test_an_unusual_number_needs_a_tick(at_blood_test: Web) -> None:
    at_blood_test.submit({"inr": "6", "ast": "1200", "alt": "40", "labs_age": "lt1m"})
    assert "Few results are above 5" in at_blood_test.page.text
    changing = [link["href"] for link in at_blood_test.page.one("form").all("a")]
    # each number leads to its input; what leads to all of them, to the first unusual one
    assert changing == [f"/questions/blood_test#{name}" for name in ("alt", "ast", "inr", "ast")]
    shown = at_blood_test.submit(status=400)
    errors = errors_on(shown)
    assert list(errors) == ["checked-ast", "checked-inr"]
    assert [error.split(":")[0] for error in errors.values()] == ["SGOT (AST)", "INR"]
    at_blood_test.submit({"checked": ["inr"]}, status=400)
    assert list(errors_on(at_blood_test.page)) == ["checked-ast"]
    at_blood_test.submit({"checked": ["inr", "ast"]})
    assert at_blood_test.path == "/check"


def test_a_tick_beside_an_unusual_number_is_kept_where_another_is_missing(at_blood_test: Web) -> None:
    at_blood_test.submit({"inr": "6", "ast": "1200", "labs_age": "lt1m"})
    shown = at_blood_test.submit({"checked": ["inr"]}, status=400)
    assert shown_values(shown, "checked") == ["inr"]


def test_what_is_wrong_with_an_unusual_number_stands_by_it_too(at_blood_test: Web) -> None:
    at_blood_test.submit({"inr": "6", "ast": "1200", "labs_age": "lt1m"})
    shown = at_blood_test.submit({"checked": ["inr"]}, status=400)
    (message,) = errors_on(shown).values()
    beside = [element for element in shown.one("form").all("p") if message in element.text]
    assert len(beside) == 1


def test_ticking_a_number_that_is_not_unusual_changes_nothing(at_scan: Web) -> None:
    at_scan.submit({"lsm": "60", "scan_age": "lt1m"})
    token = at_scan.page.one("input", name="csrf_token")["value"]
    at_scan.post(at_scan.path, {"csrf_token": token, "checked": ["alt", "age"]}, status=400)
    assert list(errors_on(at_scan.page)) == ["checked-lsm"]


def test_changed_numbers_are_read_back_again_and_unchanged_ones_are_not(at_scan: Web) -> None:
    at_scan.submit({"lsm": "6.5", "scan_age": "lt1m"})
    at_scan.submit()
    at_scan.submit(button="skip")
    at_scan.get("/questions/scan")
    at_scan.submit()
    assert at_scan.path == "/check"
    at_scan.get("/questions/scan")
    at_scan.submit({"lsm": "7.5"})
    assert at_scan.path == "/questions/scan/confirm"
    assert read_back(at_scan.page) == {"Liver stiffness": "7.5 kPa"}
    at_scan.submit()
    assert at_scan.path == "/check"


def test_a_page_that_was_confirmed_or_left_out_has_nothing_to_confirm(at_scan: Web) -> None:
    at_scan.submit(button="skip")
    at_scan.get("/questions/scan/confirm")
    assert at_scan.path == "/questions/blood_test"


def test_confirming_by_address_without_numbers_confirms_nothing(at_scan: Web) -> None:
    token = at_scan.page.one("input", name="csrf_token")["value"]
    at_scan.post("/questions/scan/confirm", {"csrf_token": token})
    assert at_scan.path == "/questions/scan"
    at_scan.submit({"lsm": "6.5", "scan_age": "lt1m"})
    assert at_scan.path == "/questions/scan/confirm"


def test_numbers_count_only_once_they_are_confirmed(at_blood_test: Web) -> None:
    inputs = {"bilirubin": "140", "bilirubin-unit": "umol/L", "inr": "1.8", "labs_age": "lt1m"}
    at_blood_test.submit(inputs)
    assert at_blood_test.path == "/questions/blood_test/confirm"
    at_blood_test.get("/help-first")
    assert at_blood_test.path == "/questions/blood_test/confirm"
    at_blood_test.submit()
    assert at_blood_test.path == "/help-first"
    assert at_blood_test.page.one("h1").text == "Get medical help today"


def test_a_number_whose_unit_nobody_knows_is_kept_and_does_not_count(at_blood_test: Web) -> None:
    inputs = {"bilirubin": "140", "bilirubin-unit": "?", "inr": "1.8", "labs_age": "lt1m"}
    shown = at_blood_test.submit(inputs)
    assert read_back(shown)["Bilirubin, total"] == "140 (unit not known)"
    assert "Without its unit this number does not count" in shown.text
    at_blood_test.submit()
    assert at_blood_test.path == "/check"
    assert "140 (unit not known)" in at_blood_test.page.text
    assert at_blood_test.get("/result").one("h1").text == "Your answers are like what the guide calls early cirrhosis"


def test_without_papers_the_pages_of_numbers_are_left_out(web: Web) -> None:
    begin(web)
    shown = answer_until(web, inputs_with(web, has_papers="not_now"))
    assert shown[-2:] == ["/questions/has_papers", "/check"]


def test_not_sure_about_papers_asks_for_them(web: Web) -> None:
    begin(web)
    shown = answer_until(web, inputs_with(web, has_papers="?"), "/questions/scan")
    assert shown[-2:] == ["/questions/has_papers", "/questions/scan"]


def test_where_no_numbers_are_asked_for_their_pages_do_not_exist(match_web: Web) -> None:
    begin(match_web)
    shown = answer_until(match_web, inputs_with(match_web))
    assert "/questions/has_papers" not in shown
    for page in ("has_papers", "scan", "blood_test"):
        match_web.get(f"/questions/{page}", status=404)
        match_web.get(f"/questions/{page}/confirm", status=404)
    assert match_web.get("/result").one("h1").text == "Your answers are like what the guide calls early cirrhosis"


def test_where_no_numbers_are_asked_for_a_score_on_paper_still_is(match_web: Web) -> None:
    begin(match_web)
    inputs = inputs_with(match_web, meld="19", child_pugh="B")
    answer_until(match_web, inputs, "/questions/doctor_scores")
    answer_page(match_web, inputs)
    assert match_web.path == "/questions/other_health"
    answer_until(match_web, inputs)
    assert "19 points" in match_web.page.text


# --- typed as it is printed ---


def test_what_only_bounds_settled_is_read_back_in_full_beside_what_was_typed(at_blood_test: Web) -> None:
    at_blood_test.submit({"platelets": "112.000", "platelets-unit": "/uL", "ast": "45,3 H", "labs_age": "?"})
    assert at_blood_test.path == "/questions/blood_test/confirm"
    assert read_back(at_blood_test.page) == {"SGOT (AST)": "45.3 U/L", "Platelets": "112000 per µL (112 x 10⁹/L)"}
    text = at_blood_test.page.one("main").text
    assert '"112.000" can be read in two ways. We read 112 000 per µL.' in text
    assert "You typed: 45,3 H" in text
    assert text.count("can be read in two ways") == 1


def test_what_only_bounds_settled_is_read_back_on_a_page_that_reads_nothing_else_back(web: Web) -> None:
    begin(web)
    answer_until(web, inputs_with(web), "/questions/age")
    web.submit({"age": "58.000"})
    assert web.path == "/questions/age/confirm"
    assert read_back(web.page) == {"Age": "58 years"}
    web.submit()
    assert web.path == "/questions/told"
    web.get("/questions/age")
    assert shown_values(web.page, "age") == ["58.000"]
    web.submit({"age": "58 tahun"})
    assert web.path == "/questions/told"


@pytest.mark.parametrize(
    ("name", "typed", "unit", "said"),
    [
        ("alt", "1.200", "", "Type 1200 or 1.2."),
        ("alt", "0.76 µkat/L", "", "This result is in µkat/L."),
        ("bilirubin", "~0,5", "mg/dL", "Leave it empty."),
        ("bilirubin", "1.4 mg/dL", "umol/L", 'You typed "mg/dL", but chose the range of µmol/L.'),
        ("bilirubin", "0.8", "umol/L", "At about 1.0 - 1.3 (mg/dL)"),
        ("albumin", "3,5 - 5,0", "g/dL", "holds more than one number"),
        ("platelets", "112\t150", "/uL", "holds more than one number"),
        ("inr", "9,8 s", "", "Look for the number beside INR."),
    ],
)
def test_an_error_says_what_to_do_on_this_page_and_keeps_what_was_typed(
    at_blood_test: Web, *, name: str, typed: str, unit: str, said: str
) -> None:
    sent = {name: typed, **({f"{name}-unit": unit} if unit else {})}
    shown = at_blood_test.submit(sent, status=400)
    assert said in errors_on(shown)[name]
    for input_name, value in sent.items():
        assert shown_values(shown, input_name) == [value]


def test_where_a_page_has_one_number_and_can_be_skipped_the_skip_is_named(at_scan: Web) -> None:
    shown = at_scan.submit({"lsm": "~6"}, status=400)
    assert errors_on(shown)["lsm"].endswith('Choose "I don\'t have a scan".')
    assert "Leave it empty" not in errors_on(shown)["lsm"]


def test_what_is_said_of_reasons_beside_the_numbers_speaks_of_the_numbers_alone(web: Web) -> None:
    numbers = {"lsm": "13.5", "scan_age": "lt1m", "inr": "1.1", "labs_age": "lt1m"}
    complete(web, told="none", has_papers="yes", **numbers)
    told = web.get("/result").one("section", id="numbers").text
    assert "Of these numbers, one is a reason for this result: Liver stiffness" in told
    assert "Reasons for this result" not in told
