"""From data to a rule set: its shape by the schema, its members by the model, its canonical JSON and its texts.

Whether the parts fit each other is asked in `checks`. Enter by `builder.build_rule_set`.
"""
