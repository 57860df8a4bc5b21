"""Are the expressions of a rule set well typed, in reach of what they name, and plain about "not sure"?

Each check is one function that yields `Problem`s; `check` runs them all and returns every problem found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.ruleset.language.symbol_table import Setting, SymbolTable
from screening.ruleset.language.type_inference import UNREAD, Type, Typing
from screening.ruleset.language.unsettled import bare, unsettled_parts
from screening.ruleset.model import expression as ex
from screening.ruleset.model.parts import Context, Place, places
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet


def check(rule_set: RuleSet) -> list[Problem]:
    """Every mistake in the expressions of a rule set."""
    names = SymbolTable.of(rule_set)
    ids = [value.id for value in rule_set.values]
    cycles = [
        Problem("value.cycle", ("values", ids.index(chain[0]), "is"), values={"chain": " -> ".join(chain)})
        for chain in names.cycles()
    ]
    if cycles:
        return cycles
    checker = _Checker(rule_set, names)
    return [problem for place in places(rule_set) for problem in checker.check(place)]


class _Checker:
    def __init__(self, rule_set: RuleSet, names: SymbolTable) -> None:
        self.rule_set = rule_set
        self.names = names
        self.order = {question.id: index for index, question in enumerate(rule_set.questions)}
        self.value_types: dict[str, Type] = {}
        self.broken: set[str] = set()
        """Values with a mistake in their types, or that read one: what stands on them is checked no further."""
        for value in names.values_in_order:
            typing = Typing(rule_set, self.value_types, Context.VALUE)
            self.value_types[value.id] = typing.of(value.expression.tree)
            if typing.problems or self.reads_broken(value.expression.tree):
                self.broken.add(value.id)

    def reads_broken(self, node: ex.Node) -> bool:
        return any(isinstance(part, ex.Name) and part.name in self.broken for part in node.walk())

    def check(self, place: Place) -> Iterator[Problem]:
        """The problems of one expression; what is wrong with its types hides what depends on them."""
        typing = Typing(self.rule_set, self.value_types, place.context)
        actual = typing.of(place.expression.tree)
        if actual in UNREAD:
            typing.report(UNREAD[actual], place.expression.tree, name=place.expression.text)
        elif place.context is not Context.VALUE and actual not in (Type.CONDITION, Type.ANY):
            typing.report("type.not_a_condition", place.expression.tree, found=actual.value)
        if place.context is Context.VALUE and actual in (Type.CHOICE, Type.SEVERAL):
            typing.report("type.bare_choice", place.expression.tree, name=place.expression.text)
        found_problems = typing.problems
        if not found_problems and not self.reads_broken(place.expression.tree):
            found_problems = [
                *self.strict_inside_settled(place),
                *self.bare_unknown(place),
                *self.asked_too_late(place),
                *self.open_option_in_rule(place),
                *self.strict_numbers_compared(place),
            ]
        return (replace(problem, path=place.path) for problem in found_problems)

    def strict_inside_settled(self, place: Place) -> Iterator[Problem]:
        """In rules, grounds and values a strict question is settled already: `definitely` around it is a mistake."""
        if place.context in (Context.ASK_IF, Context.NOTE):
            return
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Definitely | ex.Possibly | ex.Known):
                inside = [problem for child in part.children() for problem in unsettled_parts(child, self.names)]
                if entangled := [problem for problem in inside if problem.code != "settled.bare"]:
                    yield entangled[0]
                    continue
                for name in part.walk():
                    if isinstance(name, ex.Name) and self.names.is_strict(name):
                        yield Problem("settled.strict", column=name.column, values={"name": name.name})

    def bare_unknown(self, place: Place) -> Iterator[Problem]:
        """All but a value must be plainly true or false: each unknown in it must be settled."""
        if place.context in (Context.GROUND, Context.GUARANTEE):
            yield from unsettled_parts(place.expression.tree, self.names)
        elif place.context is not Context.VALUE:
            for part in self.names.unknown_parts(place.expression.tree, Setting.GIVEN):
                yield replace(bare(part), code="settled.given")

    def asked_too_late(self, place: Place) -> Iterator[Problem]:
        """`ask_if` may name only what is asked before its own question."""
        if place.question is None:
            return
        own = self.order[place.question.id]
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Name):
                late = [name for name in self.names.questions_in(part) if self.order[name] >= own]
                for name in sorted(late, key=self.order.__getitem__):
                    yield Problem("ask_if.too_late", column=part.column, values={"name": name})

    def open_option_in_rule(self, place: Place) -> Iterator[Problem]:
        """A rule never sees an option that leaves others open, so naming it there cannot be meant."""
        if place.context not in (Context.GROUND, Context.GUARANTEE):
            return
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Name | ex.Membership):
                for inner in self.names.inline(part).walk():
                    if isinstance(inner, ex.Membership):
                        yield from self._open_options(inner, part.column)

    def strict_numbers_compared(self, place: Place) -> Iterator[Problem]:
        """A comparison that rules read may read one strict number: what several may be together is not gone through."""
        if place.context in (Context.ASK_IF, Context.NOTE):
            return
        for part in place.expression.tree.walk():
            if isinstance(part, ex.Comparison):
                read = sorted(self.names.questions_in(part), key=self.order.__getitem__)
                numbers = [name for name in read if self.names.is_strict_number(name)]
                if len(numbers) > 1:
                    values: dict[str, object] = {"names": numbers, "name": numbers[-1]}
                    yield Problem("strict.numbers_compared", column=part.column, values=values)

    def _open_options(self, membership: ex.Membership, column: int) -> Iterator[Problem]:
        question = self.rule_set.question[membership.subject.name]
        for code in membership.options:
            if question.option[code].leaves_open:
                yield Problem("rule.open_option", column=column, values={"option": code, "name": question.id})
