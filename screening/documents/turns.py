"""Turns at something of which there is little, shared fairly by the networks that ask for it.

Who waits is served by network in turn: of those that wait, the network served longest ago comes first. Where no more
may wait, somebody who comes from a network with fewer callers takes the place of the last of the network with most. So
one network may use everything while it is alone, and a flood from one holds up a caller from another by one turn.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
MOST_REMEMBERED = 1024
"""Networks of which is known when they were served last; those served longest ago are forgotten first."""


class NoTurnError(Exception):
    """Too many wait, or the wait was too long."""


@dataclass(eq=False)
class _Ticket(Generic[Thing]):
    """A caller: its network, and what it is handed."""

    network: str
    called: threading.Event = field(default_factory=threading.Event)
    thing: Thing | None = None


class Turns(Generic[Thing]):
    """Hands out some things, each to one caller at a time."""

    def __init__(self, things: list[Thing], waiting: int, watch: Callable[[int], None] = lambda _more: None) -> None:
        """`waiting`: how many callers may wait beside those that are served; `watch` is told of one more that waits
        (1), and of one less (-1).
        """
        self._lock = threading.Lock()
        self._idle = list(things)
        self._most = waiting
        self._watch = watch
        self._waiting: list[_Ticket[Thing]] = []
        self._served: dict[str, None] = {}
        """Networks in the order in which they were served last."""
        self._at_work: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    @contextmanager
    def turn(self, network: str, patience: float) -> Iterator[Thing]:
        """Wait for a turn, at most `patience` seconds; raises `NoTurnError` where there is none."""
        ticket = self._ticket(network)
        self._watch(1)
        try:
            if not ticket.called.wait(patience):
                self._give_up(ticket)
        finally:
            self._watch(-1)
        if ticket.thing is None:
            raise NoTurnError
        try:
            yield ticket.thing
        finally:
            self._end(ticket, ticket.thing)

    def _ticket(self, network: str) -> _Ticket[Thing]:
        ticket: _Ticket[Thing] = _Ticket(network)
        with self._lock:
            if self._idle:
                self._hand(ticket, self._idle.pop())
                return ticket
            if len(self._waiting) >= self._most:
                self._make_room(network)
            self._waiting.append(ticket)
        return ticket

    def _make_room(self, network: str) -> None:
        """Send the last caller of the network with most away, where this one has fewer even with one more."""
        callers = self._at_work + Counter(ticket.network for ticket in self._waiting)
        last = max(reversed(self._waiting), key=lambda ticket: callers[ticket.network], default=None)
        if last is None or callers[last.network] <= callers[network] + 1:
            raise NoTurnError
        self._waiting.remove(last)
        last.called.set()

    def _give_up(self, ticket: _Ticket[Thing]) -> None:
        """Leave the queue, unless it was called at this very moment."""
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)

    def _hand(self, ticket: _Ticket[Thing], thing: Thing) -> None:
        """Give a caller its turn; the lock is held."""
        self._served.pop(ticket.network, None)
        self._served[ticket.network] = None
        if len(self._served) > MOST_REMEMBERED:
            del self._served[next(iter(self._served))]
        self._at_work[ticket.network] += 1
        ticket.thing = thing
        ticket.called.set()

    def _end(self, ticket: _Ticket[Thing], thing: Thing) -> None:
        with self._lock:
            self._at_work -= Counter([ticket.network])
            if not self._waiting:
                self._idle.append(thing)
                return
            order = {network: place for place, network in enumerate(self._served)}
            following = min(self._waiting, key=lambda waits: order.get(waits.network, -1))
            self._waiting.remove(following)
            self._hand(following, thing)
