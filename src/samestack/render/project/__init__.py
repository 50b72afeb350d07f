"""A manifest that was inferred: on a terminal and as JSON."""
