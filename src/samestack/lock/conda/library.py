"""py-rattler, which is no part of a plain installation."""

import importlib.util

from samestack.errors import RequestError


def check_rattler_is_here() -> None:
    """:class:`RequestError` with a remedy where it is not."""
    if importlib.util.find_spec("rattler") is None:
        raise RequestError(
            "locks and environments of conda's need the library py-rattler",
            hint='pip install "samestack[conda]"',
        )
