"""Whether this process lives, and whether it can serve: for what starts, watches and balances it."""

from __future__ import annotations

import logging

from flask import Blueprint, Response

from screening.runtime import RETRY_AFTER, current_service
from screening.storage.store import NOT_USABLE

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """This process answers; nothing else is looked at, so that no outage of the database restarts it."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """What people share can be stored and read: the database answers, its key is there, the clock is not before it."""
    store = current_service().store
    try:
        if store:
            with store.reading() as transaction:
                store.keys.check(transaction.connection)
                store.keys.current(transaction.connection)
    except NOT_USABLE as error:
        log.error("not ready: %s", error)  # noqa: TRY400 - the message says what is wrong
        return Response("not ready\n", 503, RETRY_AFTER, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
