"""Matches a person's answers with one section of a published guide; each folder here says what lives in it."""
