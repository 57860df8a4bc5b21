"""Tests of reading a table of people as answer sets."""
