"""From files to a checked rule set, or to every mistake in them with file, line and column.

Here live YAML, positions, the schema, translations, cases and the review state. Nothing is decided
here (`ruleset` does that), and no sentence about a mistake is made here (`wording` does that).
Enter by `loading.load_rule_file(path)`.
"""
