"""Expressions of a rule file as sentences: labels for questions, texts for options, units for numbers.

A value stands in square brackets, by its label or its id: what it means is said where values are listed. For people who
have no such list, whoever asks says how each is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import N_, Language

_COMPARED: Mapping[str, str] = {
    ">=": N_("%(left)s is %(right)s or more"),
    ">": N_("%(left)s is more than %(right)s"),
    "<=": N_("%(left)s is %(right)s or less"),
    "<": N_("%(left)s is less than %(right)s"),
    "==": N_("%(left)s is %(right)s"),
    "!=": N_("%(left)s is not %(right)s"),
}
_SINCE: Mapping[Elapsed, str] = {
    Elapsed.DAYS: N_("the full days since %(what)s"),
    Elapsed.MONTHS: N_("the full months since %(what)s"),
    Elapsed.YEARS: N_("the full years since %(what)s"),
}
_AGO: Mapping[str, str] = {
    ">=": N_("%(what)s was %(time)s ago or more"),
    ">": N_("%(what)s was more than %(time)s ago"),
    "<=": N_("%(what)s was %(time)s ago or less"),
    "<": N_("%(what)s was less than %(time)s ago"),
    "==": N_("%(what)s was %(time)s ago, in full"),
    "!=": N_("%(what)s was not %(time)s ago, in full"),
}
"""How it is said how long ago a date is."""
_TIMES: Mapping[Elapsed, tuple[str, str]] = {
    Elapsed.DAYS: (N_("%(number)s day"), N_("%(number)s days")),
    Elapsed.MONTHS: (N_("%(number)s month"), N_("%(number)s months")),
    Elapsed.YEARS: (N_("%(number)s year"), N_("%(number)s years")),
}
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
"""The operator that says the same with the sides changed."""
_OUTCOME: Mapping[str, str] = {"category": N_("the category"), "underlying": N_("the underlying category")}
_EXTREMES: Mapping[str, str] = {
    "min": N_("the least of %(numbers)s"),
    "max": N_("the greatest of %(numbers)s"),
}
_SIGNS = {"*": "×", "/": "÷", "+": "+", "-": "−"}
_IN_BRACKETS = (ex.Arithmetic, ex.Conditional, ex.Extreme, ex.Round, ex.Power)
"""Numbers that stand in brackets where they are part of another one."""
_COMPOUND = (ex.And, ex.Or, ex.Conditional)


def expression_sentence(tree: ex.Node, rule_set: RuleSet, language: Language) -> str:
    """An expression as a sentence, with a capital letter and without a full stop."""
    return as_sentence(Expressions(rule_set, language).in_words(tree))


def as_sentence(words: str) -> str:
    """With a capital letter."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Expressions:
    """Says the expressions of one rule set in one language."""

    rule_set: RuleSet
    language: Language
    values: Mapping[str, str] | None = None
    """How each value is told, by id; None: in square brackets."""

    def in_words(self, node: ex.Node) -> str:  # noqa: C901 - one case a kind of node
        """A part of an expression in words."""
        say = self.language.gettext
        match node:
            case ex.And(operands=operands):
                return say(", and ").join(map(self._in_brackets, operands))
            case ex.Or(operands=operands):
                return say(", or ").join(map(self._in_brackets, operands))
            case ex.Not(operand=operand):
                return self._denial(operand)
            case ex.Definitely(operand=operand):
                return say("%(what)s, for certain", what=self._in_brackets(operand))
            case ex.Possibly(operand=operand):
                return say("%(what)s, or that is not known", what=self._in_brackets(operand))
            case ex.Known(subject=subject):
                return say("%(what)s is known", what=self._name(subject.name))
            case ex.Membership(subject=subject):
                return say("%(what)s is %(options)s", what=self._name(subject.name), options=self._any(node))
            case ex.AnyOf():
                return self._tick_test(node)
            case ex.MayBe(category=category):
                return say("the category may be %(name)s", name=self._category(category))
            case ex.Holds(ground=ground):
                return say("the ground [%(name)s] holds", name=ground)
            case ex.Comparison():
                return self._comparison(node)
            case (
                ex.Name()
                | ex.Unknown()
                | ex.Conditional()
                | ex.Number()
                | ex.Arithmetic()
                | ex.SquareRoot()
                | ex.Score()
                | ex.Since()
                | ex.Sum()
                | ex.Extreme()
                | ex.Round()
                | ex.Power()
            ):
                return self._number(node)
            case _:
                assert_never(node)

    def _number(self, node: ex.OnlyNumber | ex.ConditionOrNumber) -> str:  # noqa: C901 - one case a node
        """What stands for a number, or for a value that is true or false."""
        say = self.language.gettext
        match node:
            case ex.Name(name=name):
                return self._name(name)
            case ex.Number(value=value):
                return self.language.number(value)
            case ex.Unknown():
                return say("not known")
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return f"{self._factor(left)} {_SIGNS[operator]} {self._factor(right)}"
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                return say(
                    "%(then)s where %(test)s; otherwise %(otherwise)s",
                    then=self._in_brackets(then),
                    test=self._in_brackets(test),
                    otherwise=self._in_brackets(otherwise),
                )
            case ex.SquareRoot(operand=operand):
                return say("the square root of %(number)s", number=self._factor(operand))
            case ex.Extreme(which=which, operands=operands):
                return say(_EXTREMES[which], numbers=self.language.all_of([self._factor(part) for part in operands]))
            case ex.Round(operand=operand, digits=digits):
                return self._to_digits(self._factor(operand), digits)
            case ex.Power(base=base, exponent=exponent):
                number, power = self._factor(base), self._factor(exponent)
                return say("%(number)s to the power of %(exponent)s", number=number, exponent=power)
            case ex.Score(subject=subject):
                return say("the score of %(what)s", what=self._name(subject.name))
            case ex.Since(subject=subject, unit=unit):
                return say(_SINCE[unit], what=self._name(subject.name))
            case ex.Sum(operands=operands):
                return say(
                    "the sum of %(numbers)s",
                    numbers=self.language.all_of([self.in_words(operand) for operand in operands]),
                )
            case _:
                assert_never(node)

    def _to_digits(self, number: str, digits: int) -> str:
        say = self.language
        match digits:
            case 0:
                return say.gettext("%(number)s, rounded to a whole number", number=number)
            case _ if digits > 0:
                return say.ngettext(
                    "%(what)s, rounded to %(number)s digit after the point",
                    "%(what)s, rounded to %(number)s digits after the point",
                    digits,
                    what=number,
                )
            case _:
                step = say.number(Decimal(10) ** -digits)
                return say.gettext("%(number)s, rounded to a multiple of %(step)s", number=number, step=step)

    def _in_brackets(self, node: ex.Node) -> str:
        if isinstance(node, ex.Conditional) and isinstance(node.then, ex.Unknown):
            number, test = self._in_brackets(node.otherwise), self._in_brackets(node.test)
            return self.language.gettext("%(number)s (not counted where %(test)s)", number=number, test=test)
        return f"({self.in_words(node)})" if isinstance(node, _COMPOUND) else self.in_words(node)

    def _factor(self, node: ex.Node) -> str:
        return f"({self.in_words(node)})" if isinstance(node, _IN_BRACKETS) else self.in_words(node)

    def _denial(self, operand: ex.Node) -> str:  # noqa: C901 - one case a node
        """The contrary of a part."""
        say = self.language.gettext
        match operand:
            case ex.Known(subject=subject):
                return say("%(what)s is not known", what=self._name(subject.name))
            case ex.Membership(subject=subject):
                return say("%(what)s is not %(options)s", what=self._name(subject.name), options=self._any(operand))
            case ex.Definitely(operand=certain):
                return say("not for certain: %(what)s", what=self._in_brackets(certain))
            case ex.Possibly(operand=possible):
                return say("for certain not: %(what)s", what=self._in_brackets(possible))
            case ex.MayBe(category=category):
                return say("the category cannot be %(name)s", name=self._category(category))
            case ex.Holds(ground=ground):
                return say("the ground [%(name)s] does not hold", name=ground)
            case ex.Or():
                return say("none of this: %(what)s", what=self._in_brackets(operand))
            case ex.Not() | ex.And() | ex.Comparison() | ex.AnyOf() | ex.Name() | ex.Unknown() | ex.Conditional():
                return say("not: %(what)s", what=self._in_brackets(operand))
            case ex.Number() | ex.Score() | ex.Since() | ex.Arithmetic() | ex.SquareRoot() | ex.Sum():
                raise TypeError(operand)
            case ex.Extreme() | ex.Round() | ex.Power():
                raise TypeError(operand)
            case _:
                assert_never(operand)

    def _comparison(self, node: ex.Comparison) -> str:
        left, operator, right = node.left, node.operator, node.right
        if isinstance(left, ex.Number):
            left, operator, right = right, _TURNED.get(operator, operator), left
        if isinstance(left, ex.Since) and isinstance(right, ex.Number) and right.value == int(right.value) > 0:
            time = self.language.ngettext(*_TIMES[left.unit], int(right.value))
            return self.language.gettext(_AGO[operator], what=self._name(left.subject.name), time=time)
        return self.language.gettext(
            _COMPARED[operator], left=self._in_brackets(left), right=self._with_unit(right, beside=left)
        )

    def _with_unit(self, node: ex.Node, beside: ex.Node) -> str:
        """A number with the unit of the question that it is compared with."""
        question = self.rule_set.question.get(beside.name) if isinstance(beside, ex.Name) else None
        words = self._in_brackets(node)
        return (
            f"{words} {question.stored_unit.behind(node.value)}" if question and isinstance(node, ex.Number) else words
        )

    def _name(self, name: str) -> str:
        if name in self.rule_set.question:
            return self.rule_set.question[name].label
        if name in self.rule_set.value:
            if self.values is not None:
                return self.values[name]
            return f"[{self.rule_set.value[name].label or name}]"
        return self.language.gettext(_OUTCOME[name])

    def _category(self, name: str) -> str:
        return f"“{self.rule_set.category[name].name}”"

    def _options(self, node: ex.Membership | ex.AnyOf) -> list[str]:
        """The texts of options in the order of the question, or the names of categories."""
        chosen = set(node.options)
        question = self.rule_set.question.get(node.subject.name)
        if question is None:
            return [self._category(category.id) for category in self.rule_set.categories if category.id in chosen]
        return [f"“{option.repeat or option.text}”" for option in question.options if option.code in chosen]

    def _any(self, node: ex.Membership) -> str:
        return self.language.any_of(self._options(node))

    def _tick_test(self, node: ex.AnyOf) -> str:
        options = self._options(node)
        message = (
            N_("%(what)s: %(options)s is ticked")
            if len(options) == 1
            else N_("%(what)s: at least one of %(options)s is ticked")
        )
        return self.language.gettext(message, what=self._name(node.subject.name), options=self.language.any_of(options))
