"""A reference becomes a snapshot: readers know kinds of environment, probes know layers.

Nothing of the environment examined is imported or run.
"""
