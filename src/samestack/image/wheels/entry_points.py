"""The commands that a wheel declares in ``entry_points.txt``."""

import configparser
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.errors import InputError

_SECTIONS: Final = ("console_scripts", "gui_scripts")
_VALUE: Final = re.compile(
    r"(?P<module>[\w.-]+)\s*:\s*(?P<function>[\w.-]+)(?:\s*\[\s*(?:[^,\]]+,?\s*)+\])?", re.ASCII
)
_VERSIONED_PIP: Final = re.compile(r"pip3\.\d{1,3}")
_PIP: Final = "pip3"


class _Parser(configparser.ConfigParser):
    def optionxform(self, optionstr: str) -> str:
        """Names keep their case."""
        return optionstr


class EntryPoint(Struct, frozen=True):
    """A command, and the function that it calls."""

    name: str
    module: str
    function: str


def entry_points(text: bytes, *, series: str, shown: str, place: str) -> tuple[EntryPoint, ...]:
    """The commands of a wheel for a Python series, by name; graphical ones are no others on Linux.

    As with every installer, pip's versioned command is named after the Python that it is installed for.
    :class:`InputError` for what is malformed, or would be a file elsewhere.
    """
    parsed = _parsed(text, shown, place)
    declared = dict(_declared(parsed, shown, place))
    kept = {name: point for name, point in declared.items() if not _VERSIONED_PIP.fullmatch(name)}
    if _PIP in kept:
        name = f"pip{series}"
        kept[name] = EntryPoint(name, kept[_PIP].module, kept[_PIP].function)
    return tuple(kept[name] for name in sorted(kept))


def _parsed(text: bytes, shown: str, place: str) -> configparser.ConfigParser:
    parser = _Parser(delimiters=("=",), inline_comment_prefixes=("#", ";"), strict=False, interpolation=None)
    try:
        parser.read_string(text.decode("utf-8-sig"))
    except (configparser.Error, UnicodeDecodeError) as error:
        raise InputError(shown, f"it is malformed: {str(error).splitlines()[0]}", place=place) from None
    return parser


def _declared(parsed: configparser.ConfigParser, shown: str, place: str) -> Iterator[tuple[str, EntryPoint]]:
    for section in _SECTIONS:
        for name, value in parsed.items(section) if parsed.has_section(section) else ():
            match = _VALUE.fullmatch((value or "").strip())
            if match is None:
                raise InputError(shown, f"'{value}' names no function", place=f"{place}: {name}")
            if "/" in name or not name.isprintable() or name in (".", ".."):
                raise InputError(shown, f"no command can be called {name!r}", place=place)
            yield name, EntryPoint(name, match["module"], match["function"])
