"""The sentences for mistakes in the expressions of a rule file: what cannot be read, and what reads the wrong thing."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.language.languages import N_

EXPRESSION_SENTENCES: Mapping[str, str] = {
    "expression.empty": N_("The expression is empty. Write one, or remove the line."),
    "expression.too_long": N_("The expression is longer than %(limit)s characters. Name parts of it as values."),
    "expression.too_deep": N_("The expression is nested more than %(limit)s deep here. Name parts of it as values."),
    "expression.too_large": N_(
        "With its values written out, the expression has more than %(parts)s parts or %(levels)s levels. Make the"
        " values "
        "simpler."
    ),
    "expression.roots": N_(
        "With its values written out, this compares numbers with more than %(limit)s different roots. Use fewer."
    ),
    "expression.digits": N_("This number has more than %(limit)s digits. Write a shorter one."),
    "expression.rounded_digits": N_(
        "The second part of round(...) says to how many digits after the point: a whole number from -%(limit)s to "
        "%(limit)s, where -1 is tens. Write one."
    ),
    "expression.exponent": N_(
        "The exponent that power(...) is given here is more than %(limit)s from zero. Write one that is nearer to it."
    ),
    "expression.exponent_range": N_(
        "With the answers that are accepted, the exponent of this power(...) may be more than %(limit)s from zero. "
        "Write it between bounds, as in power(2, min(max(weight, 0), 50))."
    ),
    "expression.base": N_(
        "The number that power(...) is taken of must be above zero where the exponent is worked out. Write one that "
        "is, or a constant exponent."
    ),
    "expression.line_break": N_(
        "An expression stands in one line. Begin it with >- where it takes several lines of the file."
    ),
    "expression.space": N_("The expression begins with a space. Remove it."),
    "expression.character": N_("The character `%(character)s` has no place in an expression. Remove it."),
    "expression.other_space": N_(
        "This only looks like a space (it is %(character)s). Type a plain space instead, with the space bar."
    ),
    "expression.truth_value": N_(
        "`%(text)s` is not written: a condition is true or false by itself. Instead of `dry == true` write `dry`, "
        "instead of `dry == false` write `not dry`; where nothing shall ever hold, as after `disagree_when`, write "
        "1 > 2; an option stands in quotation marks."
    ),
    "expression.minus": N_(
        "A minus sign stands before a number only where it is compared, as in x < -5. Write 0 - %(text)s instead."
    ),
    "expression.power": N_(
        "Write `%(instead)s` instead of `%(text)s`. Either the number or the exponent is written out, as a constant."
    ),
    "expression.braces": N_(
        "In an expression the name of a question or value stands without braces: write %(name)s. Braces belong into "
        "texts, and around several options."
    ),
    "expression.comma": N_("A comma joins nothing here. Write and, or or, between two conditions."),
    "expression.percent": N_(
        "A percent sign has no place here. Write the number alone, in the first unit of its question."
    ),
    "expression.if_first": N_("What comes of it stands first: write `x if condition else y`."),
    "expression.beside": N_(
        'Nothing stands between "%(left)s" and "%(right)s". Write and, or, or a sign such as * between them; leave out '
        "a unit, since numbers are compared in the first unit of their question; the name of a question is its id."
    ),
    "expression.quoted_number": N_("A number stands without quotation marks here: write %(text)s."),
    "expression.instead": N_("Write `%(instead)s` instead of `%(text)s`."),
    "expression.quote": N_("The text that begins with this quotation mark has none at its end. Add it."),
    "expression.quote_before": N_(
        'A quotation mark ends the text "%(text)s", but none stands before it. Add it, or remove both.'
    ),
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
    "expression.no_such_list": N_(
        '"%(name)s" is written as %(signature)s, where the list is the id of a page with `repeats`.%(close)s%(known)s'
    ),
    "expression.no_such_function": N_('There is no function "%(name)s".%(close)s%(known)s'),
    "name.unknown": N_(
        'There is no question or value "%(name)s".%(close)s If it is an option, put it in quotation marks.'
    ),
    "name.outcome": N_('"%(name)s" speaks of the outcome. Only notes, headings and texts may use it.'),
    "option.unknown": N_('"%(name)s" has no option "%(option)s".%(close)s%(known)s'),
    "option.unsure": N_(
        '"%(option)s" is no option: every question can be answered by "I\'m not sure". To ask whether there is an '
        "answer write known(%(name)s), or put a condition into definitely(...) or possibly(...)."
    ),
    "option.exclusive": N_(
        '"%(option)s" says that no other option of "%(name)s" is true. Write not any_of(...) with the options meant.'
    ),
    "category.unknown": N_('There is no category "%(name)s".%(close)s%(known)s'),
    "ground.unknown": N_('There is no ground "%(name)s".%(close)s%(known)s'),
    "score.missing": N_('score(...) needs a choice question whose options all have a score; "%(name)s" is none.'),
    "type.wanted_condition": N_(
        'A condition is wanted here, but this is %(found)s. Compare it, as in weight > 5 or soil == "dry".'
    ),
    "type.text": N_(
        '"%(name)s" is answered in words, of which rules learn only whether there are any. Write known(%(name)s).'
    ),
    "type.date": N_(
        "Rules read how long ago a date is: days_since(%(name)s), months_since(%(name)s) or years_since(%(name)s), as "
        "in years_since(%(name)s) >= 18."
    ),
    "type.no_date": N_('%(function)s(...) needs a question of the type `date`; "%(name)s" is none.'),
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
    "strict.numbers_compared": N_(
        "One comparison reads several strict numbers: %(names)s. It may read one, so that all that this may be can be "
        'gone through. Make the others `required`, such as "%(name)s".'
    ),
    "settled.strict": N_(
        '"%(name)s" is strict, or reads a strict question: rules read it when it is settled. Write it outside '
        "definitely, possibly and known."
    ),
    "settled.beside_strict": N_(
        '"%(name)s" may be unknown, and strict questions are read in the same number, so it can stand neither bare nor '
        'inside definitely(...). Make "%(name)s" strict or `required`, or write in its place a number that is never '
        "unknown, as in (%(example)s)."
    ),
    "settled.no_number": N_(
        "A division, a root, a power or `unknown` may have no number here, and strict questions are read beside it, so "
        "it can stand neither bare nor inside definitely(...). Compare products instead (a > 3 * b for a / b > 3), or "
        "write a number in the place of `unknown`."
    ),
    "settled.value": N_(
        'The value "%(name)s" reads strict questions too, so it can stand neither bare nor inside definitely(...). '
        "Where it is written, put what may be unknown (%(lenient)s) inside definitely(...), possibly(...) or "
        "known(...)."
    ),
    "settled.bare": N_(
        'Say what "not sure" means here%(about)s: put it inside definitely(...), possibly(...) or known(...). The '
        "first is true only where it is surely so, the second unless it is surely not so. Or make the question strict: "
        "then an open answer keeps open all that it would decide."
    ),
    "settled.given": N_(
        'Say what "not sure" means here%(about)s: put it inside definitely(...), possibly(...) or known(...). The '
        "first is true only where it is surely so, the second unless it is surely not so."
    ),
    "ask_if.too_late": N_('"%(name)s" is not asked before this question. `ask_if` may name only what is asked before.'),
    "rule.open_option": N_(
        'No rule ever sees the option "%(option)s" of "%(name)s", as it leaves others open. Name the options that'
        " it leaves "
        "open."
    ),
    "value.cycle": N_("These values are defined by each other: %(chain)s. Take one out of the circle."),
}
"""Sentences by the code of a `Problem`."""
