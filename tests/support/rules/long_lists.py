"""The small rule file with lists of every country: one to choose from, and one to tick."""

from __future__ import annotations

from babel import Locale

from tests.rulefiles.edited import edited

COUNTRIES = {code: name for code, name in sorted(Locale("en").territories.items()) if len(code) == 2 and code != "ZZ"}
"""The names of all countries and territories, by code."""
_OPTIONS = "\n".join(f'    - {{code: "{code}", text: "{name}"}}' for code, name in COUNTRIES.items())
_SCALES = f"scales:\n  countries:\n{_OPTIONS}\n\npages:\n  - id: signs\n"
_PAGE = """
  - id: origin
    title: Where is it from?
    questions:
      - id: origin
        type: choice
        text: In which country did it grow?
        label: Country
        options: countries
      - id: seen
        type: several
        text: In which countries did you see such plants?
        label: Seen
        options: countries

values:
  - id: thirst
"""
_NOTE = """
  - id: from_here
    kind: information
    audience: both
    when: definitely(origin == "MY") or definitely(any_of(seen, "MY"))
    text: "It grew here: {origin}."

claims:
"""


def with_long_lists() -> str:
    """The text of the rule file."""
    return edited(("pages:\n  - id: signs\n", _SCALES), ("\nvalues:\n  - id: thirst\n", _PAGE), ("\nclaims:\n", _NOTE))
