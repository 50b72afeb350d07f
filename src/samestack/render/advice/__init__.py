"""Advice on the kind of environment: on a terminal and as JSON."""
