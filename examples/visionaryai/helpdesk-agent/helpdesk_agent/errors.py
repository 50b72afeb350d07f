"""What can go wrong with what a person gave us."""

from __future__ import annotations


class InputError(Exception):
    """A file or a question is not what it should be; the message is one line for a person."""
