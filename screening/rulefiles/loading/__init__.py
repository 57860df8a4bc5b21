"""A rule file with all that stands beside it, checked: or every mistake with file, line and column.

Enter by `loader.load_rule_file`, and for rules kept with a submission by `stored_rules.rules_from`.
"""
