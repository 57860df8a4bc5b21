"""The small rule file with a question that is answered in words, which a ground, a note and an `ask_if` read."""

from __future__ import annotations

from tests.rulefiles.edited import edited

QUESTION = (
    "  - id: scale\n    title: The scale\n",
    """  - id: words
    title: In your words
    questions:
      - id: words
        type: text
        text: What else do you see?
        label: What else
        most: 80
  - id: dictated
    title: Who wrote it
    questions:
      - id: dictated
        type: choice
        text: Did somebody write this for you?
        label: Written by somebody
        ask_if: known(words)
        options: [{code: "yes", text: "Yes"}, {code: "no", text: "No"}]
  - id: scale
    title: The scale
""",
)
NOTE = (
    "\nclaims:\n",
    """
  - id: somebody_wrote
    kind: information
    audience: clinic
    when: known(words) and not definitely(dictated == "yes")
    text: There are words of the person's own.

claims:
""",
)
GROUND = (
    "      - id: hanging_leaves\n",
    """      - {id: said, when: known(words), because: You wrote something.}
      - id: hanging_leaves
""",
)
LINE = ("questions: [soil, weight]}", "questions: [soil, weight]}, {id: words, label: In my words, questions: [words]}")
SPOKEN = (
    "\nguide:\n",
    "\nspoken_languages: [{tag: en, name: English}, {tag: ms, name: Bahasa Melayu}]\n\nguide:\n",
)


def with_words() -> str:
    """The text of the rule file."""
    return edited(QUESTION, NOTE, GROUND, LINE, SPOKEN)
