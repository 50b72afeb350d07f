"""The documentation, and what of it is written by a program."""
