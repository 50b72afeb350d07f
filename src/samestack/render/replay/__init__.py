"""A replay for people and programs: a terminal, JSON, and a page."""
