"""Two rule sets side by side: who moves, shown by answer sets that both engines confirm, or the proof of nobody.

Enter by `rule_sets.compare`.
"""
