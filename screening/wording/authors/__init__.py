"""What rule authors read, in English: their `mistakes`, `proofs`, two `versions` side by side, `tables` of people.

Beside these rooms: simulated visits, the review form, what an editor says of a word, and what several rooms use (the
day of a judgement, why nothing was decided, a report's outline). What patients read is in `summary` and `document`.
"""
