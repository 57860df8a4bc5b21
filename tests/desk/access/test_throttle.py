"""Who guesses waits, by every spelling of a name and from every address of a network; whose name it is gets in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from screening.desk.access.attempts import begin_attempt, guess_at_password
from screening.storage.accounts.networks import network_of
from screening.storage.accounts.staff import Role, canonical_name, find_account, name_key
from screening.storage.database.account_tables import throttle
from tests.desk.access.test_sign_in import give_password
from tests.support.desk import Desk, add, current_code, forgive, signed_in, stretch

pytestmark = pytest.mark.clock

SPELLINGS = (
    "Dr Lim",
    "dr  lim",
    " DR LIM ",
    "Dr\u00a0Lim",
    "Dr\u3000Lim",
    "\uff24\uff52 \uff2c\uff49\uff4d",
    "Dr\tLim",
    "D\u200br Lim",
    "Dr Li\u00adm",
    "\U0001d403r Lim",
)
"""Of one name: two spaces, other spaces, other case, full width, and symbols that nobody sees."""


def try_from(desk: Desk, name: str, password: str, address: str) -> int:
    """The status of one try from an address, in a browser that has opened nothing before."""
    browser = Desk(desk.app)
    client = browser.client
    page = client.get("/desk/sign-in", environ_overrides={"REMOTE_ADDR": address})
    token = page.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    sent = {"csrf_token": token, "name": name, "password": password}
    return client.post("/desk/sign-in", data=sent, environ_overrides={"REMOTE_ADDR": address}).status_code


@pytest.fixture
def lim(desk: Desk) -> Desk:
    """A desk where somebody called Dr Lim works."""
    add(desk.store, Role.COORDINATOR, "Dr Lim")
    return desk


def test_every_spelling_of_a_name_is_one_account_and_one_count(lim: Desk) -> None:
    with lim.store.reading() as transaction:
        accounts = {account.id for spelling in SPELLINGS if (account := find_account(transaction, spelling))}
    assert len(accounts) == 1
    statuses = []
    for spelling in SPELLINGS:
        statuses.append(try_from(lim, spelling, "guess", "203.0.113.5"))
        stretch(lim.store)
    assert statuses == [400] * 5 + [429] * 5
    forgive(lim.store)


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_the_key_of_a_name_is_that_of_the_name_as_it_is_kept(typed: str) -> None:
    kept = canonical_name(typed)
    assert canonical_name(kept) == kept
    assert name_key(kept) == name_key(typed)
    assert len(kept) <= 80


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_of_ipv6_every_address_of_a_64_is_one_network(address: IPv6Address, host: int) -> None:
    network = IPv6Network((address, 64), strict=False)
    other = IPv6Address(int(network.network_address) + host)
    if not any(mapped.ipv4_mapped or mapped.sixtofour for mapped in (address, other)):
        assert network_of(str(address)) == network_of(str(other)) == str(network)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_of_ipv4_each_address_is_its_own_however_it_is_wrapped(one: IPv4Address, other: IPv4Address) -> None:
    assert network_of(str(one)) == network_of(f"::ffff:{one}") == str(one)
    assert network_of(str(IPv6Address((0x2002 << 112) | (int(one) << 80) | 7))) == str(one)
    assert (network_of(str(one)) == network_of(str(other))) == (one == other)


@pytest.mark.parametrize("address", [None, "", "unix:", "fe80::1%eth0", "999.1.1.1"])
def test_what_is_no_address_is_a_network_too(address: str | None) -> None:
    assert isinstance(network_of(address), str)


def test_the_addresses_of_one_network_are_counted_as_one(lim: Desk) -> None:
    statuses = []
    for number in range(8):
        statuses.append(try_from(lim, "Dr Lim", "guess", f"2001:db8:1:2::{number:x}"))
        stretch(lim.store)
    assert statuses == [400] * 5 + [429] * 3
    forgive(lim.store)


def test_many_networks_together_make_nobody_wait_longer_than_half_a_minute(lim: Desk) -> None:
    over = update(throttle).values(blocked_until=None)
    waits = []
    for number in range(12):
        with lim.app.test_request_context(environ_base={"REMOTE_ADDR": f"198.51.100.{number}"}):
            assert begin_attempt(guess_at_password("Dr Lim")) == 0
            waits.append(begin_attempt(guess_at_password("dr lim")))
        lim.store.write(lambda transaction: transaction.connection.execute(over))
    assert waits[:2] == [0, 0]
    assert 28 <= max(waits) <= 30
    forgive(lim.store)


@pytest.mark.slow
def test_whose_name_it_is_gets_in_where_they_signed_in_before_whatever_strangers_do(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "well known")
    staff_id = add(own.store, Role.COORDINATOR, "well known")
    own.submit(action="/sign-out")
    for number in range(31):  # from the owner's own address, until all of it has to wait, and from others
        try_from(own, f"somebody {number}", "guess", "127.0.0.1")
        try_from(own, "well known", "guess", f"198.51.100.{number}")
    stretch(own.store)
    give_password(Desk(app), "well known", status=429)
    give_password(own, "well known")
    assert own.submit({"code": current_code(own.store, staff_id)}).one("h1").text == "Submissions"
    forgive(own.store)


def test_a_known_browser_is_slowed_down_by_its_own_guesses_and_for_other_names(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "known here")
    add(own.store, Role.COORDINATOR, "not known here")
    own.submit(action="/sign-out")
    for _ in range(5):
        give_password(own, "known here", "guess", status=400)
    stretch(own.store)
    give_password(own, "known here", status=429)
    for _ in range(5):
        try_from(own, "not known here", "guess", "127.0.0.1")
    stretch(own.store)
    give_password(own, "not known here", status=429)
    forgive(own.store)


def test_a_browser_is_known_by_what_we_sealed_alone(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "sealed name")
    cookie = own.client.get_cookie("known")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    assert "sealed" not in cookie.value
    own.submit(action="/sign-out")
    for value in (cookie.value[:-2] + "AA", "", "x" * 4001, own.client.get_cookie("form").value):  # type: ignore[union-attr]
        browser = Desk(app)
        browser.client.set_cookie("known", value)
        for _ in range(5):
            give_password(browser, "sealed name", "guess", status=400)
        stretch(own.store)
        give_password(Desk(app), "sealed name", status=429)
        forgive(own.store)


@pytest.mark.slow
def test_a_success_of_ones_own_takes_nothing_off_the_network(app: Flask, desk: Desk) -> None:
    own = signed_in(app, Role.COORDINATOR, "one of the network")
    staff_id = add(desk.store, Role.COORDINATOR, "one of the network")
    for number in range(31):
        give_password(desk, f"nobody {number}", "guess", status=400)
        if number % 10 == 5:
            own.submit(action="/sign-out")
            give_password(own, "one of the network")
            own.submit({"code": current_code(desk.store, staff_id)})
    stretch(desk.store)
    give_password(desk, "nobody at all", "guess", status=429)
    forgive(desk.store)
