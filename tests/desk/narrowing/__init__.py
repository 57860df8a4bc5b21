"""Filters of the list."""
