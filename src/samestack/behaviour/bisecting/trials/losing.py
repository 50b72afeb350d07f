"""A trial that nobody could finish."""

from samestack.errors import OutsideError


class LostError(OutsideError):
    """The machines that were at a trial were lost, and so were those that tried it again."""
