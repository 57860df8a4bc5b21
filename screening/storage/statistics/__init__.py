"""Numbers of which none is about one person: counts a day, and the overview. Enter by `tallies` and `overview`."""
