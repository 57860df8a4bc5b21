"""Grounds that say less than their author means: never, always, or no where nothing was answered.

Decided by looking through the answers that a ground tells apart, within a bound: what is not ruled out within it is
taken for possible where it would be a danger, and left to `screening prove` where it would be a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial, reduce

from screening.ruleset.answer_search.number_ranges import Truths
from screening.ruleset.answer_search.possibility import Answers, Memory, Reading, Ticks
from screening.ruleset.answer_search.search import every_answer, search
from screening.ruleset.language.evaluation_mode import not_asked
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import Node
from screening.ruleset.model.parts import grounds
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import Ground, RuleSet


def without_open(rule_set: RuleSet) -> Iterator[Problem]:
    """A ground that interrupts says what is open while it may hold: one that answers cannot leave open never may."""
    names = SymbolTable.of(rule_set)
    for ground, path in grounds(rule_set):
        if ground.interrupt and not ground.open and names.may_be_left_open(ground.when.tree):
            yield Problem("ground.no_open", (*path, "id"), values={"name": ground.id})


# --- never and always ----------------------------------------------------------------------------


def never_or_always(rule_set: RuleSet) -> Iterator[Problem]:
    """Grounds that hold for no answers, or for all: `ask_if` is left aside, as it only takes answers away."""
    names = SymbolTable.of(rule_set)
    for ground, path in grounds(rule_set):
        tree = ground.when.tree
        answers = {
            name: _with_not_asked(pairs, names.questions[name]) for name, pairs in every_answer(names, [tree]).items()
        }
        memory = Memory()
        for wanted, code in ((True, "ground.never"), (False, "ground.always")):
            if search(answers, partial(_is, names, memory, tree, wanted)) is False:
                yield Problem(code, (*path, "when"), values={"name": ground.id})


def _is(
    names: SymbolTable,
    memory: Memory,
    tree: Node,
    wanted: bool,  # noqa: FBT001 - as a search calls it
    answers: Mapping[str, Answers],
) -> bool | None:
    """Whether a condition is this for all of the answers (True), or for none (False)."""
    truths = Reading(names, answers, memory).truth(tree)
    return wanted in truths if len(truths) == 1 or wanted not in truths else None


def _with_not_asked(answers: Answers, question: Question) -> Answers:
    """The answers, and what counts where the question is not asked."""
    return _either(answers, _counts_unasked(question)) if question.ask_if else answers


def _counts_unasked(question: Question) -> Answers:
    counts = not_asked(question)
    if isinstance(counts, frozenset):
        return Ticks(frozenset(count for count in counts if count), unsure=frozenset({None in counts}))
    return (counts,)


def _either(one: Answers, other: Answers) -> Answers:
    if isinstance(one, Ticks) and isinstance(other, Ticks):
        sure = one.sure & other.sure
        return Ticks(sure, (one.sure | one.maybe | other.sure | other.maybe) - sure, one.unsure | other.unsure)
    return tuple(dict.fromkeys([*one, *other]))


# --- no, where nothing was answered --------------------------------------------------------------


def silently_closed(rule_set: RuleSet) -> Iterator[Problem]:
    """A ground that interrupts is not closed by a question left unanswered, unless its author says why."""
    names = SymbolTable.of(rule_set)
    for ground, path in grounds(rule_set):
        closing = closing_questions(ground, names) if ground.interrupt else []
        if closing and not ground.unanswered_means_no:
            values = {"name": ground.id, "names": closing}
            yield Problem("ground.silently_closed", (*path, "when"), values=values)
        if ground.unanswered_means_no and not closing:
            yield Problem("ground.needless_reason", (*path, "unanswered_means_no"), values={"name": ground.id})


def closing_questions(ground: Ground, names: SymbolTable) -> list[str]:
    """The lenient questions that, not answered, can make a ground false that some answer makes true.

    Both by what the ground reads and by what `ask_if` then asks; where that cannot be ruled out, it counts as so.
    """
    tree = ground.when.tree
    counted = _CountedTruth(names, tree)
    read = [question for question in names.questions.values() if question.id in names.depends_on(tree)]
    trees = [tree, *(question.ask_if.tree for question in read if question.ask_if)]
    answers = every_answer(names, trees)
    closing = []
    for question in read:
        if not question.strict and not question.required:
            pairs = {**answers, question.id: _pairs(answers[question.id])}
            if search(pairs, partial(_closes, counted, question)) is not False:
                closing.append(question.id)
    return closing


_ALREADY = "\0"
"""Put behind an option's code: ticked by somebody who is not sure about the rest, and so by whoever is sure too."""


def _pairs(answers: Answers) -> Answers:
    """For an answer left out and one given instead, all that they may be, as one."""
    if isinstance(answers, Ticks):
        codes = answers.maybe
        return Ticks(frozenset(), codes | {code + _ALREADY for code in codes})
    return tuple(answer for answer in answers if answer is not None)


def _closes(counted: _CountedTruth, question: Question, pairs: Mapping[str, Answers]) -> bool | None:
    """Whether the ground is false without an answer to the question, and true with it."""
    pair = pairs[question.id]
    if isinstance(pair, Ticks):
        sure = frozenset(map(_bare, pair.sure))
        left_out: Answers = Ticks(_already(pair.sure), _already(pair.maybe), frozenset({True}))
        ticks: Answers = Ticks(sure, frozenset(map(_bare, pair.maybe)) - sure)
    else:
        left_out, ticks = (None,), pair
    without = counted.truth({**pairs, question.id: left_out})
    if False not in without:
        return False
    answered = counted.truth({**pairs, question.id: ticks})
    if True not in answered:
        return False
    return True if len(without) == len(answered) == 1 else None


def _already(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(_bare(code) for code in codes if code.endswith(_ALREADY))


def _bare(code: str) -> str:
    return code.removesuffix(_ALREADY)


class _CountedTruth:
    """What a ground may be once `ask_if` has decided, in the order asked, which answers count.

    A search splits one question at a time, so most of what is read has been read before: it is remembered, by the
    numbers of the answers that it reads.
    """

    def __init__(self, names: SymbolTable, tree: Node) -> None:
        self._names = names
        self._tree = tree
        self._memory = Memory()
        self._reads: dict[str, tuple[str, ...]] = {}
        self._counted: dict[tuple[str, int, tuple[int, ...]], tuple[Answers, int]] = {}
        self._truths: dict[tuple[int, ...], Truths] = {}

    def truth(self, answers: Mapping[str, Answers]) -> Truths:
        """For sets of answers, in the order asked."""
        counted: dict[str, Answers] = {}
        numbers: dict[str, int] = {}
        for name, possible in answers.items():
            counted[name], numbers[name] = possible, self._memory.number(possible)
            ask_if = self._names.questions[name].ask_if
            if ask_if:
                key = name, numbers[name], self._read(name, ask_if.tree, numbers)
                if key not in self._counted:
                    counting = self._counting(self._names.questions[name], counted)
                    self._counted[key] = counting, self._memory.number(counting)
                counted[name], numbers[name] = self._counted[key]
        read = self._read("", self._tree, numbers)
        if read not in self._truths:
            self._truths[read] = Reading(self._names, counted, self._memory).truth(self._tree)
        return self._truths[read]

    def _read(self, whose: str, tree: Node, numbers: Mapping[str, int]) -> tuple[int, ...]:
        """The numbers of the answers that a condition reads, but for those asked later."""
        if whose not in self._reads:
            self._reads[whose] = tuple(self._names.questions_in(tree) & numbers.keys())
        return tuple([numbers[name] for name in self._reads[whose]])

    def _counting(self, question: Question, counted: Mapping[str, Answers]) -> Answers:
        """What counts of the answers to a question that may be asked, after what was asked before it."""
        answers = counted[question.id]
        asked = Reading(self._names, counted, self._memory).truth(question.ask_if.tree) if question.ask_if else {True}
        counts = [answers] if False not in asked else [_counts_unasked(question)]
        return reduce(_either, [answers, *counts] if len(asked) > 1 else counts)
