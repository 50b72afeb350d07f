"""Conda prefixes and their records."""
