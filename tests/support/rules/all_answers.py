"""What guarantees say, tried on every answer set and every pair of them: an independent judge of what is proved.

Written for the tests alone, from what `rules/README.md` says of each kind, over the brute force that interprets
expressions: nothing of the formulas, the solver or the engine is used. Of bounds some are tried of each number, and of
numbers that rules complete one at a time, as of more the engine tries pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product
from random import Random
from typing import TypeGuard

from screening.ruleset.language.evaluation_mode import is_nothing
from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import INFINITY, Bound
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Expression
from tests.support.rules.bounded import BoundedBruteForce, BoundedReading
from tests.support.rules.brute_force import BruteForce, subsets
from tests.support.rules.interpreter import Given, Reading
from tests.support.rules.told_documents import ToldDocuments

AnswerSet = dict[str, Given]
MOST_BOUNDED = 40
"""So many answer sets that hold bounds are tried, beside all others."""
NOTHING = (None, frozenset({None}))
"""Answers of which nothing is known."""
RESULTS = (None, *map(Decimal, ("-100", "-1", "0", "0.5", "1", "2", "2.5", "3", "5", "7.25", "8.5", "100")))
"""Results that a number may be set to; those of conditions are "true", "false" and None."""


def accepted(question: Question) -> list[Given]:
    """Every answer to a question that the form accepts."""
    match question.type:
        case QuestionType.NUMBER:
            found: list[Given] = [*numbers(question)]
        case QuestionType.TEXT:
            found = [WRITTEN]
        case QuestionType.CHOICE:
            found = [*question.option]
        case QuestionType.SEVERAL:
            ticks = list(subsets(code for code, option in question.option.items() if not option.exclusive))
            sure = [ticked for ticked in ticks if ticked or question.exclusive_codes]
            return [*sure, *(ticked | {None} for ticked in ticks)]
    return found if question.required else [*found, None]


def numbers(question: Question) -> list[Decimal]:
    """Every number that can be typed in some unit, in the stored unit."""
    found: set[Decimal] = set()
    for unit in question.units:
        size = Decimal(1).scaleb(-unit.decimals)
        count = unit.minimum
        while count <= unit.maximum:
            found.add(count * unit.factor)
            count += size
    return sorted(found)


def bounds(question: Question) -> list[Bound]:
    """Every bound that can be typed, as the rules read it; of two units both have numbers below zero, or none has."""
    found: list[Bound] = []
    least = -INFINITY if any(unit.minimum < 0 for unit in question.units) else Decimal(0)
    for number in numbers(question):
        found += [Bound(number, INFINITY, is_open, True) for is_open in (True, False)]
        below = [Bound(least, number, not least.is_finite(), is_open) for is_open in (True, False)]
        found += [bound for bound in below if bound.low < bound.high or not bound.high_open]
    return found


def same(one: Given, other: Given) -> bool:
    """Whether two answers are the same; a bound is never an exact number."""
    return isinstance(one, Bound) == isinstance(other, Bound) and one == other


def is_above(one: Given, other: Given) -> bool:
    """Whether a number or bound is higher than another one: no end of it is lower, and one is higher."""
    ends = [
        answer if isinstance(answer, Bound) else Bound(answer, answer, False, False)
        for answer in (one, other)
        if is_number_given(answer)
    ]
    if len(ends) < 2:
        return False
    lows = [(answer.low, answer.low_open) for answer in ends]
    highs = [(answer.high, not answer.high_open) for answer in ends]
    return lows[0] >= lows[1] and highs[0] >= highs[1] and (lows, highs) != (lows[::-1], highs[::-1])


def is_number_given(value: Given) -> TypeGuard[Decimal | Bound]:
    """Whether an answer is a number, or a bound."""
    return isinstance(value, Decimal | Bound)


def constant(result: Given) -> ex.Node:
    """What a value is set to, as an expression."""
    if isinstance(result, Decimal):
        return ex.Number(result)
    one = ex.Number(Decimal(1))
    return ex.Unknown() if result is None else ex.Comparison(one, "==" if result == "true" else "!=", one)


class AllAnswers:
    """Every answer set of one rule set, with some parts off."""

    def __init__(self, rule_set: RuleSet, parts_off: frozenset[str], bounds_each: int = 0, seed: int = 0) -> None:
        """`bounds_each`: how many bounds are tried of each number, drawn by a seed."""
        self.rule_set = rule_set
        self._exact = BruteForce(rule_set, parts_off)
        self._bounded = BoundedBruteForce(rule_set, parts_off)
        self._chance, self._bounds_each = Random(seed), bounds_each
        self.parts_off = parts_off
        self._possible: dict[tuple[Given, ...], frozenset[str]] = {}
        self._spoken: dict[tuple[object, ...], list[tuple[bool, bool, str]]] = {}
        self._told: dict[tuple[Given, ...], str] = {}

    @cached_property
    def documents(self) -> ToldDocuments:
        return ToldDocuments(self.rule_set, self.parts_off)

    @cached_property
    def every(self) -> list[AnswerSet]:
        """Every answer set that the form accepts whose numbers are exact, and some of the others."""
        tried = {question.id: self.tried(question) for question in self.rule_set.questions}
        every = (dict(zip(tried, chosen, strict=True)) for chosen in product(*tried.values()))
        gone_through = [answers for answers in every if self.is_gone_through(answers)]
        bounded = [answers for answers in gone_through if self.brute(answers) is self._bounded]
        exact = [answers for answers in gone_through if self.brute(answers) is self._exact]
        return [*exact, *self._chance.sample(bounded, min(MOST_BOUNDED, len(bounded)))]

    def tried(self, question: Question) -> list[Given]:
        """The answers that are tried to a question: every one but for bounds, of which some are."""
        if question.type is not QuestionType.NUMBER or not self._bounds_each:
            return accepted(question)
        if question.id not in self._tried:
            listed = bounds(question)
            drawn = self._chance.sample(listed, min(self._bounds_each, len(listed)))
            self._tried[question.id] = [*accepted(question), *drawn]
        return self._tried[question.id]

    @cached_property
    def _tried(self) -> dict[str, list[Given]]:
        return {}

    def is_gone_through(self, answers: AnswerSet) -> bool:
        """Whether the engine tries all completions: one number at most is both a bound and completed, others known."""
        numbers = [question for question in self.rule_set.questions if question.type is QuestionType.NUMBER]
        completed = [answers[question.id] for question in numbers if question.strict or question.required]
        found = sum(isinstance(answer, Bound) for answer in completed)
        return found == 0 or (found == 1 and None not in completed)

    def brute(self, answers: AnswerSet) -> BruteForce:
        """The judge of an answer set."""
        return self._bounded if any(isinstance(answer, Bound) for answer in answers.values()) else self._exact

    # --- one answer set ---

    def key(self, answers: AnswerSet) -> tuple[Given, ...]:
        return tuple(answers[name] for name in self.rule_set.question)

    def possible(self, answers: AnswerSet) -> frozenset[str]:
        """The possible categories."""
        key = self.key(answers)
        if key not in self._possible:
            self._possible[key] = self.brute(answers).possible(answers)
        return self._possible[key]

    def category(self, answers: AnswerSet) -> str:
        """The only possible category, or the undetermined one."""
        possible = self.possible(answers)
        return next(iter(possible)) if len(possible) == 1 else self.rule_set.undetermined.category

    def severity(self, answers: AnswerSet) -> int | None:
        return self.rule_set.category[self.category(answers)].severity

    def is_milder(self, answers: AnswerSet, changed: AnswerSet) -> bool:
        """Whether the changed answers give a milder category than the others."""
        one, other = self.severity(answers), self.severity(changed)
        return one is not None and other is not None and other < one

    def is_open(self, name: str, answers: AnswerSet) -> bool:
        """Whether the answer that counts to a question leaves something open."""
        counted, question = self.brute(answers).counted(answers)[0][name], self.rule_set.question[name]
        if isinstance(counted, frozenset):
            return None in counted
        return counted is None or any(option.leaves_open for option in question.options if option.code == counted)

    def completions(self, guarantee: Guarantee, answers: AnswerSet) -> list[tuple[bool, str]]:
        """Every completion: whether the guarantee speaks of it, and each category that it gives."""
        return [(may_speak, given) for may_speak, _, given in self._completions(guarantee, answers)]

    def _completions(self, guarantee: Guarantee, answers: AnswerSet) -> list[tuple[bool, bool, str]]:
        """The same, with whether that is certain."""
        when, except_when = guarantee.when, guarantee.except_when
        key = (when and when.text, except_when and except_when.text, *self.key(answers))
        if key not in self._spoken:
            brute = self.brute(answers)
            self._spoken[key] = [
                (
                    self._truth(when, state, otherwise=True) is True
                    and self._truth(except_when, state, otherwise=False) is not True,
                    self._truth(when, state, otherwise=True) is True
                    and self._truth(except_when, state, otherwise=False) is False,
                    given,
                )
                for state in brute.completions(brute.counted(answers)[0])
                for given in self._given(brute, state)
            ]
        return self._spoken[key]

    def _given(self, brute: BruteForce, complete: Mapping[str, Given]) -> Iterable[str]:
        if isinstance(brute, BoundedBruteForce):
            return set(brute.may_decide(complete, self.rule_set.rules))
        return [brute.decided(complete, self.rule_set.rules)]

    def _truth(self, condition: Expression | None, complete: Mapping[str, Given], *, otherwise: bool) -> bool | None:
        if condition is None:
            return otherwise
        reads = BoundedReading if any(isinstance(answer, Bound) for answer in complete.values()) else Reading
        reading = reads(self.rule_set, complete)
        reading.holding = [ground.id for ground in self.rule_set.grounds if reading.truth(ground.when.tree)]
        return reading.truth(condition.tree)

    def may_speak(self, guarantee: Guarantee, answers: AnswerSet) -> bool:
        return any(spoken for spoken, _ in self.completions(guarantee, answers))

    def surely_speaks(self, guarantee: Guarantee, answers: AnswerSet) -> bool:
        return all(surely for _, surely, _ in self._completions(guarantee, answers))

    # --- what is told ---

    def told(self, answers: AnswerSet) -> str:
        """All that the Document of an answer set says."""
        key = self.key(answers)
        if key not in self._told:
            self._told[key] = self.documents.told(answers)
        return self._told[key]

    def is_shown(self, guarantee: Guarantee, answers: AnswerSet) -> bool:
        """Whether a guarantee's condition holds as answers are given, and one of its texts stands in the Document."""
        brute = self.brute(answers)
        outcome = brute.outcome(answers)
        underlying = outcome.underlying.category if outcome.underlying else None
        counted = brute.counted(answers)[0]
        reading = brute.reads(self.rule_set, counted, outcome.category, underlying, outcome.possible, outcome.grounds)
        when, except_when = guarantee.when, guarantee.except_when
        included = when is None or reading.truth(when.tree) is True
        if not included or (except_when is not None and reading.truth(except_when.tree) is True):
            return False
        said = self.told(answers)
        return any(text in said for text in texts_meant(self.rule_set, guarantee))

    # --- what is looked for: what breaks a guarantee, or shows it where it says what can happen ---

    def found(self, guarantee: Guarantee) -> bool:
        """Whether some answer set, or pair, is what is looked for."""
        if guarantee.kind == "never_decides":
            return any(
                self.is_found(guarantee, {**answers, guarantee.value: one}, {**answers, guarantee.value: other})
                for answers in self.every
                for one, other in combinations(self.results(guarantee), 2)
            )
        if guarantee.kind == "interrupt_kept":
            return any(
                self.is_found(guarantee, said, {**said, name: later})
                for answers in self.every
                for said in self.said(answers)
                for name in answers.keys() - said.keys()
                for later in self.tried(self.rule_set.question[name])
            )
        return any(
            self.is_found(guarantee, answers, other)
            for answers in self.every
            for other in self.others(guarantee, answers)
        )

    def said(self, answers: AnswerSet) -> Iterator[AnswerSet]:
        """The same answers with nothing said to some of the questions of which nothing is known."""
        unknown = [name for name, answer in answers.items() if answer in NOTHING]
        for size in range(len(unknown) + 1):
            for left_out in combinations(unknown, size):
                yield {name: answer for name, answer in answers.items() if name not in left_out}

    def results(self, guarantee: Guarantee) -> Sequence[Given]:
        value = self.rule_set.value[guarantee.value]
        tree = value.expression.tree
        if is_nothing(tree, SymbolTable.of(self.rule_set)):
            return ()
        results: Sequence[Given] = RESULTS if is_number(tree, self.rule_set) else (None, "true", "false")
        return results if SymbolTable.of(self.rule_set).may_be_unknown(tree, Setting.RULE) else results[1:]

    def others(self, guarantee: Guarantee, answers: AnswerSet) -> Iterable[AnswerSet]:
        """The answer sets to be compared with one; of a kind that speaks of one alone, itself."""
        if guarantee.kind in ("implies", "never_with", "keeps_possible", "reachable", "never_shown"):
            return [answers]
        names = [guarantee.question] if guarantee.question else [*guarantee.questions, *guarantee.options]
        changed = ({**answers, name: answer} for name in names for answer in self.tried(self.rule_set.question[name]))
        return filter(self.is_gone_through, changed)

    def is_found(  # noqa: C901 - one case a kind
        self, guarantee: Guarantee, answers: AnswerSet, changed: AnswerSet
    ) -> bool:
        """Whether an answer set, or pair, is what is looked for."""
        match guarantee.kind:
            case "implies":
                return any(
                    spoken and given not in guarantee.then for spoken, given in self.completions(guarantee, answers)
                )
            case "never_with" if not guarantee.unsure:
                return any(
                    spoken and given in guarantee.never for spoken, given in self.completions(guarantee, answers)
                )
            case "never_with":
                return (
                    any(self.is_open(name, answers) for name in guarantee.unsure)
                    and self.category(answers) in guarantee.never
                    and self.may_speak(guarantee, answers)
                )
            case "keeps_possible":
                return (
                    any(self.is_open(name, answers) for name in guarantee.unsure)
                    and not self.possible(answers).issuperset(guarantee.categories)
                    and self.may_speak(guarantee, answers)
                )
            case "reachable":
                given = self.category(answers) in guarantee.categories
                return given and self.surely_speaks(guarantee, answers)
            case "unaffected_by":
                return (
                    self.differ_as_named(guarantee, answers, changed)
                    and self.category(answers) != self.category(changed)
                    and (self.may_speak(guarantee, answers) or self.may_speak(guarantee, changed))
                )
            case "never_decides":
                return self.decided(guarantee, answers, changed)
            case "interrupt_kept":
                return self.taken_back(answers, changed)
            case "never_shown":
                return self.is_shown(guarantee, answers)
            case "same_as_unsure":
                return (
                    any(
                        answers[name] in codes and answers == {**changed, name: answers[name]} and changed[name] is None
                        for name, codes in guarantee.options.items()
                    )
                    and self.possible(answers) != self.possible(changed)
                    and self.may_speak(guarantee, answers)
                )
            case _:
                speaks = self.surely_speaks if guarantee.kind == "can_be_milder" else self.may_speak
                return (
                    self.differ_as_named(guarantee, answers, changed)
                    and self.is_milder(answers, changed)
                    and speaks(guarantee, answers)
                )

    def differ_as_named(self, guarantee: Guarantee, answers: AnswerSet, changed: AnswerSet) -> bool:
        """Whether two answer sets share every answer but the one that a guarantee names, which differs as it says."""
        differing = [name for name in answers if not same(answers[name], changed[name])]
        if len(differing) != 1:
            return False
        [name] = differing
        before, after = answers[name], changed[name]
        if guarantee.kind == "unaffected_by":
            codes = guarantee.options.get(name, ())
            return name in guarantee.questions or any(self.is_option(name, code, before, after) for code in codes)
        if name != guarantee.question:
            return False
        if guarantee.direction:
            return is_above(after, before) if guarantee.direction == "up" else is_above(before, after)
        if guarantee.kind == "never_milder_unknown" or guarantee.forgotten:
            return before not in NOTHING and after in NOTHING
        if isinstance(before, frozenset):
            return any(self.is_ticked(name, code, before, after) for code in guarantee.to)
        ordered = guarantee.order
        in_order = before in ordered and after in ordered and ordered.index(str(before)) < ordered.index(str(after))
        return in_order or (before in guarantee.changed_from and after in guarantee.to)

    def is_option(self, name: str, code: str, before: Given, after: Given) -> bool:
        """Whether two answers differ in that an option was chosen; of several choices, in its tick alone."""
        if isinstance(before, frozenset):
            return self.is_ticked(name, code, before, after) or self.is_ticked(name, code, after, before)
        return code in (before, after)

    def is_ticked(self, name: str, code: str, before: Given, after: Given) -> bool:
        """Whether one more option was ticked; one that excludes the others stands alone."""
        assert isinstance(before, frozenset)
        assert isinstance(after, frozenset)
        if code in self.rule_set.question[name].exclusive_codes:
            return after == frozenset() != before
        return code not in before and after == before | {code}

    def decided(self, guarantee: Guarantee, answers: AnswerSet, changed: AnswerSet) -> bool:
        """Whether two results of a value, which stand beside the answers, give two of the categories."""
        given, one = [], {name: answer for name, answer in answers.items() if name in self.rule_set.question}
        for result in (answers.get(guarantee.value), changed.get(guarantee.value)):
            values = tuple(
                replace(value, expression=Expression("", constant(result))) if value.id == guarantee.value else value
                for value in self.rule_set.values
            )
            given.append(AllAnswers(replace(self.rule_set, values=values), self.parts_off).category(one))
        return given[0] != given[1] and set(given) <= set(guarantee.categories)

    def taken_back(self, answers: AnswerSet, changed: AnswerSet) -> bool:
        """Whether an interrupt is shown, and its ground holds no more once one more question was answered."""
        counted, asked = self.brute(answers).counted(answers)
        before = self.brute(answers).grounds(counted)[0]
        after = self.brute(changed).grounds(self.brute(changed).counted(changed)[0])[0]
        for ground in self.rule_set.grounds:
            waits_for = decide(self.rule_set, ground.when.tree) & asked
            if ground.interrupt and ground.id in before and waits_for <= answers.keys() and ground.id not in after:
                return True
        return False


def texts_meant(rule_set: RuleSet, guarantee: Guarantee) -> Iterator[str]:
    """The texts of a small rule file that a guarantee names, or that carry one of its topics."""
    for name, topics, texts in named_texts(rule_set):
        if name in guarantee.texts or not set(topics).isdisjoint(guarantee.topics):
            yield from texts


def named_texts(rule_set: RuleSet) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    """Every text of a small rule file with its id and topics; what stands behind `{open}` is filled in later."""
    listed = [(f"categories.{category.id}.headings", category.headings) for category in rule_set.categories]
    listed += [(f"categories.{category.id}.next_steps", category.next_steps) for category in rule_set.categories]
    listed += [(f"categories.{category.id}.ask_doctor", category.ask_doctor) for category in rule_set.categories]
    for category in rule_set.categories:
        listed += [(f"categories.{category.id}.sections.{part.id}.blocks", part.blocks) for part in category.sections]
    for kind, told in rule_set.undetermined.kinds.items():
        listed += [(f"undetermined.kinds.{kind}.headings", told.headings)]
        listed += [(f"undetermined.kinds.{kind}.texts", told.texts)]
    listed += [(f"shared.{part.id}.blocks", part.blocks) for part in rule_set.shared]
    listed += [("short_answer", rule_set.short_answer)]
    for name, blocks in listed:
        for block in blocks:
            texts = [block.text.removesuffix(" Open: {open}"), *block.items]
            yield f"{name}.{block.id}", block.topics, texts
    for rule in rule_set.rules:
        for ground in rule.grounds:
            name = f"rules.{rule.category}.grounds.{ground.id}"
            yield f"{name}.because", ground.topics, [ground.because]
            yield f"{name}.open", ground.topics, [ground.open]
    for note in rule_set.notes:
        yield f"notes.{note.id}", note.topics, [note.text]
    for claim in rule_set.claims:
        yield f"claims.{claim.id}", claim.topics, [claim.says, claim.research]
    yield "limit", (), [rule_set.limit]
    yield from ((f"tick_sheet.{index + 1}", (), [line]) for index, line in enumerate(rule_set.tick_sheet))


def decide(rule_set: RuleSet, node: ex.Node) -> set[str]:
    """The questions that an expression reads, and those that decide whether they are asked."""
    found: set[str] = set()
    pending = [node]
    while pending:
        for part in pending.pop().walk():
            if isinstance(part, ex.Name) and part.name in rule_set.value:
                pending.append(rule_set.value[part.name].expression.tree)
            elif isinstance(part, ex.Name) and part.name in rule_set.question and part.name not in found:
                found.add(part.name)
                ask_if = rule_set.question[part.name].ask_if
                pending += [ask_if.tree] if ask_if else []
    return found


def is_number(node: ex.Node, rule_set: RuleSet) -> bool:
    """Whether an expression is a number."""
    match node:
        case ex.Number() | ex.Score() | ex.Arithmetic() | ex.SquareRoot() | ex.Sum():
            return True
        case ex.Extreme() | ex.Round() | ex.Power():
            return True
        case ex.Conditional(then=then, otherwise=otherwise):
            return is_number(then, rule_set) or is_number(otherwise, rule_set)
        case ex.Name(name=name) if name in rule_set.value:
            return is_number(rule_set.value[name].expression.tree, rule_set)
        case ex.Name(name=name):
            return rule_set.question[name].type is QuestionType.NUMBER
        case _:
            return False
