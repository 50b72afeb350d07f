"""Names as their ecosystems write them."""

import re

_SEPARATORS = re.compile(r"[-_.]+")


def normalized_python_name(name: str) -> str:
    """A distribution's name in the one form that PyPA's name normalization specification gives it."""
    return _SEPARATORS.sub("-", name).lower()
