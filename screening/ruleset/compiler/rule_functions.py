"""The generated Python functions of one rule set, made once from their source text.

They work on plain answers: a dictionary that holds every question (see `compiling` for the forms).
`decide` and `explain` take settled answers as given; `effective` applies `ask_if`; the others take
what `effective` made.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from typing import Any

from screening.ruleset.compiler.completions.completion_plan import CompletionPlan, plan_completions
from screening.ruleset.compiler.function_author import Author, SpanAuthor
from screening.ruleset.compiler.generated import Functions, Supposing
from screening.ruleset.compiler.numbers.exact_spans import Spanned, point
from screening.ruleset.compiler.source.constants import Constants
from screening.ruleset.compiler.source.span_code import BoundedNames, SpanWriter, unless_bounds
from screening.ruleset.compiler.source.statements import Writer
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import State, Witness
from screening.ruleset.model.expression import Node
from screening.ruleset.model.rule_set import RuleSet


def compile_functions(rule_set: RuleSet, plan: CompletionPlan, off: AbstractSet[str]) -> Functions:
    """Generate and compile the functions of a checked rule set; the questions in `off` are never asked.

    They read answer sets that hold bounds by a second set of functions, compiled when one is first met.
    """
    exact = _compile(Author(rule_set, plan, Constants(), off))
    spanned = cache(lambda: _compile(SpanAuthor(rule_set, plan_completions(rule_set, bounded=True), Constants(), off)))
    settled = len(exact.settled_order)

    def settle_spanned(settle: Callable[[State], dict[str, Witness]]) -> Callable[[State], dict[str, Witness]]:
        return lambda answers: {name: witness[:settled] for name, witness in settle(answers).items()}

    def settle_after(category: str) -> Callable[[State], dict[str, Witness]]:
        return unless_bounds(exact.settle_after[category], lambda: settle_spanned(spanned().settle_after[category]))

    return replace(
        exact,
        effective=unless_bounds(exact.effective, lambda: spanned().effective),
        settle=unless_bounds(exact.settle, lambda: settle_spanned(spanned().settle)),
        settle_after={category: settle_after(category) for category in exact.settle_after},
        observe=unless_bounds(exact.observe, lambda: spanned().observe),
        values=unless_bounds(exact.values, lambda: spanned().values),
        notes=unless_bounds(exact.notes, lambda: spanned().notes),
    )


def _compile(author: Author) -> Functions:
    rule_set, plan, constants = author.rule_set, author.plan, author.constants
    order = tuple(name for group in plan.loops for name in group.questions)
    lines = [
        *author.decide(),
        *author.explain(),
        *author.effective(),
        *author.settle("settle", plan.rules),
        *(
            line
            for index, rule in enumerate(plan.rules)
            if any(ground.otherwise for ground in rule.grounds)
            for line in author.settle(f"settle_after_{rule.category}", plan.rules[index + 1 :])
        ),
        *author.observe(),
        *author.values(),
        *author.notes(),
    ]
    source = "\n".join([*constants.functions(), *lines])
    namespace: dict[str, object] = dict(constants.by_name)
    exec(compile(source, f"<rule set {rule_set.id}>", "exec"), namespace)  # noqa: S102 - our own text, literals by repr
    after = {
        name.removeprefix("settle_after_"): function
        for name, function in namespace.items()
        if name.startswith("settle_after_")
    }
    parts = {
        name: namespace[name] for name in ("decide", "explain", "effective", "settle", "observe", "values", "notes")
    }
    return Functions(source, order, author.thresholds, settle_after=after, **parts)  # type: ignore[arg-type]


def compile_condition(
    rule_set: RuleSet, condition: Node, mode: EvaluationMode = EvaluationMode.GIVEN
) -> Callable[..., bool]:
    """One condition as a function of the same arguments as `Functions.notes`; of a guarantee for settled answers."""
    names = SymbolTable.of(rule_set)

    def compiled(writer: Writer) -> Callable[..., bool]:
        writer.prepare(condition)
        writer.line(f"return bool({writer.true(condition)})")
        head = "def shown(a, category, underlying, possible, holding):"
        source = "\n".join([*writer.constants.functions(), head, *writer.lines])
        namespace: dict[str, object] = dict(writer.constants.by_name)
        exec(compile(source, f"<text of {rule_set.id}>", "exec"), namespace)  # noqa: S102 - our own text, literals by repr
        return namespace["shown"]  # type: ignore[return-value]

    exact = compiled(Writer(names, Constants(), mode))
    return unless_bounds(exact, lambda: compiled(SpanWriter(BoundedNames.like(names), Constants(), mode)))


def compile_number(rule_set: RuleSet, number: Node) -> Callable[[State], Spanned]:
    """A number as a function of answers that count, exactly; None where it is unknown."""
    names = SymbolTable.of(rule_set)
    exact = _compile_number(rule_set, number, Writer(names, Constants(), EvaluationMode.GIVEN))
    return unless_bounds(
        lambda answers: point(exact(answers)),
        lambda: _compile_number(
            rule_set, number, SpanWriter(BoundedNames.like(names), Constants(), EvaluationMode.GIVEN)
        ),
    )


def _compile_number(rule_set: RuleSet, number: Node, writer: Writer) -> Callable[[State], Any]:
    constants = writer.constants
    writer.prepare(number)
    writer.line(f"return {writer.exact_number(number)}")
    source = "\n".join([*constants.functions(), "def number(a):", *writer.lines])
    namespace: dict[str, object] = dict(constants.by_name)
    exec(compile(source, f"<number of {rule_set.id}>", "exec"), namespace)  # noqa: S102 - our own text, literals by repr
    return namespace["number"]  # type: ignore[return-value]


def compile_supposing(rule_set: RuleSet, plan: CompletionPlan, off: AbstractSet[str]) -> Supposing:
    """A function that says what would be possible, were values known that the answers leave unknown."""

    def spanned() -> Supposing:
        bounded = plan_completions(rule_set, values_vary=True, bounded=True)
        return _compile_supposing(SpanAuthor(rule_set, bounded, Constants(), off, supposed=True))

    return unless_bounds(_compile_supposing(Author(rule_set, plan, Constants(), off, supposed=True)), spanned)


def _compile_supposing(author: Author) -> Supposing:
    constants, plan, rule_set = author.constants, author.plan, author.rule_set
    source = "\n".join(
        [
            *author.effective(),
            *author.settle("settle", plan.rules),
            "def supposing(a, o): return frozenset(settle(effective(a, o)[0], o))",
            *constants.functions(),  # last: the lines above ask for them
        ]
    )
    namespace: dict[str, object] = dict(constants.by_name)
    exec(compile(source, f"<supposing in {rule_set.id}>", "exec"), namespace)  # noqa: S102 - our own text, literals by repr
    return namespace["supposing"]  # type: ignore[return-value]
