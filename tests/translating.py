"""Translations for tests: every text of a rule file said in another way, by a function."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from screening.rulefiles.loading import load_rule_file
from screening.rulefiles.translation import translation_path
from screening.rulefiles.translation_checks import fingerprint, to_translate

LONGER = str.maketrans("aeiouAEIOU", "àéîõüÀÉÎÕÜ")


def translate(rule_file: Path, language: str, say: Callable[[str], str], head: str = "") -> Path:
    """Write a translation in which each text is what `say` makes of it."""
    rules = load_rule_file(rule_file)
    lines = [f"rules: {rules.rule_set.id}", f"language: {language}", *filter(None, [head]), "texts:"]
    for name, text in to_translate(rules).items():
        told = say(text.text).replace("\\", "\\\\").replace('"', '\\"')
        lines += [f'  "{name}":', f'    of: "{fingerprint(text.text)}"', f'    text: "{told}"']
    path = translation_path(rule_file, language)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def longer(text: str) -> str:
    """A text as a language would have it that needs a third more room: all words longer, placeholders kept."""
    parts = re.split(r"(\{\w+\}|%\(\w+\)s)", text)
    return "".join(each if index % 2 else re.sub(r"\w+", _stretched, each) for index, each in enumerate(parts))


def _stretched(word: re.Match[str]) -> str:
    return word[0].translate(LONGER) + "~" * round(len(word[0]) * 0.35)
