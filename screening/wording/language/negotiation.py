"""Which of the languages offered a person reads best, by what their browser says; and in which script a language is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from babel.core import get_global

_ALIASES = get_global("language_aliases")
_LIKELY = get_global("likely_subtags")


def best_language(preferred: Iterable[str], offered: Sequence[str]) -> str | None:
    """The first of the languages preferred (BCP 47, the best first) that is offered in the script of its readers."""
    known = {_language_and_script(language): language for language in reversed(offered)}
    return next((known[wanted] for language in preferred if (wanted := _language_and_script(language)) in known), None)


def regions_named(preferred: Iterable[str]) -> tuple[str, ...]:
    """The countries that these tags (BCP 47, the best first) name: of `ms-SG, en` SG; a language alone names none."""
    subtags = (subtag for tag in preferred for subtag in tag.replace("_", "-").split("-")[1:])
    return tuple(dict.fromkeys(subtag.upper() for subtag in subtags if len(subtag) == 2 and subtag.isalpha()))


def script_of(tag: str) -> str:
    """The script of a language tag (ISO 15924), which most tags leave out: of `ta` Taml."""
    return _language_and_script(tag)[1]


def _language_and_script(tag: str) -> tuple[str, str]:
    """Language and script of a tag: of `zh-CN` zh and Hans, of `in` (as old phones say) id and Latn."""
    name, *subtags = tag.replace("_", "-").split("-")
    name = _ALIASES.get(name.lower(), name.lower())
    script = next((subtag.title() for subtag in subtags if len(subtag) == 4 and subtag.isalpha()), "")
    region = next((subtag.upper() for subtag in subtags if len(subtag) == 2 and subtag.isalpha()), "")
    likely = _LIKELY.get(f"{name}_{region}") or _LIKELY.get(name) or ""
    return name, script or next((piece for piece in likely.split("_")[1:] if len(piece) == 4), "")
