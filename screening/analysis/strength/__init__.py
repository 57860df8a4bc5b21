"""How many small mistakes in a rule set its cases and guarantees would notice. Enter by `measure`."""
