"""A form that came after its sender was signed out: kept sealed in the page for signing in, and offered again there.

Nothing of it is stored here, and nothing is done with it before the same person sends it once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.routing import BuildError

from screening.crypto.box import SealError, open_sealed, seal
from screening.desk.access.current_request import current_language, last_owner, now
from screening.runtime import current_service
from screening.wording.desk.next_step import ENDINGS
from screening.wording.desk.terms import REASONS

UNSENT = "unsent"
"""The name of the field that takes the sealed form along."""
KEPT_FOR = 30 * 60
"""Seconds."""
_PURPOSE = "unsent desk form"
_SECRETS = frozenset({"csrf_token", "password", "current", "again", "code", "word", "app", UNSENT})
"""Fields that no page shows again: what proves who somebody is."""
_NOT_TYPED = frozenset({"revision", "next", "to", "marked", "action", "paper", "ground"})
"""What forms carry that says nothing to a reader: ids, above all."""
_LONGEST = 40_000
"""Characters of a sealed form: it is sent twice more, beside a name and a password."""


@dataclass(frozen=True, slots=True)
class UnsentForm:
    """What would have been sent, and where to."""

    address: str
    fields: tuple[tuple[str, str], ...]
    page: str | None
    """The page that it stood on, where that is the page of one thing."""

    @property
    def texts(self) -> list[str]:
        """What was typed and chosen, to be looked at."""
        return _texts(self.fields)


def seal_unsent() -> str:
    """The present form, sealed for whoever was signed in last; empty where that is nobody or nothing was typed."""
    owner, fields = last_owner(), _fields()
    if not owner or not _texts(fields):
        return ""
    members = {"owner": owner, "endpoint": request.endpoint, "values": request.view_args or {}, "fields": fields}
    sealed = seal(json.dumps(members).encode(), current_service().cookie_keys, _PURPOSE, int(now().timestamp()))
    return sealed if len(sealed) <= _LONGEST else ""


def open_unsent(sealed: str, owner: str) -> UnsentForm | None:
    """What was sealed in the last half hour for this very person; None for anybody else."""
    try:
        content = open_sealed(sealed, current_service().cookie_keys, _PURPOSE, int(now().timestamp()), KEPT_FOR)
    except SealError:
        return None
    members = json.loads(content)
    if members["owner"] != owner:
        return None
    try:
        address = url_for(members["endpoint"], **members["values"])
    except BuildError:  # of a version before
        return None
    fields = tuple((name, value) for name, value in members["fields"])
    return UnsentForm(address, fields, page_behind(members["values"]))


def page_behind(values: Mapping[str, Any]) -> str | None:
    """The page of the submission that a form belongs to, by the values of its address; None where it has none."""
    submission_id = values.get("submission_id")
    return url_for("desk.page.page", submission_id=submission_id) if submission_id else None


def typed_texts() -> list[str]:
    """What was typed into the present form, without what proves who somebody is."""
    return _texts(_fields())


def _fields() -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in request.form.items(multi=True) if name not in _SECRETS)


def _texts(fields: tuple[tuple[str, str], ...]) -> list[str]:
    words = {"outcome": ENDINGS, "reason": REASONS}
    say = current_language().gettext
    shown = [(words.get(name, {}).get(value), value) for name, value in fields if name not in _NOT_TYPED]
    return [say(known) if known else value.strip() for known, value in shown if value.strip()]
