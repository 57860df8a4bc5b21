"""The sentences for mistakes in the names, questions, expressions and texts of a rule file."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.language.languages import N_

_NAMES: Mapping[str, str] = {
    "id.repeated": N_('The name "%(name)s" stands here for the second time. Choose another one.'),
    "id.reserved": N_('"%(name)s" is a word of the expression language. Choose another name.'),
    "name.missing": N_('There is no %(what)s "%(name)s".%(close)s%(known)s'),
    "category.two_rules": N_('The category "%(name)s" has a rule already. Put the grounds of both into one rule.'),
    "category.without_rule": N_('The category "%(name)s" has no rule. Add one, or remove the category.'),
    "undetermined.has_rule": N_(
        '"%(name)s" stands for answers that match no rule, so no rule may give it. Name another category.'
    ),
    "section.untitled": N_('The part "%(name)s" has no title. Give it one, or add its id to section_titles.'),
    "block.empty": N_('The block "%(name)s" says nothing. Give it a text or items.'),
    "heading.no_default": N_(
        "Every heading here has a condition, so there may be none to show. Remove `when` from the last one."
    ),
    "heading.hides": N_(
        'The heading "%(name)s" has no condition, so those after it are never shown. Move it to the end, or add `when`.'
    ),
}

_QUESTIONS: Mapping[str, str] = {
    "open.not_strict": N_(
        'Only an option of a strict choice question leaves others open. Make "%(name)s" strict, or remove '
        "`leaves_open`."
    ),
    "exclusive.choice": N_(
        'Of "%(name)s" one option alone is chosen anyway. Remove `exclusive`; it is for several-choice questions.'
    ),
    "yields.not_exclusive": N_(
        'Only an exclusive option yields to others. Add `exclusive: true` to "%(name)s", or remove `yields`.'
    ),
    "required.conditional": N_(
        'The question "%(name)s" is required, so it must always be asked. Remove `required`, or its `ask_if` and the '
        "`part` of its page."
    ),
    "required.strict": N_(
        '"%(name)s" is required, so it is never unknown and cannot be strict. Remove one of the two.'
    ),
    "required.several": N_('"%(name)s" is a several-choice question; it cannot be required. Remove `required`.'),
    "if_not_asked.always_asked": N_('"%(name)s" is always asked. Remove `if_not_asked`, or add `ask_if`.'),
    "strict.not_asked": N_(
        '"%(name)s" is strict, and may not be asked: then nothing could ever settle it. Add `if_not_asked`.'
    ),
    "strict.too_many": N_(
        "Where all strict questions are unknown, %(count)s combinations of answers count; more than %(limit)s are"
        " too many. "
        "Make a question lenient, or let the rules tell fewer options apart."
    ),
    "strict.too_many_questions": N_(
        'There are %(count)s strict questions; more than %(limit)s are too many. Make "%(name)s" or another one '
        "lenient."
    ),
    "unit.stored_factor": N_(
        "The first unit is the one that numbers are kept in, so its factor is 1. Remove `factor`."
    ),
    "unit.bounds": N_("The minimum (%(minimum)s) must be less than the maximum (%(maximum)s)."),
    "unit.unusual": N_("%(name)s must lie between the minimum (%(minimum)s) and the maximum (%(maximum)s)."),
    "unit.no_question": N_('"%(name)s" has several units. Add `unit_question`, which asks for the range on the paper.'),
    "unit.no_range": N_(
        "Nothing tells %(unit)s from the other units. Add `printed_range`: the range that a report prints beside it."
    ),
    "slip.no_bound": N_('The slip "%(name)s" says not when it is meant. Add `below` or `above`.'),
    "slip.below": N_(
        "A slip is about numbers out of range, and those below %(bound)s may be in range. Write %(limit)s (the "
        "minimum) or less."
    ),
    "slip.above": N_(
        "A slip is about numbers out of range, and those above %(bound)s may be in range. Write %(limit)s (the "
        "maximum) or more."
    ),
    "question.unread": N_('No rule, note or other expression reads the question "%(name)s". Use it, or do not ask it.'),
    "value.unread": N_('No expression reads the value "%(name)s". Use it, give it a label, or remove it.'),
}

_GUARANTEES: Mapping[str, str] = {
    "guarantee.foreign_member": N_(
        '"%(name)s" says nothing in a guarantee of the kind %(kind)s, which has: %(wanted)s.'
    ),
    "guarantee.no_interrupt": N_(
        'The ground "%(name)s" does not interrupt, but the guarantee "%(guarantee)s" says that it does. Write '
        "`interrupt: true` here, or take the ground out of the guarantee."
    ),
    "guarantee.speed": N_(
        'The guarantee "%(guarantee)s" says that the speed of the ground "%(name)s" is %(wanted)s, but it is '
        "%(speed)s. Change the one that is wrong."
    ),
    "guarantee.shared": N_(
        'The guarantee "%(guarantee)s" says that "%(name)s" is never shared. Remove `share`, or take the category out '
        "of the guarantee."
    ),
    "guarantee.no_source": N_(
        '"%(name)s" cites no source, but the guarantee "%(guarantee)s" says that it does. Add `sources`, or name it '
        "under `uncited` of the guarantee."
    ),
    "guarantee.needless_exception": N_('"%(name)s" does cite a source. Take it out of `uncited`.'),
    "guarantee.number": N_(
        'The guarantee "%(guarantee)s" says that the number to call for "%(name)s" is %(wanted)s, but here stands '
        "%(number)s. Change the one that is wrong."
    ),
}

_EXPRESSIONS: Mapping[str, str] = {
    "expression.empty": N_("The expression is empty. Write one, or remove the line."),
    "expression.too_long": N_("The expression is longer than %(limit)s characters. Name parts of it as values."),
    "expression.too_deep": N_("The expression is nested more than %(limit)s deep here. Name parts of it as values."),
    "expression.too_large": N_(
        "With its values written out, the expression has more than %(parts)s parts or %(levels)s levels. Make the"
        " values "
        "simpler."
    ),
    "expression.digits": N_("This number has more than %(limit)s digits. Write a shorter one."),
    "expression.line_break": N_(
        "An expression stands in one line. Begin it with >- where it takes several lines of the file."
    ),
    "expression.space": N_("The expression begins with a space. Remove it."),
    "expression.character": N_("The character `%(character)s` has no place in an expression. Remove it."),
    "expression.instead": N_("Write `%(instead)s` instead of `%(text)s`."),
    "expression.quote": N_("The text that begins with this quotation mark has none at its end. Add it."),
    "expression.bracket": N_("This `%(bracket)s` has no partner. Add the other bracket, or remove this one."),
    "expression.unfinished": N_('Something is missing after "%(text)s". Add it, or remove "%(text)s".'),
    "expression.syntax": N_(
        "The expression cannot be understood from here on. Look for a missing and, or, comma or sign (an if needs"
        " an else)."
    ),
    "expression.not_allowed": N_('"%(text)s" is not part of the expression language; rules/README.md says what is.'),
    "expression.bare_text": N_('The text "%(text)s" stands alone. Compare a question with it: question == "%(text)s".'),
    "expression.membership": N_(
        'An option is compared as question == "option" or question in {"one", "other"}, but this says %(text)s.'
    ),
    "expression.repeated_option": N_("An option stands twice in %(text)s. Remove one."),
    "expression.arguments": N_('"%(name)s" is written as %(signature)s.'),
    "expression.no_such_function": N_('There is no function "%(name)s". Known are: %(known)s.'),
    "name.unknown": N_(
        'There is no question or value "%(name)s".%(close)s If it is an option, put it in quotation marks.'
    ),
    "name.outcome": N_('"%(name)s" speaks of the outcome. Only notes, headings and texts may use it.'),
    "option.unknown": N_('"%(name)s" has no option "%(option)s".%(close)s%(known)s'),
    "option.exclusive": N_(
        '"%(option)s" says that no other option of "%(name)s" is true. Write not any_of(...) with the options meant.'
    ),
    "category.unknown": N_('There is no category "%(name)s".%(close)s%(known)s'),
    "ground.unknown": N_('There is no ground "%(name)s".%(close)s%(known)s'),
    "score.missing": N_('score(...) needs a choice question whose options all have a score; "%(name)s" is none.'),
    "type.wanted_condition": N_(
        'A condition is wanted here, but this is %(found)s. Compare it, as in weight > 5 or soil == "dry".'
    ),
    "type.wanted_number": N_("A number is wanted here, but this is %(found)s."),
    "type.wanted_choice": N_(
        'Only a choice question is compared with an option, but "%(name)s" is %(found)s. For a several-choice question '
        "write any_of(...); a number stands without quotation marks."
    ),
    "type.wanted_several": N_(
        'any_of(...) is for several-choice questions, but "%(name)s" is %(found)s. For a choice question write =='
        " or in {...}."
    ),
    "type.not_a_condition": N_(
        'This must be true or false, but it is %(found)s. Compare it, as in weight > 5 or soil == "dry".'
    ),
    "type.bare_choice": N_(
        'A value is a condition or a number, but "%(name)s" is a question with options. Compare it.'
    ),
    "type.branches": N_("The parts before if and after else must both be conditions or both be numbers."),
    "settled.strict": N_(
        '"%(name)s" is strict, or reads a strict question: rules read it when it is settled. Write it without '
        "definitely, "
        "possibly or known."
    ),
    "settled.bare": N_(
        'Say what "not sure" means here%(about)s: put it inside definitely(...), possibly(...) or known(...).'
    ),
    "ask_if.too_late": N_('"%(name)s" is not asked before this question. `ask_if` may name only what is asked before.'),
    "rule.open_option": N_(
        'No rule ever sees the option "%(option)s" of "%(name)s", as it leaves others open. Name the options that'
        " it leaves "
        "open."
    ),
    "value.cycle": N_("These values are defined by each other: %(chain)s. Take one out of the circle."),
}

_TEXTS: Mapping[str, str] = {
    "text.placeholder": N_('There is no question "%(name)s" whose answer could stand in place of {%(name)s}.%(close)s'),
    "text.brace": N_("A brace stands here alone. A placeholder is the id of a question between two braces."),
    "text.banned": N_(
        'The words "%(phrase)s" are never said to a person. Say it in another way, or name the text %(text)s under '
        "banned.exceptions and say why."
    ),
    "exception.unneeded": N_('The text %(text)s does not hold "%(phrase)s". Remove this exception.'),
}


RULE_SENTENCES: Mapping[str, str] = {
    **_NAMES,
    **_QUESTIONS,
    **_GUARANTEES,
    **_EXPRESSIONS,
    **_TEXTS,
}
"""Sentences by the code of a `Problem`."""
