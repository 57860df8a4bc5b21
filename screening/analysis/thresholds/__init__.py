"""What each threshold of a number does, on its two sides. Enter by `crossing_search`."""
