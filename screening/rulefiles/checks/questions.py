"""Do the members of questions, options and units fit together? One function a check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from screening.rulefiles.checks.quoted_options import quoted_options
from screening.rulefiles.checks.references import Check, exists
from screening.rulefiles.checks.units import limits_agree, printed_ranges, spellings_differ, two_parts, whole_units
from screening.ruleset.model.expression import Name
from screening.ruleset.model.parts import places, questions
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import Question, QuestionType, Slip, Unit
from screening.ruleset.model.rule_set import RuleSet

MOST_WRITTEN = 400
"""Characters that all texts of one file may have together."""


def check_questions(rule_set: RuleSet) -> list[Problem]:
    """Every problem that the checks below find."""
    return [problem for check in CHECKS for problem in check(rule_set)]


def open_options(rule_set: RuleSet) -> Iterator[Problem]:
    """`leaves_open` stands on an option of a strict choice and names other, definite options.

    What means "not sure" leaves open all of them; in a lenient choice it is simply unknown, and leaves nothing to name.
    """
    for question, path in questions(rule_set):
        for index, option in enumerate(question.options):
            at = (*path, "options", index, "leaves_open")
            if option.leaves_open and (not question.strict or question.type != "choice"):
                yield Problem("open.not_strict", at, values={"name": question.id})
                continue
            is_lenient_choice = question.type == "choice" and not question.strict
            says_all = is_lenient_choice or set(option.leaves_open) == set(question.complete_codes)
            if option.means_unsure and not says_all:
                others = [code for code in question.complete_codes if code != option.code]
                values: dict[str, object] = {"name": option.code, "codes": others}
                yield Problem("means_unsure.not_all", (*path, "options", index, "means_unsure"), values=values)
            for number, code in enumerate(option.leaves_open):
                yield from exists(code, question.complete_codes, "definite option", (*at, number))


def option_members(rule_set: RuleSet) -> Iterator[Problem]:
    """`exclusive`, `yields` and `group` stand where they mean something."""
    for question, path in questions(rule_set):
        groups = [group.id for group in question.groups]
        for index, option in enumerate(question.options):
            at = (*path, "options", index)
            if option.exclusive and question.type != "several":
                yield Problem("exclusive.choice", (*at, "exclusive"), values={"name": question.id})
            if option.yields and not option.exclusive:
                yield Problem("yields.not_exclusive", (*at, "yields"), values={"name": option.code})
            if option.group:
                yield from exists(option.group, groups, "group", (*at, "group"))


def required_questions(rule_set: RuleSet) -> Iterator[Problem]:
    """A required question is always asked, and never unknown."""
    for question, path in questions(rule_set):
        if not question.required:
            continue
        at, values = (*path, "required"), {"name": question.id}
        if is_conditional(question, rule_set):
            yield Problem("required.conditional", at, values=values)
        if question.strict:
            yield Problem("required.strict", at, values=values)
        elif question.type is QuestionType.SEVERAL:
            yield Problem("required.several", at, values=values)


def not_asked(rule_set: RuleSet) -> Iterator[Problem]:
    """What holds where a question is not asked is said once, and only for questions that may not be asked."""
    for question, path in questions(rule_set):
        conditional = is_conditional(question, rule_set)
        if question.if_not_asked and not conditional:
            yield Problem("if_not_asked.always_asked", (*path, "if_not_asked"), values={"name": question.id})
        if question.if_not_asked:
            known = [option.code for option in question.options if not option.leaves_open]
            yield from exists(question.if_not_asked, known, "option", (*path, "if_not_asked"))
        if question.strict and conditional and not question.if_not_asked:
            code = "strict.number_not_asked" if question.type is QuestionType.NUMBER else "strict.not_asked"
            yield Problem(code, (*path, "strict"), values={"name": question.id})


def is_conditional(question: Question, rule_set: RuleSet) -> bool:
    """Whether a question may not be asked."""
    return bool(question.ask_if or rule_set.page_of[question.id].part)


def units(rule_set: RuleSet) -> Iterator[Problem]:
    """Units have sensible bounds, the stored one has no factor, and several can be told apart on paper."""
    for question, path in questions(rule_set):
        if len(question.units) > 1 and not question.unit_question:
            yield Problem("unit.no_question", (*path, "units"), values={"name": question.id})
        for index, unit in enumerate(question.units):
            at = (*path, "units", index)
            if index == 0 and unit.factor != 1:
                yield Problem("unit.stored_factor", (*at, "factor"), values={"unit": unit.code})
            if len(question.units) > 1 and not question.units_by_name and not unit.printed_range:
                yield Problem("unit.no_range", at, values={"unit": unit.code})
            if question.units_by_name and unit.printed_range:
                yield Problem("unit.range_by_name", (*at, "printed_range"), values={"unit": unit.code})
            yield from _bounds(unit, at)


def _bounds(unit: Unit, at: Path) -> Iterator[Problem]:
    if unit.minimum >= unit.maximum:
        values: dict[str, object] = {"minimum": unit.minimum, "maximum": unit.maximum}
        yield Problem("unit.bounds", (*at, "minimum"), values=values)
        return
    for member, bound in (("unusual_below", unit.unusual_below), ("unusual_above", unit.unusual_above)):
        if bound is not None and not unit.minimum < bound < unit.maximum:
            values = {"name": member, "minimum": unit.minimum, "maximum": unit.maximum}
            yield Problem("unit.unusual", (*at, member), values=values)
    for number, slip in enumerate(unit.slips):
        yield from _slip(slip, unit, (*at, "slips", number))


def _slip(slip: Slip, unit: Unit, at: Path) -> Iterator[Problem]:
    """A slip explains numbers out of range: all below a bound under the range, or above one over it."""
    if slip.below is None and slip.above is None:
        yield Problem("slip.no_bound", at, values={"name": slip.id})
    bounds: tuple[tuple[str, Decimal | None, Decimal, bool], ...] = (
        ("below", slip.below, unit.minimum, slip.below is not None and slip.below > unit.minimum),
        ("above", slip.above, unit.maximum, slip.above is not None and slip.above < unit.maximum),
    )
    for member, bound, limit, inside in bounds:
        if inside:
            values = {"name": member, "bound": bound, "limit": limit}
            yield Problem(f"slip.{member}", (*at, member), values=values)


def texts_together(rule_set: RuleSet) -> Iterator[Problem]:
    """All texts fit into the cookie in which answers wait, whatever the script."""
    together = 0
    for question, path in questions(rule_set):
        together += question.most
        if question.most and together > MOST_WRITTEN:
            yield Problem("text.too_much", (*path, "most"), values={"limit": MOST_WRITTEN, "together": together})
            return


CHECKS: tuple[Check, ...] = (
    open_options,
    option_members,
    required_questions,
    not_asked,
    units,
    limits_agree,
    whole_units,
    spellings_differ,
    two_parts,
    printed_ranges,
    texts_together,
    quoted_options,
)


def unread(rule_set: RuleSet, told: Sequence[str] = ()) -> Iterator[Problem]:
    """Nothing is asked that no expression reads, and no value is named in vain; `told`: the values that people read."""
    read = {part.name for place in places(rule_set) for part in place.expression.tree.walk() if isinstance(part, Name)}
    for question, path in questions(rule_set):
        if question.id not in read:
            yield Problem("question.unread", (*path, "id"), values={"name": question.id})
    for index, value in enumerate(rule_set.values):
        if value.id not in read and not value.label and value.id not in told:
            yield Problem("value.unread", ("values", index, "id"), values={"name": value.id})
