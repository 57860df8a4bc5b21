"""The sentences for mistakes in what stands beside a rule file: pictures, reviews, translations, pins, tables."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.language.languages import N_

_ILLUSTRATIONS: Mapping[str, str] = {
    "illustration.missing": N_(
        'There is no picture "%(name)s". Put %(name)s.svg into the folder illustrations beside this file.'
    ),
    "scale.bounds": N_(
        'The zones of "%(name)s" do not follow one another; this is the first that is wrong. Give every zone but the '
        "last one `below` or `up_to`, each higher than the one before, and the last one neither."
    ),
    "illustration.too_large": N_("The picture %(name)s.svg is larger than %(limit)s bytes. Draw it with fewer points."),
    "illustration.not_svg": N_("The picture %(name)s.svg is no SVG with a viewBox."),
    "illustration.not_shapes": N_(
        'The picture %(name)s.svg holds "%(what)s". A picture holds shapes and their colours alone: no style, no '
        "script, no link."
    ),
}


_REVIEWS: Mapping[str, str] = {
    "review.other_rules": N_('This review is of the rule file "%(name)s", but it stands beside "%(wanted)s".'),
    "review.other_version": N_(
        'This form was written for another version of "%(name)s". Write a new one with `screening sign --form`.'
    ),
    "review.not_filled_in": N_('"%(name)s" is not filled in.'),
    "review.no_day": N_('There is no day "%(name)s". Write a day as "2026-11-22".'),
    "review.in_future": N_("%(name)s is still to come. Write the day on which you sign."),
    "review.no_verdict": N_('No verdict is given on "%(name)s". Write agree, agree_with_change or disagree.'),
    "review.no_comment": N_('The verdict on "%(name)s" is %(verdict)s. Say why in its comment.'),
    "review.tampered": N_(
        "The signature of %(name)s (%(role)s, %(day)s) does not fit what stands in this entry: it was changed after it "
        "was signed. Put back what was signed, or remove the entry and have the rule file signed again."
    ),
    "review.unprintable": N_('"%(name)s" holds the character %(character)s, which nobody can see. Remove it.'),
    "review.too_long": N_("A signature counts for at most %(months)s months here, and this one is of %(day)s."),
    "review.signatures_last": N_(
        "No signature can be added here. Let `signatures` be the last part of this file, an item a line, or leave it "
        "out."
    ),
}

_TRANSLATIONS: Mapping[str, str] = {
    "translation.other_rules": N_(
        'This translation is of the rule file "%(name)s", but it stands beside "%(wanted)s".'
    ),
    "translation.other_language": N_(
        'The file\'s name says that its language is "%(wanted)s", but here stands "%(name)s".'
    ),
    "translation.own_language": N_('"%(name)s" is the language of the rule file itself. Name another one.'),
    "translation.no_text": N_('The rule file has no text "%(name)s" to translate.%(close)s Remove it.'),
    "translation.same_and_text": N_('"%(name)s" has a text and says `same` too. Remove one of the two.'),
    "translation.placeholders": N_(
        'The translation of "%(name)s" must hold these placeholders, and no others: %(needs)s.'
    ),
    "translation.not_told_apart": N_(
        '"%(text)s" says the same as "%(name)s", so nobody can tell these two apart. Say them in different words.'
    ),
    "translation.never": N_('Of "%(term)s" never say "%(form)s": %(why)s Say: %(say)s.'),
    "translation.texts_last": N_("Let `texts` be the last part of this file, on a line of its own."),
    "translation.missing": N_('"%(text)s" is not translated.'),
    "translation.stale": N_(
        'The original of "%(text)s" has changed. Make the translation fit again, then write of: "%(of)s".'
    ),
    "translation.copied": N_(
        '"%(text)s" is the original. Translate it, or write `same: true` instead of the text where it stays as it is.'
    ),
    "glossary.other_rules": N_('This glossary is for the rule file "%(name)s", but it stands beside "%(wanted)s".'),
}

_FONTS: Mapping[str, str] = {
    "font.text": N_(
        'In a PDF these characters of "%(text)s" would be lost, because no font that ships with the service shows '
        "them: %(characters)s. Write the text with others, or add them to the fonts "
        "(screening/documents/make_fonts.py)."
    ),
    "font.message": N_(
        'In a PDF these characters of the translation of "%(text)s" would be lost, because no font that ships with the '
        "service shows them: %(characters)s. Write it with others, or add them to the fonts "
        "(screening/documents/make_fonts.py)."
    ),
    "font.no_paper": N_(
        "No PDF is made in %(name)s. In its script (%(script)s) programs that read a PDF aloud, search it or copy from "
        "it may get other letters than are seen. Pages are in %(name)s, and the PDF is in %(own)s. Scripts that come "
        "out as they went in: %(possible_scripts)s."
    ),
    "font.no_paper_at_all": N_(
        "No PDF can be made in %(name)s: in its script (%(script)s) programs that read a PDF aloud, search it or copy "
        "from it may get other letters than are seen. Write the rule file in a language whose script is one of these, "
        "and translate it: %(possible_scripts)s."
    ),
}

_PINS: Mapping[str, str] = {
    "pins.other_rules": N_('These pins are of the rule file "%(name)s", but they stand beside "%(wanted)s".'),
    "pins.no_day": N_('There is no day "%(name)s". Write a day as "2026-11-22".'),
    "pins.changes_last": N_("No entry can be added here. Let `changes` be the last part of this file, an item a line."),
    "pins.changed_text": N_(
        'The text "%(name)s" carries safety, and it is not what it was: "%(text)s". If you meant that, say why: '
        'screening pin %(file)s --reason "why". If not, put the old words back.'
    ),
    "pins.changed": N_(
        'One of these of "%(name)s" carries safety, and is not what it was: %(members)s. If you meant that, say why: '
        'screening pin %(file)s --reason "why". If not, put back what was there.'
    ),
    "pins.added": N_(
        "New, and not pinned yet, so that a later change would pass unseen: %(names)s. Pin it: screening pin %(file)s "
        '--reason "why".'
    ),
    "pins.removed": N_(
        "What carries safety is gone: %(names)s. If you meant that, say why: screening pin %(file)s --reason "
        '"why". If not, put it back.'
    ),
}
_SCALES: Mapping[str, str] = {
    "scale_table.item": N_("There is no item %(number)s: the scale has %(count)s."),
    "scale_table.twice": N_("An item stands here twice. Name each once."),
    "scale_table.unread": N_("Item %(number)s is in no total. Add it to one, or leave it out."),
    "scale_table.urgent": N_(
        "Some answers to item %(number)s must score %(low)s or more, but not all. Write the score from which on "
        "an answer is told at once."
    ),
    "scale_table.bands": N_(
        "Bands begin at numbers that go up, and every total has as many bands as the first one: %(number)s."
    ),
    "scale_table.above": N_(
        "The last band begins at %(last)s, but `most` says that no total is higher than %(most)s. Correct one of "
        "the two."
    ),
    "scale_table.ends": N_(
        "The scores of %(name)s add up to %(least)s at least and %(most)s at most, but the table says %(low)s and "
        "%(high)s. Either a score, an item that is scored the other way round, or a band is wrong."
    ),
}


COMPANION_SENTENCES: Mapping[str, str] = {
    **_ILLUSTRATIONS,
    **_REVIEWS,
    **_TRANSLATIONS,
    **_FONTS,
    **_PINS,
    **_SCALES,
}
"""Sentences by the code of a `Problem`."""
