"""Names under which the service counts what happens, a day, without answers and without who (see `tallies`)."""

from __future__ import annotations

REACHED = "page_reached"
"""By page: how often it was the next one to answer."""
ANSWERED = "page_answered"
"""By page: how often it was answered for the first time."""
RESULT = "result"
"""By category: how often all was answered."""
UNDETERMINED = "undetermined"
"""By kind: why no single category was matched."""
OPEN = "open_question"
"""By question: how often it kept a result open."""
