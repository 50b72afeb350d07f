"""The lines of a requirements file: decoded, joined, without comments, and split as pip splits them."""

import codecs
import optparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

from msgspec import Struct

from samestack.capture.documents import read_bytes
from samestack.capture.readers.requirements.packaging_values import placed
from samestack.errors import InputError

MAX_BYTES: Final = 8 * 1024 * 1024
"""The largest requirements file that is read. The largest real one seen, with hashes, has 400 kB."""

MAX_CHARACTERS: Final = 256 * 1024
"""The longest line that is read, joined with those that continue it. A package with 100 hashes has 8 kB."""

# One space is enough: those before it are stripped, and are not searched again from each of them.
_COMMENT = re.compile(r"(^|\s)#.*$")
# Longer marks first: that of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Line(Struct, frozen=True, kw_only=True):
    """What one logical line says: a requirement with its hashes, or options for the whole file."""

    number: int
    """Of the first physical line, from 1."""
    requirement: str = ""
    hashes: tuple[str, ...] = ()
    editables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """What ``-r`` names."""
    constraint_files: tuple[str, ...] = ()
    """What ``-c`` names."""
    indexes: tuple[str, ...] = ()
    """Addresses of indexes and of pages with links, as they stand there: possibly with credentials."""


def read_lines(path: Path) -> Iterator[Line]:
    """Every logical line of a requirements file that says something."""
    for number, text in logical_lines(_decoded(read_bytes(path, limit=MAX_BYTES), path)):
        with placed(str(path), f"line {number}"):
            if len(text) > MAX_CHARACTERS:
                raise ValueError(f"a line of {len(text)} characters is over the limit of {MAX_CHARACTERS}")
            yield parsed_line(number, text)


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers: those that end in a backslash joined with the next, comments cut."""
    pending: list[str] = []
    start = 0
    for number, line in enumerate(text.splitlines(), start=1):
        start = start or number
        is_comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not is_comment:
            pending.append(line.strip("\\"))
            continue
        # The space lets a comment that follows a backslash be seen as one.
        yield from _uncommented(start, "".join((*pending, " " if is_comment else "", line)))
        pending, start = [], 0
    yield from _uncommented(start, "".join(pending))


def _uncommented(number: int, line: str) -> Iterator[tuple[int, str]]:
    said = _COMMENT.sub("", line).strip()
    if said:
        yield number, said


def _decoded(data: bytes, path: Path) -> str:
    """By its byte order mark (Windows writes UTF-16), else as UTF-8."""
    mark, encoding = next((row for row in _BYTE_ORDER_MARKS if data.startswith(row[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start + len(mark)}"
        raise InputError(str(path), f"not {encoding} text", place=place, hint="save it as UTF-8") from None


def parsed_line(number: int, text: str) -> Line:
    """A logical line, taken apart; ``ValueError`` for options that pip does not have."""
    words = text.split(" ")
    # What comes before the first option is a requirement, and is not split as a shell would: markers quote.
    first = next((index for index, word in enumerate(words) if word.startswith("-")), len(words))
    options, _ = _PARSER.parse_args(shlex.split(" ".join(words[first:])))
    return Line(
        number=number,
        requirement=" ".join(words[:first]).strip(),
        hashes=tuple(options.hashes or ()),
        editables=tuple(options.editables or ()),
        files=tuple(options.files or ()),
        constraint_files=tuple(options.constraint_files or ()),
        indexes=tuple(options.indexes or ()),
    )


class _Parser(optparse.OptionParser):
    """pip's own choice of library, so that options are spelled, shortened and joined as pip allows."""

    def error(self, msg: str) -> NoReturn:
        raise ValueError(msg)


def _parser() -> optparse.OptionParser:
    parser = _Parser(add_help_option=False)
    parser.add_option("--hash", dest="hashes", action="append")
    parser.add_option("-e", "--editable", dest="editables", action="append")
    parser.add_option("-r", "--requirement", dest="files", action="append")
    parser.add_option("-c", "--constraint", dest="constraint_files", action="append")
    index_words = ("-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links")
    parser.add_option(*index_words, dest="indexes", action="append")
    parser.add_option(*_SWITCHES, dest="ignored", action="store_true")
    parser.add_option(*_SETTINGS, dest="ignored", action="append")
    return parser


# What changes how something is installed, but not what: read and dropped.
_SWITCHES: Final = (
    "--no-index",
    "--pre",
    "--prefer-binary",
    "--require-hashes",
    "--no-require-hashes",
    "--use-wheel",
    "--no-use-wheel",
    "--process-dependency-links",
    "--allow-all-external",
)
_SETTINGS: Final = (
    "-C",
    "--config-settings",
    "--no-binary",
    "--only-binary",
    "--trusted-host",
    "--use-feature",
    "--all-releases",
    "--only-final",
    "--global-option",
    "--install-option",
    "--allow-external",
    "--allow-unverified",
)
_PARSER: Final = _parser()
