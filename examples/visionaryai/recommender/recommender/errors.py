"""What can go wrong with what a person gave us."""

from __future__ import annotations


class InputError(Exception):
    """A file, a name or a number is not what it should be; the message is one line for a person."""


class UnknownCustomerError(InputError):
    """A customer who has rated nothing yet."""
