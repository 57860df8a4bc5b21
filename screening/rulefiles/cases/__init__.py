"""Cases: named answer sets that travel with a rule file. Enter by `case_file`."""
