"""A hundred mistakes that authors make: each an edit of the small rule file, and what of its mend is told.

A mistake is its name, what stands in the small file, what is typed instead, and a part of the sentence. It is told in
the first line that the edit changes, unless a fifth part names another line by what stands in it.
"""

from __future__ import annotations

Mistake = tuple[str, str, str, str] | tuple[str, str, str, str, str]

_LEAVES = "    title: The leaves\n"
_LEAVES_LABEL = "        label: Leaves\n"
_LIGHT = "definitely(weight < 0.5)"
_PLAIN = "text: Please look again by day."
_UPRIGHT = 'leaves == "upright" and'
_NBSP = "\N{NO-BREAK SPACE}"

YAML: tuple[Mistake, ...] = (
    ("quote_open_in_braces", 'cannot tell"', "cannot tell", "has none at its end. Add it"),
    (
        "quote_open_before_another",
        'because: "You said of the soil: {soil}."',
        'because: "You said so.',
        "none at its end",
    ),
    ("single_quote_open", 'because: "The pot weighs {weight}."', "because: 'It is light.", "none at its end"),
    ("quote_open_on_top", 'version: "1.0.0"\nlanguage', 'version: "1.0.0\nlanguage', "none at its end"),
    ("quote_open_in_a_list", 'number: "999"', 'number: "999', "none at its end"),
    ("quote_open_at_the_end", 'version: "1.0.0", text: First', 'version: "1.0.0, text: First', "none at its end"),
    ("quote_open_of_a_condition", "when: dry\n", 'when: "dry\n', "none at its end"),
    (
        "quote_at_the_end_alone",
        "text: Do you see one of these?",
        'text: Do you see one of these?"',
        "none stands before",
    ),
    ("quotes_of_printers", 'because: "You ticked: {signs}."', "because: “You ticked: {signs}.”", "Type the plain one"),
    ("quotes_around_a_word", _PLAIN, 'text: "Please" look again.', "Put the whole text in quotation marks"),
    (
        "apostrophe_in_single_quotes",
        "because: The leaves hang down.",
        "because: 'They're hanging.'",
        "Put the whole text",
    ),
    ("other_space_as_indentation", _LEAVES, f"  {_NBSP}{_NBSP}title: The leaves\n", "Type a plain space"),
    ("other_spaces_alone", _LEAVES, f"{_NBSP * 4}title: The leaves\n", "Type a plain space"),
    ("other_space_after_a_dash", "  - id: pot\n", f"  -{_NBSP}id: pot\n", "Type a plain space"),
    ("other_space_after_a_colon", "title: The pot\n", f"title:{_NBSP}The pot\n", "Type a plain space"),
    ("other_space_before_a_colon", "        label: Soil\n", f"        label{_NBSP}: Soil\n", "Type a plain space"),
    ("wide_space_as_indentation", _LEAVES, "  \N{EM SPACE}title: The leaves\n", "Type a plain space"),
    ("other_space_in_a_condition", "light_pot and leaves", f"light_pot and{_NBSP}leaves", "Type a plain space"),
    ("tab", _LEAVES, "\ttitle: The leaves\n", "Use spaces"),
    ("tab_after_spaces", _LEAVES, "  \ttitle: The leaves\n", "Use spaces"),
    ("no_space_after_the_colon", _LEAVES, "    title:The leaves\n", "a colon and a space after it"),
    ("no_colon", _LEAVES, "    title The leaves\n", "a colon and a space after it"),
    ("equals_for_a_colon", _LEAVES, "    title = The leaves\n", "a colon and a space after it"),
    ("one_space_too_few", _LEAVES, "   title: The leaves\n", "Check how far it is indented"),
    ("one_space_too_many", _LEAVES, "     title: The leaves\n", "check how far it is indented"),
    (
        "colon_in_a_text",
        "text: How do the leaves look?",
        "text: Look: how are they?",
        "that holds a colon in quotation",
    ),
    ("hash_before_a_text", "text: Does the sun reach it?", "text: #1 Does the sun reach it?", "is a comment"),
    ("hash_in_a_text", "because: The leaves hang down.", "because: They hang, see #2 there.", "no part of this text"),
    ("comma_in_braces", "text: They hang down}", "text: They hang down, all of them}", "that holds a comma"),
    ("brace_missing", "text: They stand up}", "text: They stand up", "is not closed"),
    (
        "condition_in_braces",
        "  - {id: light_pot, is: definitely(weight < 0.5)}",
        '  - {id: light_pot, is: definitely(any_of(signs, "lice", "mould"))}',
        "Put the whole condition in single quotation marks",
    ),
    (
        "options_in_braces",
        "  - {id: light_pot, is: definitely(weight < 0.5)}",
        '  - {id: light_pot, is: soil in {"dry", "moist"}}',
        "Put the whole condition in single quotation marks",
    ),
    ("bracket_missing", "order: [wet, moist, dry]", "order: [wet, moist, dry", "is not closed"),
    ("bracket_too_many", "order: [wet, moist, dry]", "order: [wet, moist, dry]]", "nothing more can stand"),
    ("brace_for_a_bracket", "then: [rescue]", "then: [rescue}", "is not closed"),
    ("comma_missing", "{code: wet, text: Wet", "{code: wet text: Wet", "Put a comma between its parts"),
    ("semicolons", "{code: wet, text: Wet, score", "{code: wet; text: Wet; score", "Put a comma between its parts"),
    ("bold", _PLAIN, "text: **Please** look again.", "make nothing bold"),
    ("bold_in_quotes", _PLAIN, 'text: "**Please** look again."', "shown as it stands"),
    ("bold_by_tags", _PLAIN, "text: Please <b>look</b> again.", "shown as it stands"),
    ("line_break_by_a_tag", _PLAIN, "text: Please look<br/>again.", "shown as it stands"),
    ("link", _PLAIN, 'text: "Please [look](https://example.org)."', "shown as it stands"),
    ("percent_first", _PLAIN, "text: %Please look again.", "Put it in quotation marks"),
    ("placeholder_first", 'because: "The pot weighs {weight}."', "because: {weight} it weighs.", "Put the whole text"),
    ("code_yes", '{code: sun, text: "Yes"', '{code: yes, text: "Yes"', 'Write "yes" in quotation marks'),
    ("text_no", 'text: "No", score: 0', "text: No, score: 0", 'Write "No" in quotation marks'),
    ("version_as_a_number", 'version: "1.0.0"\n', "version: 1.0\n", "A text stands in quotation marks"),
    ("decimal_comma", "minimum: 0.1", "minimum: 0,1", "with a point where needed"),
    ("comma_for_thousands", "maximum: 50000", "maximum: 50,000", "without marks between its thousands"),
    ("number_with_its_unit", "unusual_above: 20\n", "unusual_above: 20 kg\n", "A number is wanted here"),
    ("number_in_quotes", "unusual_above: 20\n", 'unusual_above: "20"\n', "without quotation marks"),
    ("true_with_a_capital", "overrides: true", "overrides: True", "true or false for a truth value"),
    ("yes_for_true", "overrides: true", "overrides: yes", "true or false for a truth value"),
    ("true_in_quotes", "overrides: true", 'overrides: "true"', "without quotation marks"),
    (
        "label_twice",
        "        label: Soil\n",
        "        label: Soil\n        label: Earth\n",
        "Remove one",
        "label: Earth",
    ),
    ("folded_text_not_indented", _PLAIN, "text: >-\n    Please look again.", "indent it", "    Please look"),
    (
        "second_line_not_indented",
        "about: A leaflet of a garden shop.",
        "about: A leaflet\n  of a shop.",
        "indent",
        "of a shop",
    ),
)
"""What YAML makes something else of."""

SHAPES: tuple[Mistake, ...] = (
    (
        "member_mistyped",
        "        label: Leaves\n",
        "        lable: Leaves\n",
        'Did you mean "label"? That one is missing',
    ),
    ("member_with_a_capital", "        label: Leaves\n", "        Label: Leaves\n", 'Did you mean "label"'),
    ("if_for_when", "        when: dry\n", "        if: dry\n", 'Did you mean "when"? That one is missing'),
    ("question_for_questions", "leaves\n    questions:", "leaves\n    question:", 'Did you mean "questions"'),
    ("type_of_another_program", "        type: several\n", "        type: checkbox\n", "choice, several, number"),
    ("kind_that_is_none", "kind: action", "kind: warning", "action, conflict, information, caution"),
    ("tone_that_is_none", "tone: calm", "tone: green", "urgent, serious, calm, plain"),
    ("audience_that_is_none", "audience: both", "audience: doctor", "Known are"),
    ("option_without_a_text", "{code: wet, text: Wet, score: 0}", "{code: wet, score: 0}", '"text" is missing'),
    ("no_label", "        label: Leaves\n", "", '"label" is missing', "- id: leaves\n        type"),
    ("options_as_texts", "- {code: hanging, text: They hang down}", "- They hang down", 'Members such as "id: ..."'),
    ("id_with_a_dash", "- id: too_wet", "- id: too-wet", "Small letters, digits and underscores"),
    ("id_with_a_space", "- id: too_wet", "- id: too wet", "Small letters, digits and underscores"),
    ("id_with_capitals", "- id: too_wet", "- id: TooWet", "Small letters, digits and underscores"),
    ("category_mistyped", "  - category: thirsty\n", "  - category: thirstty\n", 'Did you mean "thirsty"'),
    (
        "source_mistyped",
        "wet already.\n    sources: [leaflet]",
        "wet already.\n    sources: [leaflets]",
        'mean "leaflet"',
    ),
    (
        "source_without_a_list",
        "wet already.\n    sources: [leaflet]",
        "wet already.\n    sources: leaflet",
        "or write [one",
    ),
    ("placeholder_mistyped", "{weight}.", "{wieght}.", 'Did you mean "weight"'),
    ("placeholder_in_two_braces", "{weight}.", "{{weight}}.", "between two braces"),
    ("two_grounds_of_one_name", "- id: hanging_leaves\n", "- id: dry_soil\n", "Choose another one"),
    ("limits_the_wrong_way_round", "minimum: 0, maximum: 100", "minimum: 100, maximum: 0", "must be less than"),
    (
        "units_without_a_list",
        "units: [{code: a, label: years, minimum: 0, maximum: 100, whole: true}]",
        "units: {code: a, label: years, minimum: 0, maximum: 100, whole: true}",
        "Begin each item with a dash",
    ),
    ("language_by_its_name", "language: en", "language: English", "such as en, ms or zh-Hans"),
    ("speed_that_is_none", "unsure: now\n", "unsure: soon\n", "Known are: now"),
    (
        "condition_missing",
        '        when: light_pot and leaves == "hanging"\n',
        "",
        '"when" is missing',
        "- id: light\n        because",
    ),
)
"""What stands under a wrong name, or nowhere."""

CODES: tuple[Mistake, ...] = (
    (
        "code_from_memory",
        _LEAVES_LABEL,
        f"{_LEAVES_LABEL}        codes: [{{system: LOINC, code: 1-8, confirmed: true}}]\n",
        '"source" is missing here. Add it.',
    ),
    (
        "code_as_before",
        _LEAVES_LABEL,
        f"{_LEAVES_LABEL}        codes: {{LOINC: 1-8}}\n",
        "A list is wanted here",
    ),
    (
        "code_of_a_source_not_listed",
        _LEAVES_LABEL,
        f"{_LEAVES_LABEL}        codes: [{{system: LOINC, code: 1-8, source: leafet, confirmed: true}}]\n",
        'Did you mean "leaflet"?',
    ),
)
"""Codes of published terminologies without where they were seen."""

EXPRESSIONS: tuple[Mistake, ...] = (
    ("one_equals_sign", 'not definitely(soil == "wet")', 'not definitely(soil = "wet")', "Write `==`"),
    ("option_without_quotes", 'leaves == "dark"', "leaves == dark", "put it in quotation marks"),
    ("option_mistyped", 'definitely(soil == "dry")', 'definitely(soil == "drry")', 'Did you mean "dry"'),
    ("question_mistyped", 'definitely(soil == "dry")', 'definitely(soyl == "dry")', 'Did you mean "soil"'),
    ("power_of_a_score", "score(soil) + score(light)", "score(soil) ** 2", "Write `power(score(soil), 2)`"),
    ("power_of_a_number", _LIGHT, "definitely(2 ** weight < 2)", "Write `power(2, weight)`"),
    ("caret", _LIGHT, "definitely(weight^2 < 2)", "Write `power(weight, 2)`"),
    ("true", "when: dry\n", "when: true\n", "write 1 < 2"),
    ("false", "when: dry\n", "when: false\n", "write 1 > 2"),
    ("true_compared", "when: dry\n", "when: dry == true\n", "write `dry`"),
    ("yes_compared", "when: dry\n", "when: dry == yes\n", "put it in quotation marks"),
    ("number_for_a_condition", "when: dry\n", "when: 1\n", "An expression is wanted here"),
    ("and_in_capitals", "light_pot and leaves", "light_pot AND leaves", "Write `and`"),
    ("ampersands", "light_pot and leaves", "light_pot && leaves", "Write `and`"),
    ("comma_for_and", "light_pot and leaves", "light_pot, leaves", "Write and, or or,"),
    ("is", _UPRIGHT, 'leaves is "upright" and', 'compared as question == "option"'),
    ("not_for_unequal", _UPRIGHT, 'leaves not "hanging" and', "Write `!=`"),
    ("angles_for_unequal", _UPRIGHT, 'leaves <> "hanging" and', "Write `!=`"),
    ("options_in_brackets", 'soil in {"moist", "wet"}', 'soil in ["moist", "wet"]', 'in {"one", "other"}'),
    ("second_option_alone", 'soil in {"moist", "wet"}', 'soil == "moist" or "wet"', 'question == "wet"'),
    (
        "ticks_compared",
        'when: any_of(signs, "lice")\n        b',
        'when: signs == "lice"\n        b',
        "write any_of(...)",
    ),
    ("ticks_of_a_choice", 'definitely(soil == "dry") or', 'definitely(any_of(soil, "dry")) or', "write == or in"),
    ("not_sure_left_out", 'not definitely(soil == "wet")', 'not (soil == "wet")', "put it inside definitely(...)"),
    ("not_sure_as_an_option", "not known(signs)", 'leaves == "unsure"', "write known(leaves)"),
    ("decimal_comma_compared", _LIGHT, "'definitely(weight < 0,5)'", "Write `.`"),
    ("unit_compared", _LIGHT, "definitely(weight < 0.5 kg)", "leave out a unit"),
    ("percent_compared", _LIGHT, "definitely(weight < 5%)", "Write the number alone"),
    ("one_sign_for_two", _LIGHT, "definitely(weight ≤ 0.5)", "Write `<=`"),
    ("signs_swapped", _LIGHT, "definitely(weight =< 0.5)", "Write `<=`"),
    ("number_quoted", _LIGHT, 'definitely(weight < "1")', "write 1."),
    ("braces_as_in_texts", _LIGHT, "'definitely({weight} < 1)'", "write weight"),
    ("letter_x_for_times", _LIGHT, "definitely(2 x weight < 1)", "a sign such as *"),
    ("between", _LIGHT, "definitely(weight between 1 and 2)", 'Nothing stands between "weight" and "between"'),
    ("title_for_a_name", "when: dry\n", 'when: The leaves == "hanging"\n', "the name of a question is its id"),
    ("dollar", _LIGHT, "definitely($weight < 1)", "has no place in an expression"),
    ("bracket_open", _LIGHT, "definitely(weight < 0.5", "Add the other bracket"),
    ("quote_open", _UPRIGHT, 'leaves == "upright and', "none at its end"),
    ("function_mistyped", _LIGHT, "definitly(weight < 1)", 'Did you mean "definitely"'),
    ("function_of_another_language", _LIGHT, "definitely(abs(weight) < 1)", "Known are: definitely"),
    ("if_first", "score(soil) + score(light)", "if score(soil) > 1 then 1 else 0", "`x if condition else y`"),
    (
        "score_of_no_scores",
        "score(soil) + score(light)",
        "score(leaves) + score(light)",
        "whose options all have a score",
    ),
    ("number_as_a_condition", "when: dry\n", "when: thirst\n", "Compare it"),
    ("question_as_a_condition", "when: dry\n", "when: leaves\n", "Compare it"),
    ("outcome_in_a_rule", "when: dry\n", 'when: category == "fine"\n', "Only notes, headings and texts"),
    ("line_kept", "when: dry\n", "when: |\n          dry\n          or dry\n", "Begin it with >-", "          dry\n"),
    ("nothing_after_and", "light_pot and leaves", "light_pot and and leaves", "cannot be understood from here"),
    ("one_number_of_least", _LIGHT, "definitely(min(weight) < 1)", "min(number, number, ...)"),
    ("part_by_a_point", _LIGHT, "definitely(pot.weight < 1)", "rules/README.md says what is"),
)
"""What is no expression, or reads the wrong thing."""

MISTAKES = (*YAML, *SHAPES, *CODES, *EXPRESSIONS)
