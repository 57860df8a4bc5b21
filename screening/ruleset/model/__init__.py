"""What a rule set is, as frozen data: expressions, texts, questions, rules; and the outcome that comes of answers.

Nothing here reads, checks or decides. Enter by `rule_set.RuleSet` and `outcome.Outcome`.
"""
