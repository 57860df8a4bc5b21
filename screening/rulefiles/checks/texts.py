"""Do the texts of a rule file say only what they may: known placeholders, no banned phrase?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from screening.rulefiles.checks.references import exists
from screening.rulefiles.model.texts import Text
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MARKUP = re.compile(
    r"\*\*|</?(?:a|b|br|em|h[1-6]|i|li|ol|p|span|strong|u|ul)\b[^<>]*>|\[[^\]]*\]\(|^#+ ", re.IGNORECASE
)
"""What other programs make bold, a link or a line break of; here it would stand there as it is."""
_WITHOUT_SPACES = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no spaces between words, so that a phrase may stand within a longer run of them."""
UNDETERMINED_PLACEHOLDERS = ("sections", "open")
"""What the texts of the undetermined category may name beside questions."""


def check_texts(texts: Sequence[Text], rule_set: RuleSet) -> list[Problem]:
    """Every text with an unknown placeholder, a stray brace or a banned phrase, and every exception in vain."""
    finder = PhraseFinder(rule_set.banned.phrases)
    excepted = {(exception.text, exception.phrase) for exception in rule_set.banned.exceptions}
    needed: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for text in texts:
        problems += _placeholders(text, rule_set)
        if markup := _MARKUP.search(text.text):
            problems.append(Problem("text.markup", text.path, markup.start(), {"text": markup[0]}))
        for phrase, start in finder.find(text.text):
            if (text.id, phrase) in excepted:
                needed.add((text.id, phrase))
            else:
                problems.append(Problem("text.banned", text.path, start, {"phrase": phrase, "text": text.id}))
    return [*problems, *_exceptions(texts, rule_set, needed)]


def _placeholders(text: Text, rule_set: RuleSet) -> Iterator[Problem]:
    if "{" not in text.text and "}" not in text.text:
        return
    special = UNDETERMINED_PLACEHOLDERS if text.path[0] == "undetermined" else ()
    for match in _PLACEHOLDER.finditer(text.text):
        known = [*rule_set.question, *rule_set.value, *special]
        if match[1] not in known:
            yield Problem("text.placeholder", text.path, match.start(), {"name": match[1], "known": known})
        elif match[1] in rule_set.question and rule_set.question[match[1]].type is QuestionType.TEXT:
            yield Problem("text.own_words", text.path, match.start(), {"name": match[1]})
    rest = _PLACEHOLDER.sub(lambda match: " " * len(match[0]), text.text)
    if stray := re.search("[{}]", rest):
        yield Problem("text.brace", text.path, stray.start())


def _exceptions(texts: Sequence[Text], rule_set: RuleSet, needed: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """What an exception names is there, and the text does hold the phrase."""
    ids = [text.id for text in texts]
    for index, exception in enumerate(rule_set.banned.exceptions):
        path = ("banned", "exceptions", index)
        unknown = [
            *exists(exception.text, ids, "text", (*path, "text")),
            *exists(exception.phrase, rule_set.banned.phrases, "banned phrase", (*path, "phrase")),
        ]
        yield from unknown
        if not unknown and (exception.text, exception.phrase) not in needed:
            yield Problem("exception.unneeded", path, values={"text": exception.text, "phrase": exception.phrase})


def placeholders(text: str) -> list[str]:
    """The names that stand in braces in a text, in order."""
    return sorted(_PLACEHOLDER.findall(text))


class PhraseFinder:
    """Finds phrases as whole words whatever their case; a star at the end of a phrase stands for any ending."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = phrases
        self._words = [[*map(_folded, phrase.rstrip("*").split())] for phrase in phrases]
        self._beginnings = [words[0] for words in self._words]
        self._patterns: dict[tuple[int, ...], re.Pattern[str]] = {}

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Each phrase found, with the place where it begins."""
        folded = _folded(text)
        begun = [at for at, beginning in enumerate(self._beginnings) if beginning in folded]
        held = tuple(at for at in begun if all(word in folded for word in self._words[at]))
        if held:  # a pattern is slow, so only phrases are looked for whose words are all there
            for match in self._pattern(held).finditer(text):
                yield self._phrases[held[(match.lastindex or 1) - 1]], match.start()

    def _pattern(self, held: tuple[int, ...]) -> re.Pattern[str]:
        """Any of these phrases, the first one where several begin at one place."""
        if held not in self._patterns:
            sources = (f"({_source(self._phrases[at])})" for at in held)
            self._patterns[held] = re.compile("|".join(sources), re.IGNORECASE)
        return self._patterns[held]


_DOTLESS = str.maketrans("\u0130\u0131", "ii")
"""Two letters that `re.IGNORECASE` takes for an i, and `casefold` does not."""


def _folded(text: str) -> str:
    """A text in which two parts are the same wherever `re.IGNORECASE` takes them for the same."""
    return text.translate(_DOTLESS).casefold()


def _source(phrase: str) -> str:
    """A phrase as a regular expression; its words may stand on two lines."""
    words = [re.escape(piece) for piece in phrase.rstrip("*").split()]
    if _WITHOUT_SPACES.match(phrase):
        return r"\s*".join(words)
    return r"\b" + r"\s+".join(words) + (r"\w*" if phrase.endswith("*") else "") + r"\b"
