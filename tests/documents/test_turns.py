"""Turns are shared by network: a flood from one never keeps out, or long holds up, anybody from another."""

from __future__ import annotations

import random
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from screening.documents.turns import NoTurnError, Turns
from tests.support.patience import PATIENCE, wait_until


def take(turns: Turns[str], network: str, order: list[str]) -> bool:
    """Take a turn, note whose it was, and give it back at once; whether there was one."""
    try:
        with turns.turn(network, PATIENCE):
            order.append(network)
    except NoTurnError:
        return False
    return True


def queued(turns: Turns[str], pool: ThreadPoolExecutor, networks: list[str], order: list[str]) -> list[Future[bool]]:
    """Callers that ask one after the other, each once the one before waits or was sent away."""
    asked: list[Future[bool]] = []
    for network in networks:
        before = turns.waiting
        caller = pool.submit(take, turns, network, order)
        wait_until(lambda caller=caller, before=before: caller.done() or turns.waiting > before or any_sent_away(asked))  # type: ignore[misc]
        asked.append(caller)
    return asked


def any_sent_away(asked: list[Future[bool]]) -> bool:
    return any(caller.done() for caller in asked)


def test_the_network_served_longest_ago_comes_first() -> None:
    turns, order = Turns(["one"], 6), list[str]()
    with ThreadPoolExecutor(8) as pool:
        with turns.turn("flood", PATIENCE):
            asked = queued(turns, pool, ["flood", "flood", "flood", "flood", "visitor"], order)
        assert all(caller.result() for caller in asked)
    assert order[0] == "visitor"


def test_a_visitor_takes_the_place_of_the_last_of_a_flood() -> None:
    turns, order = Turns(["one"], 3), list[str]()
    with ThreadPoolExecutor(8) as pool:
        with turns.turn("flood", PATIENCE):
            asked = queued(turns, pool, ["flood", "flood", "flood", "visitor"], order)
        results = [caller.result() for caller in asked]
    assert results == [True, True, False, True]
    assert order == ["visitor", "flood", "flood"]


def test_a_network_that_is_alone_may_use_all_there_is_and_no_more() -> None:
    turns: Turns[int] = Turns([1, 2], 0)
    with ExitStack() as both:
        assert {both.enter_context(turns.turn("ward", 0)) for _ in range(2)} == {1, 2}
        with pytest.raises(NoTurnError), turns.turn("ward", 0):
            pass


def test_who_waits_too_long_is_told_and_leaves_the_queue() -> None:
    turns: Turns[int] = Turns([1], 1)
    with turns.turn("a", 0), pytest.raises(NoTurnError), turns.turn("b", 0.01):
        pass
    assert turns.waiting == 0
    with turns.turn("b", 0) as thing:
        assert thing == 1


def test_whatever_comes_and_fails_every_thing_is_there_again_afterwards() -> None:
    """Callers of many networks at once, some of which fail in their turn."""
    chance = random.Random(15)
    turns: Turns[int] = Turns([1, 2], 3)
    held: list[int] = []

    def use(network: str) -> None:
        try:
            with turns.turn(network, 0.001 * chance.randrange(5)) as thing:
                held.append(thing)
                assert held.count(thing) == 1, "two callers hold one thing"
                held.remove(thing)
                divmod(1, chance.randrange(3))
        except (NoTurnError, ZeroDivisionError):
            pass

    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(use, chance.choice("abcdef")) for _ in range(2000)]:
            done.result()
    assert turns.waiting == 0
    with ExitStack() as both:
        assert {both.enter_context(turns.turn("a", 0)) for _ in range(2)} == {1, 2}
