"""A manifest inferred from what a project shows: every value with the file and the line that tells it."""
