"""Turns at sending: fast presses from one network wait, never in vain; the deployment has a bound; nobody is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from screening.config.pace import Pace
from screening.storage.database.schema import pace as pace_table
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.person.pace import LONGEST, Slowed, Turn, end_turn, take_turn, turns_in_hour
from screening.storage.upkeep.purging import RetentionPeriods, purge
from tests.support.stores import Place, close, new_token, share

AT = datetime(2026, 11, 29, 10, 0, 30, tzinfo=UTC)
WARD, HOME = "203.0.113.7", "198.51.100.4"
USUAL = Pace()


def press(
    store: Store, token: bytes, network: str = WARD, *, after: int = 0, pace: Pace = USUAL, at: datetime = AT
) -> Turn:
    """Press the button so many seconds after the beginning."""
    moment = at + timedelta(seconds=after)
    return store.write(lambda transaction: take_turn(transaction, pace, network, token, moment))


def tokens(number: int) -> list[bytes]:
    return [new_token() for _ in range(number)]


def test_a_burst_is_taken_at_once_and_then_one_every_some_seconds(store: Store) -> None:
    waits = [press(store, token).wait for token in tokens(15)]
    assert waits == [0] * USUAL.burst + [6, 12, 18, 24, 30]


def test_other_networks_do_not_wait(store: Store) -> None:
    for token in tokens(15):
        press(store, token)
    assert press(store, new_token(), HOME) == Turn()


def test_pressing_again_after_the_wait_works_however_many_came_in_between(store: Store) -> None:
    """Forty people of one ward, all at once; each comes back when told."""
    ward = tokens(40)
    waits = {token: press(store, token).wait for token in ward}
    later = tokens(40)
    for token in later:
        assert press(store, token).wait > max(waits.values())
    for token, wait in waits.items():
        if wait:
            assert press(store, token, after=wait) == Turn()


def test_pressing_again_too_early_costs_no_further_turn(store: Store) -> None:
    first, second = tokens(2)
    for token in tokens(USUAL.burst):
        press(store, token)
    assert [press(store, first, after=second_).wait for second_ in (0, 1, 2, 2, 5)] == [6, 5, 4, 4, 1]
    assert press(store, second, after=5).wait == 7
    assert press(store, first, HOME, after=6) == Turn(), "a phone may change its network meanwhile"


def test_a_form_that_was_sent_is_never_charged(store: Store) -> None:
    token = new_token()
    share(store, token=token)
    for _ in range(3 * USUAL.burst):
        assert press(store, token) == Turn()
    assert press(store, new_token()) == Turn()
    assert press(store, new_token()).wait == 0


def test_a_quiet_time_gives_the_burst_back(store: Store) -> None:
    for token in tokens(20):
        press(store, token)
    quiet = USUAL.seconds * 20
    waits = [press(store, token, after=quiet).wait for token in tokens(12)]
    assert waits == [0] * USUAL.burst + [6, 12]


def test_the_deployment_has_a_bound_and_the_last_turn_of_an_hour_is_told_of(store: Store) -> None:
    pace = Pace(hourly=4)
    turns = [press(store, token, f"192.0.2.{place}", pace=pace) for place, token in enumerate(tokens(6))]
    assert [turn.wait for turn in turns[:4]] == [0] * 4
    assert [turn.fills_hour for turn in turns] == [False, False, False, True, False, False]
    to_the_hour = 3600 - 30
    assert [turn.wait for turn in turns[4:]] == [to_the_hour, to_the_hour + 900], "they do not come back all at once"
    assert {turn.by for turn in turns[4:]} == {Slowed.DEPLOYMENT}
    with store.reading() as transaction:
        assert [turns_in_hour(transaction, AT + timedelta(hours=hours)) for hours in range(3)] == [4, 2, 0]


def test_no_single_network_can_use_up_what_there_is_for_all(store: Store) -> None:
    """Whatever it does: its turns are spread over the hours to come, and each hour has room for others."""
    pace = Pace(burst=2, seconds=900, hourly=7)
    for token in tokens(20):
        press(store, token, pace=pace)
    for hours in range(4):
        assert press(store, new_token(), HOME, after=3600 * hours, pace=pace) == Turn()


def test_no_turn_is_kept_farther_ahead_than_a_day_so_that_a_flood_ends(store: Store) -> None:
    pace = Pace(burst=1, seconds=3600)
    turns = [press(store, token, pace=pace) for token in tokens(40)]
    day = int(LONGEST.total_seconds())
    assert [turn.wait for turn in turns] == [min(3600 * place, day) for place in range(40)]
    assert press(store, new_token(), after=day, pace=pace).wait <= 3600


def test_a_clock_that_was_set_back_makes_nobody_wait(store: Store) -> None:
    ahead = AT + timedelta(days=400)
    waiting = tokens(15)
    for token in waiting:
        press(store, token, at=ahead)
    assert press(store, waiting[-1]) == Turn()
    assert press(store, new_token()) == Turn()


def test_presses_side_by_side_each_have_a_turn_of_their_own(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = sorted(pool.map(lambda token: press(store, token).wait, tokens(16)))
    assert waits == [0] * USUAL.burst + [6 * place for place in range(1, 7)]


def test_one_form_pressed_side_by_side_takes_one_turn(store: Store) -> None:
    for token in tokens(USUAL.burst):
        press(store, token)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda token: press(store, token).wait, [new_token()] * 8)) == {6}


def test_it_holds_over_a_restart_and_for_every_process(store: Store, place: Place) -> None:
    for token in tokens(USUAL.burst):
        press(store, token)
    again = place.open()
    assert press(again, new_token()).wait == 6
    close(again)


def test_no_address_and_no_token_is_stored(store: Store) -> None:
    waiting = tokens(12)
    for token in waiting:
        press(store, token)
    with store.reading() as transaction:
        rows = transaction.connection.execute(select(pace_table)).all()
    assert len(rows) == 1 + 1 + 12  # the network, the hour, and the forms, of which two wait
    for row in rows:
        assert len(row.hash) == 32
        assert WARD.encode() not in row.hash
        assert row.hash not in waiting


@pytest.mark.slow
def test_what_is_spent_goes_with_the_daily_run(store: Store) -> None:
    long_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    for token in tokens(12):
        press(store, token, at=long_ago)
    press(store, new_token(), HOME, at=datetime.now(UTC).replace(microsecond=0))
    purge(store, RetentionPeriods(30, 90, 180))
    with store.reading() as transaction:
        assert len(transaction.connection.execute(select(pace_table)).all()) == 3


def end_turn_and_fail(transaction: StoreTransaction, token: bytes) -> None:
    end_turn(transaction, token)
    raise ZeroDivisionError


def test_a_form_that_could_not_be_kept_needs_no_second_turn_and_one_that_was_sent_leaves_none(store: Store) -> None:
    failed, sent = tokens(2)
    pace = Pace(burst=2, seconds=60)
    assert [press(store, token, pace=pace).wait for token in (failed, sent, new_token())] == [0, 0, 60]
    with pytest.raises(ZeroDivisionError):
        store.write(lambda transaction: end_turn_and_fail(transaction, failed))
    store.write(lambda transaction: end_turn(transaction, sent))
    assert press(store, failed, after=1, pace=pace) == Turn()
    assert press(store, sent, after=1, pace=pace).wait == 119


# --- against a model that shares nothing with it ---


@dataclass
class Model:
    """The same rules, told another way: a leaking vessel for each network, and a list of all turns."""

    pace: Pace
    levels: dict[str, tuple[Fraction, int]] = field(default_factory=dict)
    """By network: how many presses its vessel held, and when that was."""
    promised: dict[int, int] = field(default_factory=dict)
    """By form: when its turn is."""
    turns: list[int] = field(default_factory=list)
    """Every turn that was given, in seconds since the hour began."""

    def press(self, form: int, network: str, second: int) -> int:
        """The wait."""
        if form in self.promised:
            return max(0, self.promised[form] - second)
        held, when = self.levels.get(network, (Fraction(0), second))
        level = max(Fraction(0), held - Fraction(second - when, self.pace.seconds)) + 1
        turn = second + max(0, int((level - self.pace.burst) * self.pace.seconds))
        used = Counter(other // 3600 for other in self.turns)
        hour = next(hour for hour in range(turn // 3600, 10_000) if used[hour] < self.pace.hourly)
        if hour != turn // 3600:
            turn = hour * 3600 + used[hour] * 3600 // self.pace.hourly
        if turn - second > 24 * 3600:
            return 24 * 3600
        self.levels[network] = (level, second)
        self.turns.append(turn)
        if turn > second:
            self.promised[form] = turn
        return turn - second


PACES = st.builds(
    Pace, burst=st.integers(1, 4), seconds=st.sampled_from((1, 6, 50, 1000)), hourly=st.sampled_from((1, 2, 5, 40))
)
PRESSES = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from((WARD, HOME)), st.sampled_from((0, 0, 1, 7, 100, 4000))), max_size=25
)


@pytest.fixture(scope="module")
def store_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all examples, each of which empties the table first."""
    folder = tmp_path_factory.mktemp("pace")
    store = Place(f"sqlite:///{folder / 'screening.db'}", folder).open()
    yield store
    close(store)


@settings(max_examples=100, deadline=None)
@given(pace=PACES, presses=PRESSES)
def test_it_does_what_an_independent_model_says(
    store_of_all: Store, pace: Pace, presses: list[tuple[int, str, int]]
) -> None:
    store_of_all.write(lambda transaction: compare_with_model(transaction, pace, presses))


def compare_with_model(transaction: StoreTransaction, pace: Pace, presses: list[tuple[int, str, int]]) -> None:
    """The same presses by both; then every turn that was promised is there, and no hour has more than it may."""
    transaction.connection.execute(pace_table.delete())
    model, begin, second = Model(pace), datetime(2026, 3, 1, tzinfo=UTC), 0
    form_of: dict[int, bytes] = {}
    done: set[int] = set()
    for form, network, pause in presses:
        second += pause
        if form in done:
            continue  # a form that was sent is another test's matter
        token = form_of.setdefault(form, new_token())
        wanted = model.press(form, network, second)
        turn = take_turn(transaction, pace, network, token, begin + timedelta(seconds=second))
        assert turn.wait == wanted
        if wanted == 0:
            done.add(form)
    assert max(Counter(turn // 3600 for turn in model.turns).values(), default=0) <= pace.hourly
    for form, promised in model.promised.items():
        if form not in done:
            moment = begin + timedelta(seconds=max(promised, second))
            assert take_turn(transaction, pace, HOME, form_of[form], moment) == Turn()
