"""What a translation need not say: the texts of the rule file's frame, which the frame says in its own languages."""

from __future__ import annotations

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.model.frames import frame
from screening.rulefiles.translation.checks import fingerprint, to_translate


def frame_entries(rules: LoadedRules, language: str) -> dict[str, dict[str, str | bool]]:
    """The entries of a translation for each text that a rule file has from its frame, word by word."""
    if rules.frame is None:
        return {}
    own = frame(rules.frame).texts_in(rules.rule_set.language)
    said = frame(rules.frame).texts_in(language)
    return {
        name: _entry(text.text, said[name])
        for name, text in to_translate(rules).items()
        if name in said and own.get(name) == text.text
    }


def _entry(original: str, said: str) -> dict[str, str | bool]:
    of = fingerprint(original)
    return {"of": of, "same": True} if said == original else {"of": of, "text": said}
