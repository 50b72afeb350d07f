"""How old a value may get: ``90d``, ``12h``, ``2w``."""

import re
from typing import Final

_AGE: Final = re.compile(r"([0-9]{1,6})([hdw])")
_HOURS: Final = {"h": 1, "d": 24, "w": 168}


def days_of(said: str) -> int:
    """An age in whole days, hours rounded up; :class:`ValueError` for what is none, or is nothing."""
    found = _AGE.fullmatch(said)
    if found is None or not int(found[1]):
        raise ValueError
    return -(-int(found[1]) * _HOURS[found[2]] // 24)
