"""Whether this process lives, and whether it can serve: for what starts, watches and balances it."""

from __future__ import annotations

import logging
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from flask import Blueprint, Response, current_app

from screening.runtime import RETRY_AFTER, Service, current_service
from screening.storage.database.heartbeat import beat
from screening.storage.store import NOT_USABLE

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)

ROOM = 100 * 1024**2
"""Bytes that must be free: a day of a busy clinic, and the backup that comes first, take less."""
REMEMBERED = 10.0
"""Seconds for which what was found out is told again, so that asking often costs nothing."""
_EXTENSION = "screening readiness"


class NoRoomError(Exception):
    """The disk is nearly full; the message says where."""


@dataclass
class _Readiness:
    """What was found out last."""

    lock: Lock = field(default_factory=Lock)
    at: float = float("-inf")
    problem: str = ""


@blueprint.get("/healthz")
def alive() -> Response:
    """This process answers; nothing else is looked at, so that no outage of the database restarts it."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """What people share can be stored and read: it is committed, there is room, the keys and the clock are right."""
    if readiness_problem():
        return Response("not ready\n", 503, RETRY_AFTER, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


def readiness_problem() -> str:
    """Why nothing can be stored, for the operator; empty where all is well. Good news is believed for some seconds."""
    known: _Readiness = current_app.extensions.setdefault(_EXTENSION, _Readiness())
    with known.lock:
        if known.problem or time.monotonic() - known.at > REMEMBERED:
            known.problem = reason = _problem(current_service())
            known.at = time.monotonic()
            if reason:
                log.error("not ready: %s", reason)
        return known.problem


def _problem(service: Service) -> str:
    store = service.store
    if store is None:
        return ""
    try:
        beat(store.database)
        with store.reading() as transaction:
            store.keys.check(transaction.connection)
            store.keys.current(transaction.connection)
            # The clock: what compares this host's with the database's is called here, and raises `ClockError`.
        check_room(service.settings.instance)
        if store.database.is_sqlite:
            check_room(store.database.file.parent)
    except (*NOT_USABLE, NoRoomError) as error:
        return str(error)
    return ""


def check_room(folder: Path, wanted: int = ROOM) -> None:
    """Raise `NoRoomError` where the disk of a folder has fewer bytes free than wanted."""
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise NoRoomError(f"{free // 1024**2} MB are free where {folder} stands; {wanted // 1024**2} are wanted")
