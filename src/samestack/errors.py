"""Every error that samestack raises on purpose.

The tree, with the exit status of each branch::

    SamestackError
    ├── RequestError          2  what was asked for cannot be
    │   └── InputError        2  a file or an environment that was read is malformed
    └── OutsideError          3  a program, a server or a file system failed
        └── CommandError  126, 127  a user's command cannot be started (process.py)

A message is one line: what is wrong, and where. A hint is one line: what to do about it.
``cli/main.py`` alone turns an error into text and an exit status.
"""


class SamestackError(Exception):
    """The root of the tree: one line of message and, where one is known, a remedy."""

    exit_status = 3

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class RequestError(SamestackError):
    """What was asked for cannot be done as it was asked."""

    exit_status = 2


class InputError(RequestError):
    """A file or environment that was read is malformed.

    ``file`` names it as the user did; ``place`` is the line, the key or the offset in it.
    """

    def __init__(self, file: str, message: str, *, place: str | None = None, hint: str | None = None) -> None:
        where = file if place is None else f"{file}: {place}"
        super().__init__(f"{where}: {message}", hint=hint)
        self.file = file
        self.place = place


class OutsideError(SamestackError):
    """Something outside samestack failed: a program, a server, a file system."""

    exit_status = 3
