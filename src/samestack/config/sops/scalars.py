"""Values as bytes: what SOPS encrypts, and what its MAC is made over."""

import datetime as dt
import math
from decimal import Decimal
from typing import Any, Final

_TRUTH: Final = {"true": True, "false": False}
_MAX_DIGITS: Final = 400


def as_bytes(value: object) -> bytes:
    """A value as SOPS writes it before it encrypts; nothing for null, which it leaves out."""
    match value:
        case None:
            return b""
        case bool():
            return b"True" if value else b"False"
        case float():
            return _shortest(value).encode()
        case dt.datetime():
            return time_text(value).encode()
        case _:
            return str(value).encode()


def from_bytes(plain: bytes, kind: str) -> Any:  # noqa: ANN401 - it is what its kind says
    """A value of a kind that SOPS notes beside it; :class:`ValueError` without text where it is none."""
    text = plain.decode()
    match kind:
        case "str" | "bytes" | "time" | "comment":
            return text
        case "bool":
            return _TRUTH[text.lower()]
        case "int" if len(text) <= _MAX_DIGITS:
            return int(text)
        case "float" if len(text) <= _MAX_DIGITS:
            number = float(text)
            return number if math.isfinite(number) else text  # JSON has no word for infinity
    raise ValueError


def time_text(moment: dt.datetime) -> str:
    """A time as Go writes it: no zeros at the end of a fraction, ``Z`` for UTC."""
    whole = moment.strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    zone = moment.isoformat()[-6:] if moment.utcoffset() else "Z"
    return f"{whole}{fraction}{zone}"


def _shortest(number: float) -> str:
    """The shortest digits that mean a number, without an exponent."""
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")
