"""Cases: named answer sets that travel with a rule file, and outcomes as cases and records hold them.

Enter by `case_file`, and for outcomes as JSON by `outcome_json`.
"""
