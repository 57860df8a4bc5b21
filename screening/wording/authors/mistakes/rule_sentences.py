"""The sentences for mistakes in the names, questions, guarantees and texts of a rule file."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.authors.mistakes.expression_sentences import EXPRESSION_SENTENCES
from screening.wording.authors.mistakes.unit_sentences import UNIT_SENTENCES
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
        "says in words what is open then, as in open: whether one of these signs is there."
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
    "option.quoted": N_(
        '"%(quoted)s" stands in quotation marks, and nothing on this page is called that. Write the whole choice: '
        '"%(like)s".'
    ),
    "if_not_asked.always_asked": N_('"%(name)s" is always asked. Remove `if_not_asked`, or add `ask_if`.'),
    "strict.not_asked": N_(
        '"%(name)s" is strict, and may not be asked: then nothing could ever settle it. Add `if_not_asked`.'
    ),
    "strict.number_not_asked": N_(
        '"%(name)s" is strict, and may not be asked: then nothing could ever settle it. Remove `strict`, or its '
        "`ask_if` and the `part` of its page."
    ),
    "strict.not_told_apart": N_(
        'Rules compute with "%(name)s" so that it cannot be found between which numbers something changes, as where it '
        "is taken away from itself. Write the number once in each comparison, or make it `required` instead of strict."
    ),
    "strict.too_many": N_(
        "Where all strict questions are unknown, %(count)s combinations of answers must be gone through; more than "
        "%(limit)s are too many. Read scored questions only where they are added up, in one `sum(...)`: then only what "
        "they can add up to counts. Or let the rules tell fewer options apart, or make a choice question that is "
        "always asked `required` instead of strict. A lenient one would count as no where it is not answered."
    ),
    "strict.too_many_questions": N_(
        "The rules read %(count)s strict questions each by itself; more than %(limit)s are too many. Read scored ones "
        'only where they are added up, in one `sum(...)`, where they count as one. Or make "%(name)s" or another one '
        "that is always asked `required` instead of strict, or ask for several of them in one question. A lenient one "
        "would count as no where it is not answered."
    ),
    "option_list.unknown": N_('There is no list of options "%(name)s" among the scales.%(close)s%(known)s'),
    "option_list.name": N_(
        'A list of options is named by small letters, digits and _, beginning with a letter, but this is "%(name)s".'
    ),
    "option_list.unused": N_(
        "No question names this list of options. Write its name after `options:` of one, or remove it."
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
    "value.unread": N_(
        'No expression reads the value "%(name)s", and no text tells it. Use it, give it a label, or remove it.'
    ),
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
    "guarantee.says_nothing": N_(
        'The guarantee "%(name)s" does not say what it speaks of. One of the kind %(kind)s needs `%(wanted)s`; add it.'
    ),
    "guarantee.says_neither": N_(
        'The guarantee "%(name)s" does not say what it speaks of. One of the kind %(kind)s needs one of these; add it: '
        "%(wanted)s."
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

_TEXTS: Mapping[str, str] = {
    "text.placeholder": N_(
        'There is no question or value "%(name)s" whose answer or number could stand in place of {%(name)s}.%(close)s'
    ),
    "text.markup": N_(
        "A text is shown as it stands, so `%(text)s` would be read by everybody. Take it out; a list is written with "
        "`items`."
    ),
    "repeats.member": N_(
        '"%(member)s" does not belong to a question of a page that repeats ("%(name)s"). Remove it, or '
        "ask the question elsewhere."
    ),
    "repeats.strict": N_(
        '"%(name)s" is strict, and rules read the list that "%(page)s" asks for: they could not tell a list that '
        "nobody asked for from an empty one. Ask for the list by a question that is not strict, such as whether there "
        "is any."
    ),
    "text.too_much": N_(
        "All texts that are written may have %(limit)s characters together, or a browser cannot keep the answers; "
        "up to here they have %(together)s. Let them be shorter."
    ),
    "text.own_words": N_(
        '"%(name)s" is answered in words. These are told only among the answers, never within a text of the file.'
    ),
    "text.brace": N_("A brace stands here alone. A placeholder is the id of a question or value between two braces."),
    "value.no_outcome": N_(
        'The value "%(name)s" cannot be told here: this text is read without an outcome. Tell it in a heading, a '
        "section, a step, a note, a reason or a paper."
    ),
    "value.no_number": N_('The value "%(name)s" is true or false. Only a number can be told, or drawn on a line.'),
    "value.no_label": N_('The value "%(name)s" is drawn on a line. Say under `label` what it is called there.'),
    "value.may_be_unknown": N_(
        'The value "%(name)s" may be unknown where this text stands. Say under `if_unknown` of the value what stands '
        "here then, or show the text only where known(%(name)s)."
    ),
    "value.too_many": N_(
        'To tell "%(name)s", %(count)s combinations of answers to strict questions would have to be tried; at most '
        "%(limit)s can be. Add up scores with sum(...), or make some of the questions required."
    ),
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
    **UNIT_SENTENCES,
    **_GUARANTEES,
    **EXPRESSION_SENTENCES,
    **_TEXTS,
}
"""Sentences by the code of a `Problem`."""
