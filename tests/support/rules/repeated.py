"""The small rule file with a page that is asked for each of several sprays."""

from __future__ import annotations

from tests.rulefiles.edited import edited

PAGES = (
    "  - id: scale\n    title: The scale\n",
    """  - id: sprayed
    title: Sprays
    questions:
      - id: sprayed
        type: choice
        text: Was it sprayed?
        label: Sprayed
        options: [{code: "yes", text: "Yes"}, {code: "no", text: "No"}]
  - id: spray
    title: "Spray {number}"
    repeats:
      most: 3
      ask_if: definitely(sprayed == "yes")
      more: "Was it sprayed with something else, beside these {number}?"
      label: "More sprays after {number}"
      "yes": "Yes, with one more"
      "no": "No, that was all"
    questions:
      - id: kind
        type: choice
        text: "What was spray {number}?"
        label: "Spray {number}"
        options: [{code: soap, text: Soap}, {code: oil, text: Oil}, {code: poison, text: Poison}]
      - id: times
        type: number
        text: "How often was spray {number} used?"
        label: "Times of spray {number}"
        ask_if: not definitely(kind == "soap")
        units: [{code: "1", label: times, minimum: 0, maximum: 50, whole: true}]
  - id: scale
    title: The scale
""",
)
GROUNDS = (
    "      - id: hanging_leaves\n",
    """      - id: poisoned
        when: definitely(any(spray, kind == "poison"))
        because: It was sprayed with poison.
      - id: sprayed_twice
        when: definitely(count(spray, kind in {"oil", "poison"}) >= 2)
        because: It was sprayed with two that burn.
      - id: hanging_leaves
""",
)
NOTES = (
    "\nclaims:\n",
    """
  - id: often
    kind: information
    audience: both
    when: definitely(sum(spray, times if kind != "soap" else 0) > 10) or possibly(count(spray, known(kind)) > 2.5)
    text: It may have been sprayed often.

claims:
""",
)


def with_sprays() -> str:
    """The text of the rule file."""
    return edited(PAGES, GROUNDS, NOTES)
