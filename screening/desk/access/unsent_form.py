"""A form that came after its sender was signed out: kept sealed in the page for signing in, and offered again there.

Nothing of it is stored here, and nothing is done with it before the same person sends it once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.routing import BuildError

from screening.crypto.box import SealError, open_sealed, seal
from screening.desk.access.current_request import last_owner, now
from screening.desk.access.typed_fields import (
    PAGE,
    Fields,
    TypedInWords,
    in_words,
    typed_fields,
    typed_in,
    without_secrets,
)
from screening.runtime import current_service

UNSENT = "unsent"
"""The name of the field that takes the sealed form along."""
KEPT_FOR = 30 * 60
"""Seconds."""
_PURPOSE = "unsent desk form"
_ALONG = ("csrf_token", UNSENT)
"""Fields that are made anew where the form is offered again."""
_LONGEST = 60_000
"""Characters of a sealed form: it is sent twice more, beside a name and a password."""


@dataclass(frozen=True, slots=True)
class UnsentForm:
    """What would have been sent, and where to."""

    address: str
    fields: tuple[tuple[str, str], ...]
    page: str | None
    """The page that it stood on, where that is the page of one submission."""
    draft: str | None
    """Where that page is shown with all that was typed, and nothing is kept; None where it has no such place."""

    @property
    def said(self) -> TypedInWords:
        """What was typed and chosen, to be looked at."""
        return in_words(typed_in(MultiDict(self.fields)))


def seal_unsent() -> str:
    """The present form, sealed for whoever was signed in last; empty where that is nobody or nothing was typed."""
    owner = last_owner()
    if not owner or not without_secrets(typed_fields(_ALONG)):
        return ""
    values = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    fields = [pair for pair in without_secrets(request.form).items(multi=True) if pair[0] not in _ALONG]
    members = {"owner": owner, "endpoint": request.endpoint, "values": values, "fields": fields}
    content = json.dumps(members, ensure_ascii=False).encode("utf-8", "replace")
    sealed = seal(content, current_service().cookie_keys, _PURPOSE, int(now().timestamp()))
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
    return UnsentForm(address, fields, page_behind(members["values"]), _draft_of(MultiDict(fields)))


def page_behind(values: Mapping[str, Any]) -> str | None:
    """The page of the submission that a form belongs to, by the values of its address; None where it has none."""
    submission_id = values.get("submission_id")
    return url_for("desk.page.page", submission_id=submission_id) if submission_id else None


def _draft_of(fields: Fields) -> str | None:
    """A form that stands on the page of a submission says so itself."""
    shown_on = fields.get(PAGE)
    return url_for("desk.call_outcomes.draft", submission_id=shown_on) if shown_on else None


def typed_texts() -> tuple[str, ...]:
    """What was typed into the present form, without what proves who somebody is."""
    return in_words(typed_fields(_ALONG)).texts
