"""Translations for tests: every text of a rule file said in another way, by a function."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.translation.checks import fingerprint, to_translate
from screening.rulefiles.translation.loader import translation_path
from screening.wording.language import languages as language_module
from screening.wording.language.languages import CATALOGUES
from tests.conftest import ROOT

LONG_WORDS = "fil"
"""The tag under which `long_words` are spoken: a language that numbers and dates have, and the service has not."""
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
    """A text as a language would have it that needs a third more room: words longer, placeholders and numbers kept."""
    parts = re.split(r"(\{\w+\}|%\(\w+\)s)", text)
    return "".join(
        piece if index % 2 else re.sub(r"[^\W\d]\w*", _stretched, piece) for index, piece in enumerate(parts)
    )


def _stretched(word: re.Match[str]) -> str:
    return word[0].translate(LONGER) + "~" * round(len(word[0]) * 0.35)


@contextmanager
def long_words(folder: Path) -> Iterator[Path]:
    """A language that does not exist, whose words need a third more room, in rules and messages; the rule file."""
    shutil.copytree(ROOT / "rules", folder / "rules")
    rules = folder / "rules" / "liver.yaml"
    for catalogue in CATALOGUES.glob("*.po"):
        translation_path(rules, catalogue.stem).unlink()
        shutil.copy(catalogue, folder)  # other tests may speak the others meanwhile
    translate(rules, LONG_WORDS, longer)
    with next(CATALOGUES.glob("*.po")).open("rb") as opened:
        messages = read_po(opened, locale=LONG_WORDS)
    for message in messages:
        if message.id:
            message.string = longer(message.id) if isinstance(message.id, str) else tuple(map(longer, message.id))
    with (folder / f"{LONG_WORDS}.po").open("wb") as written:
        write_po(written, messages, omit_header=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language_module, "CATALOGUES", folder)
        language_module.language.cache_clear()
        try:
            yield rules
        finally:
            language_module.language.cache_clear()
