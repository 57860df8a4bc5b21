"""The sentences for mistakes in YAML, in the shape of a file, and in what cases expect."""

from __future__ import annotations

from collections.abc import Mapping

from screening.wording.language.languages import N_

_FILES: Mapping[str, str] = {
    "file.missing": N_("There is no such file."),
    "file.companion": N_("This is no rule file: it belongs to %(rule_file)s and is read with it. Name that one."),
    "file.folder": N_("This is a folder, not a file."),
    "file.unreadable": N_("The file cannot be read: %(reason)s."),
    "frame.unknown": N_(
        "There is no frame %(name)s. Known are: %(names)s. Without one, write out all that a rule file needs."
    ),
    "frame.left_out": N_(
        "Much is missing here that is alike in every subject: %(names)s. Write `frame: %(version)s` at the top, which "
        "says it all, or add it."
    ),
    "frame.language": N_(
        'The frame does not speak "%(name)s", but: %(names)s. Write in one of these, and translate; or remove `frame` '
        "and write out all that a rule file needs."
    ),
    "yaml.too_large": N_("The file is larger than %(limit)s MB and was not read. A rule file is much smaller."),
    "yaml.encoding": N_("The file is not UTF-8 from this line on. Save it as UTF-8."),
    "yaml.character": N_("The character %(character)s cannot stand in a text file. Remove it, or choose another file."),
    "yaml.invisible": N_(
        "The character %(character)s stands here, which nobody can see. Remove it, or type a plain space in its place."
    ),
    "yaml.nothing": N_("The file is empty, or holds comments alone."),
    "yaml.syntax": N_("This cannot be read as YAML: %(reason)s."),
    "yaml.tab": N_("A tab stands here. Use spaces."),
    "yaml.beginning": N_("A text cannot begin with `%(character)s`. Put it in quotation marks."),
    "yaml.colon": N_(
        "A value begins after a colon and a space, but none can begin here. Put a text that holds a colon in quotation "
        "marks; if this is a line of its own, check how far it is indented."
    ),
    "yaml.no_colon": N_(
        "A key with a colon and a space after it is wanted here. If the line goes on with the text above it, indent it."
    ),
    "yaml.dash": N_(
        "An item of a list begins on a line of its own. Put a text that begins with a dash in quotation marks."
    ),
    "yaml.bracket": N_(
        "What `%(character)s` opens here is not closed, or something in it is wrong (see line %(line)s). Put a comma "
        "between its parts, and texts that hold commas, colons, brackets or braces in quotation marks."
    ),
    "yaml.quote": N_("The text that begins with this quotation mark has none at its end. Add it."),
    "yaml.quote_before": N_(
        "A quotation mark ends this text, but none stands before it. Add it, or remove both; or put the whole text in "
        "single quotation marks."
    ),
    "yaml.curly_quote": N_(
        "`%(character)s` is a printers' quotation mark, which puts nothing in quotes here. Type the plain one of the "
        "keyboard, before the text and behind it; inside them, printers' ones may stand."
    ),
    "yaml.cut_off": N_(
        "What begins with # is a comment, so `%(text)s` is no part of this text. Put the text in quotation marks, or a "
        "space behind the # where a comment is meant."
    ),
    "yaml.bold": N_("Two asterisks make nothing bold here: a text is shown as it stands. Take them out."),
    "yaml.other_space": N_(
        "This only looks like a space (it is %(character)s). Type a plain space instead, with the space bar."
    ),
    "yaml.comma_in_number": N_(
        "A comma ends the number before this. Write a number without marks between its thousands, and with a point "
        "before its decimals: 50000 or 0.1."
    ),
    "yaml.condition_in_braces": N_(
        "Between braces a comma ends the value, and this condition holds one. Put the whole condition in single "
        "quotation marks, or write the members one a line, without the braces."
    ),
    "yaml.escape": N_(
        "In double quotation marks a backslash gives the next character another meaning, and this one has none. "
        "Write two "
        "backslashes, or put the text in single quotation marks."
    ),
    "yaml.indentation": N_(
        "This line belongs neither to the one before it nor to a part around it. Check how far it is indented, "
        "and whether "
        "a dash is missing or too many."
    ),
    "yaml.after_end": N_(
        "The value before this has ended, so nothing more can stand in this line. Put the whole text in quotation"
        " marks: "
        "single ones where it holds double ones."
    ),
    "yaml.too_deep": N_("Parts are nested more than %(limit)s deep here. No part of a rule file needs that."),
    "yaml.documents": N_(
        "A second document begins here. A file holds one; remove the line with three dashes or points."
    ),
    "yaml.alias": N_(
        "An alias (*%(name)s) is not allowed. Write out what it stands for; put a text that begins with * in "
        "quotation marks."
    ),
    "yaml.anchor": N_(
        "An anchor (&%(name)s) is not allowed. Remove it; put a text that begins with & in quotation marks."
    ),
    "yaml.tag": N_("A tag (%(tag)s) is not allowed. Remove it; put a text that begins with ! in quotation marks."),
    "yaml.merge": N_("A merge key (<<) is not allowed. Write the members out."),
    "yaml.braces": N_(
        'Between braces, "%(name)s" has no value. Put a text that holds a comma, or a placeholder such as {question}, '
        "in quotation marks."
    ),
    "yaml.placeholder_in_braces": N_(
        "Between braces, a text that holds a placeholder such as %(name)s stands in quotation marks: put the whole "
        "text in them."
    ),
    "yaml.comma": N_("Nothing stands before this `%(character)s`. Remove it, or write what belongs there."),
    "yaml.key": N_("This key is a number or a truth value. Put it in quotation marks."),
    "yaml.complex_key": N_(
        "A key cannot be a list or a mapping. Put a text with brackets or braces in quotation marks."
    ),
    "yaml.duplicate": N_('The key "%(key)s" stands already in line %(line)s. Remove one of the two.'),
    "yaml.trailing_zero": N_(
        'As a number, %(text)s loses its last zero. Write "%(text)s" in quotation marks for a text, or leave out '
        "the zero "
        "for a number."
    ),
    "yaml.ambiguous": N_(
        'Programs read %(text)s in different ways. Write "%(text)s" in quotation marks for a text or a code, true'
        " or false "
        "for a truth value, and digits with a point for a number."
    ),
    "yaml.null": N_(
        '%(text)s means that there is no value. Write one, or remove the line; or write "%(text)s" for a text.'
    ),
    "yaml.empty": N_("Nothing stands here. Write a value, or remove the line."),
}

_SHAPES: Mapping[str, str] = {
    "shape.missing": N_('"%(name)s" is missing here. Add it.'),
    "shape.unexpected": N_('"%(name)s" is not known here.%(close)s%(known)s'),
    "shape.misnamed": N_('"%(name)s" is not known here. Did you mean "%(meant)s"? That one is missing.'),
    "shape.always": N_(
        "A condition is wanted here, but this is %(found)s. Where it shall always hold, write 1 < 2, or leave out "
        "`when` where it may be left out; where it shall never hold, write 1 > 2. An option is compared, as in "
        'question == "option".'
    ),
    "shape.expression": N_(
        "An expression is wanted here, but this is %(found)s. Write one, such as weight > 5; put a number alone in "
        "quotation marks."
    ),
    "shape.not_here": N_('"%(name)s" does not belong to a question of this type. Remove it, or change the type.'),
    "shape.text": N_("A text is wanted here, but this is %(found)s. A text stands in quotation marks."),
    "shape.number": N_(
        "A number is wanted here, but this is %(found)s. Write digits, with a point where needed and without "
        "quotation marks."
    ),
    "shape.whole_number": N_("A whole number is wanted here, but this is %(found)s."),
    "shape.truth_value": N_("true or false is wanted here, without quotation marks, but this is %(found)s."),
    "shape.list": N_("A list is wanted here, but this is %(found)s. Begin each item with a dash, or write [one, two]."),
    "shape.mapping": N_('Members such as "id: ..." are wanted here, one a line, but this is %(found)s.'),
    "shape.single": N_("true, false, a number or a text is wanted here, but this is %(found)s."),
    "shape.choice": N_('"%(name)s" cannot stand here.%(close)s%(known)s'),
    "shape.pattern": N_('"%(name)s" cannot stand here. What belongs here: %(wanted)s'),
    "shape.too_few": N_("This list has %(count)s items; %(limit)s or more are needed."),
    "shape.too_many": N_("This list has %(count)s items; at most %(limit)s are allowed."),
    "shape.empty": N_("This text is empty. Write it, or remove the line."),
    "shape.too_short": N_("This text has %(count)s characters; %(limit)s or more are needed."),
    "shape.too_long": N_("This text has %(count)s characters; at most %(limit)s are allowed."),
    "shape.too_small": N_("%(number)s is too small: it must be %(limit)s or more."),
    "shape.not_above": N_("%(number)s is too small: it must be more than %(limit)s."),
    "shape.too_large": N_("%(number)s is too large: it must be %(limit)s or less."),
    "shape.other": N_("This has not the form that is wanted here: %(reason)s."),
}

_CASES: Mapping[str, str] = {
    "cohort.other_rules": N_('This mapping is for the rule file "%(name)s", not for "%(wanted)s".'),
    "cohort.both": N_('"%(name)s" has a column and is assumed as well. Keep one of them.'),
    "cohort.members": N_('Of "%(name)s" say these: %(wanted)s. A number needs no unit where it is the stored one.'),
    "cohort.repeated": N_('The cell "%(cell)s" stands for two options of "%(name)s". Keep one of them.'),
    "case.other_rules": N_('These cases are for the rule file "%(name)s", but they stand beside "%(wanted)s".'),
    "case.no_today": N_(
        'A date is asked, so a day must stand for today: write today: "2026-11-30" at the top of the file.'
    ),
    "case.today": N_('"%(text)s" is no day. Write today as 2026-11-30.'),
    "case.today_unread": N_("No date is asked, so nothing reads `today`. Take it out."),
    "case.required": N_('The case "%(case)s" has no outcome, because it does not answer %(names)s. Add the answer.'),
    "case.category": N_(
        'The case "%(case)s" expects the category %(expected)s, but the rules give %(found)s.%(possible)s'
    ),
    "case.possible": N_('The case "%(case)s" expects the possible categories %(expected)s, but they are %(found)s.'),
    "case.kind": N_('The case "%(case)s" expects the kind %(expected)s, but the rules give %(found)s.'),
    "case.underlying": N_(
        'The case "%(case)s" expects the underlying category %(expected)s, but the rules give %(found)s.'
    ),
    "case.no_ground": N_(
        'The case "%(case)s" expects the ground %(name)s, but it does not hold. Those that hold: %(found)s.'
    ),
    "case.unwanted_ground": N_('The case "%(case)s" expects that the ground %(name)s does not hold, but it does.'),
    "case.no_note": N_(
        'The case "%(case)s" expects the note %(name)s, but it is not added. Those that are: %(found)s.'
    ),
    "case.unwanted_note": N_('The case "%(case)s" expects that the note %(name)s is not added, but it is.'),
    "case.no_missing": N_(
        'The case "%(case)s" expects that %(name)s is missing, but it is not. Missing are: %(found)s.'
    ),
    "case.value": N_('The case "%(case)s" expects that %(name)s is %(expected)s, but the rules give %(found)s.'),
    "journeys.other_rules": N_('These visitors are for the rule file "%(name)s", but this one is "%(wanted)s".'),
    "journeys.day": N_('"%(text)s" is no day. Write it as 2024-05-17, in quotation marks.'),
    "journeys.days": N_(
        "On the day of the visits a date of %(name)s lies from %(low)s to %(high)s, the first before the last."
    ),
    "journeys.range": N_("A number of %(name)s lies from %(low)s to %(high)s."),
    # answers in a case file, where what is said to people does not serve
    "answer.nothing_ticked": N_("The list names no option. Name one, or write unsure."),
    "answer.exclusive": N_('"%(option)s" excludes every other option. Leave it out, or the others.'),
    "answer.empty": N_("The number is missing. Write it, or write unsure."),
    "answer.inequality": N_("This is not one exact number. Write unsure."),
    "answer.unit_missing": N_(
        "A number in quotation marks needs its unit here, as in {value: 4.2, unit: mg/dL}. The units are: %(known)s."
    ),
}

FILE_SENTENCES: Mapping[str, str] = {**_FILES, **_SHAPES, **_CASES}
"""Sentences by the code of a `Problem`."""
