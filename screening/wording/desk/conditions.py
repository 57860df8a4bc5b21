"""Conditions of the rules for staff, who do not know the names that the rules give to what they work out.

A value is told by its words or its label. One that has neither is written out in its place where that is short, or
where it is one of the things that must hold. Elsewhere it gets a letter, and what the letter stands for is told below:
nobody reads a condition of twelve lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_uppercase
from textwrap import shorten

from screening.ruleset.model import expression as ex
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.expressions import Expressions, as_sentence
from screening.wording.language.languages import Language

SHORT = 180
"""Letters of a value that is written out in its place."""


_ENOUGH = 80
"""Letters by which a condition is known."""


@dataclass(frozen=True)
class Condition:
    """A condition in words."""

    sentence: str
    parts: tuple[tuple[str, str], ...]
    """What each letter in the sentence, or in another part, stands for, in the order in which they are met."""

    @cached_property
    def short(self) -> str:
        """Its beginning, enough to know it by in a list."""
        return shorten(self.sentence, _ENOUGH, placeholder=" …")

    @property
    def whole(self) -> str:
        """All of it in one line, for a file."""
        return ". ".join((self.sentence, *(f"{letter}: {words}" for letter, words in self.parts)))


def condition_in_words(tree: ex.Node, rule_set: RuleSet, language: Language) -> Condition:
    """A condition as a sentence without the id of any value."""
    return _Telling(rule_set, language).tell(tree)


@dataclass
class _Telling:
    """The telling of one condition."""

    rule_set: RuleSet
    language: Language
    letters: dict[str, str] = field(default_factory=dict)
    """By the id of the value."""

    def tell(self, tree: ex.Node) -> Condition:
        sentence = self._words(self._opened(tree))
        parts: list[tuple[str, str]] = []
        while len(parts) < len(self.letters):
            name, letter = list(self.letters.items())[len(parts)]
            parts.append((letter, as_sentence(self._words(self._tree(name)))))
        return Condition(as_sentence(sentence), tuple(parts))

    def _opened(self, tree: ex.Node) -> ex.Node:
        """With what it is in the place of a value that the whole is, or that is one of the things that must hold."""
        if isinstance(tree, ex.And):
            return tree.map(lambda part: self._opened(part) if isinstance(part, ex.Name) else part)
        is_hidden = isinstance(tree, ex.Name) and tree.name in self.rule_set.value and not self._own_words(tree.name)
        return self._tree(tree.name) if is_hidden and isinstance(tree, ex.Name) else tree

    def _words(self, tree: ex.Node) -> str:
        """A part in words; values that are met in it for the first time get the next letters."""
        shown = self._written_out(tree)
        for part in shown.walk():
            name = getattr(part, "name", "")
            if isinstance(part, ex.Name) and name in self.rule_set.value and not self._own_words(name):
                self.letters.setdefault(name, f"({_letter(len(self.letters))})")
        return Expressions(self.rule_set, self.language, self._values(self.letters)).in_words(shown)

    def _values(self, letters: Mapping[str, str]) -> Mapping[str, str]:
        return {name: self._own_words(name) or letters.get(name, "(A)") for name in self.rule_set.value}

    def _own_words(self, name: str) -> str:
        value = self.rule_set.value[name]
        return value.words or value.label

    def _tree(self, name: str) -> ex.Node:
        return self.rule_set.value[name].expression.tree

    def _written_out(self, node: ex.Node) -> ex.Node:
        """With what it is in the place of each value that has no words of its own and is short."""
        if isinstance(node, ex.Name) and node.name in self.rule_set.value and not self._own_words(node.name):
            tree = self._written_out(self._tree(node.name))
            words = Expressions(self.rule_set, self.language, self._values({})).in_words(tree)
            return tree if len(words) <= SHORT else node
        return node.map(self._written_out)


def _letter(number: int) -> str:
    """A, B ... Z, A2, B2 ..."""
    turn, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn + 1) if turn else "")
