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
    "block.not_in_article": N_(
        'The block "%(name)s" has a table or claims, which only the sections of articles can show. Move it to one.'
    ),
    "table.cells": N_('The row "%(name)s" has %(cells)s cells for %(columns)s columns. Give it one for each column.'),
    "heading.no_default": N_(
        "Every heading here has a condition, so there may be none to show. Remove `when` from the last one."
    ),
    "heading.hides": N_(
        'The heading "%(name)s" has no condition, so those after it are never shown. Move it to the end, or add `when`.'
    ),
}

_GROUNDS: Mapping[str, str] = {
    "ground.no_open": N_(
        'The ground "%(name)s" interrupts, and may be open while a strict question is not answered. Add `open`, which '
        "says in words what is open then."
    ),
    "ground.never": N_(
        'The ground "%(name)s" can never hold, as no answers make its condition true. Correct the condition, or remove '
        "the ground."
    ),
    "ground.always": N_(
        'The ground "%(name)s" always holds, as no answers make its condition false. Correct the condition, or remove '
        "the ground."
    ),
    "ground.silently_closed": N_(
        'Without an answer to %(names)s the ground "%(name)s" counts as not met and nobody is told, though an answer '
        "might call for help. Make the question strict or `required`, or read it with possibly(...); or add "
        "`unanswered_means_no` with the reason why no harm comes of it."
    ),
    "ground.needless_reason": N_(
        'No question without an answer closes the ground "%(name)s" unheard, or it does not interrupt. Remove '
        "`unanswered_means_no`."
    ),
}

_QUESTIONS: Mapping[str, str] = {
    "open.not_strict": N_(
        'Only an option of a strict choice question leaves others open. Make "%(name)s" strict, or remove '
        "`leaves_open`."
    ),
    "means_unsure.not_all": N_(
        '"%(name)s" says no more than "I\'m not sure", so it leaves open all that may be true. Write under '
        "`leaves_open`: %(codes)s."
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
        "Where all strict questions are unknown, %(count)s combinations of answers count; more than %(limit)s are too "
        "many. Let the rules tell fewer options apart, or make a choice question that is always asked `required` "
        "instead of strict. A lenient one would count as no where it is not answered."
    ),
    "strict.too_many_questions": N_(
        'There are %(count)s strict questions; more than %(limit)s are too many. Make "%(name)s" or another one that '
        "is always asked `required` instead of strict, or ask for several of them in one question. A lenient one would "
        "count as no where it is not answered."
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
    "unit.factor_inverted": N_(
        "With the factor %(factor)s the limits of %(unit)s and %(stored)s contradict each other. Write %(instead)s, "
        "since the factor is what 1 %(unit)s is in %(stored)s."
    ),
    "unit.whole": N_(
        "Only whole numbers are read in %(unit)s (whole: true), but %(decimals)s decimals may be typed. Leave out "
        "one of the two."
    ),
    "unit.limits": N_(
        "The %(member)s of %(unit)s, %(limit)s, is by its factor %(by_factor)s %(stored)s, but there the %(member)s is "
        "%(other)s. Correct the factor (what 1 %(unit)s is in %(stored)s) or one of the two; they may differ by 5 %%."
    ),
    "unit.printed_order": N_("The range that is printed goes from %(low)s to %(high)s. Write the lower number first."),
    "unit.printed_outside": N_(
        "A number of this range would not be accepted, as numbers in %(unit)s lie from %(minimum)s to %(maximum)s. "
        "Correct the range or these limits; two ranges may be swapped."
    ),
    "unit.printed_apart": N_(
        "By the factor this range is from %(low)s to %(high)s %(stored)s, but that of %(stored)s is from %(lowest)s to "
        "%(highest)s, and they do not meet. Correct one of them or the factor of %(unit)s; two ranges may be swapped."
    ),
    "unit.printed_text": N_(
        "This text does not hold %(missing)s of `printed`. Correct one of the two; two ranges may be swapped."
    ),
    "unit.printed_missing": N_(
        "Nothing compares this range with those of the other units. Give its numbers too, as in printed: [35, 50]."
    ),
    "unit.spelling_twice": N_(
        '"%(spelling)s" is a spelling of two units of this question (case and spaces do not matter). Nobody could tell '
        "which one is meant. Remove it from one of them."
    ),
    "unit.spelling_number": N_(
        '"%(spelling)s" behind a number is read as a part of the number, or as the flag of a result (H, L, *). Write '
        "another spelling."
    ),
    "note.time_frame": N_('"%(name)s" tells of nothing to do, so it has no time frame. Remove it, or change the kind.'),
    "note.in_short": N_(
        'Nobody is called first for "%(name)s", so it needs no short label. Remove it, or set `call_first`.'
    ),
    "note.in_short_long": N_(
        "%(number)s letters are too long for a row of the list: at most %(most)s. Say it shorter."
    ),
    "scale.no_time_frame": N_(
        'The note "%(name)s" says not by when. Give it a `time_frame`, which stands beside the outer zones.'
    ),
    "scale.word_twice": N_("Two zones have one name: this one and `%(other)s`. Choose another word."),
    "scale.no_number": N_(
        '"%(name)s" is no number that is read back from a paper. Name one, or give its page `read_back: true`.'
    ),
    "scale.no_limit": N_('The scale of "%(name)s" says no usual limit. Add `usual_from`, `usual_to` or both.'),
    "scale.outside": N_(
        "%(limit)s must lie between the minimum (%(minimum)s) and the maximum (%(maximum)s) of the stored unit, "
        "%(unit)s."
    ),
    "scale.order": N_('The usual range of "%(name)s" ends before it begins. Write the lower number in `usual_from`.'),
    "scale.no_side": N_(
        'The note "%(note)s" sends people to a doctor from %(mark)s on, but "%(name)s" has no usual limit on that '
        "side. Add `%(member)s`."
    ),
    "scale.inside": N_(
        'The note "%(note)s" sends people to a doctor from %(mark)s on, which would be usual here (%(limit)s). Correct '
        "one of the two."
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
    "guarantee.no_number": N_(
        'The guarantee "%(guarantee)s" speaks of higher or lower numbers (direction), and "%(name)s" is no number. '
        "Name the options instead: `order`, or `from` and `to`."
    ),
    "guarantee.no_choice": N_(
        'The guarantee "%(guarantee)s" compares options with "I\'m not sure", and "%(name)s" is no choice question. '
        "Take it out."
    ),
    "guarantee.no_texts": N_(
        'The guarantee "%(guarantee)s" says of no text that it is never shown. Name some under `topics` or `texts`.'
    ),
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
    "expression.roots": N_(
        "With its values written out, this compares numbers with more than %(limit)s different roots. Use fewer."
    ),
    "expression.digits": N_("This number has more than %(limit)s digits. Write a shorter one."),
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
        '"%(name)s" is strict, or reads a strict question: rules read it when it is settled. Write it outside '
        "definitely, possibly and known."
    ),
    "settled.beside_strict": N_(
        '"%(name)s" may be unknown, and strict questions are read in the same number, so it can stand neither bare nor '
        'inside definitely(...). Make "%(name)s" strict or `required`, or write in its place a number that is never '
        "unknown, as in (%(example)s)."
    ),
    "settled.no_number": N_(
        "A division, a root or `unknown` may have no number here, and strict questions are read beside it, so it can "
        "stand neither bare nor inside definitely(...). Compare products instead (a > 3 * b for a / b > 3), or write a "
        "number in the place of `unknown`."
    ),
    "settled.value": N_(
        'The value "%(name)s" reads strict questions too, so it can stand neither bare nor inside definitely(...). '
        "Where it is written, put what may be unknown (%(lenient)s) inside definitely(...), possibly(...) or "
        "known(...)."
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
    "topic.untagged": N_(
        'The words "%(phrase)s" speak of the topic %(topic)s, and this text does not carry it. Add it under `topics` '
        "here, or name the text %(text)s under the topic's exceptions and say why it speaks of something else."
    ),
    "topic.untold": N_(
        'No text speaks of the topic %(topic)s, so the guarantee "%(guarantee)s" says nothing. Add the topic to the '
        "texts that it is about, or take it out here."
    ),
    "exception.unneeded": N_('The text %(text)s does not hold "%(phrase)s". Remove this exception.'),
}


RULE_SENTENCES: Mapping[str, str] = {
    **_NAMES,
    **_GROUNDS,
    **_QUESTIONS,
    **_GUARANTEES,
    **_EXPRESSIONS,
    **_TEXTS,
}
"""Sentences by the code of a `Problem`."""
