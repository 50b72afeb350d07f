"""Documents that strangers wrote: read with limits, decoded, and held against a declared shape.

Every reader of a file format declares the part of the format that it needs as ``msgspec.Struct`` classes and
calls one of the functions here. Whatever is wrong with a document becomes an :class:`InputError` that names
the file and the place in it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from samestack.errors import InputError

T = TypeVar("T")

MAX_DEPTH: Final = 200
"""The deepest nesting of a YAML document that is read. Real ones have about ten levels."""

MAX_DOCUMENT_BYTES: Final = 32 * 1024 * 1024
"""The largest document that is read. The largest real lock seen, a conda-lock of 4 platforms, has 2 MB."""


def read_text(path: Path, *, limit: int = MAX_DOCUMENT_BYTES) -> str:
    """A whole text file in UTF-8 (a byte order mark is dropped)."""
    data = read_bytes(path, limit=limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            str(path), "not UTF-8 text", place=f"byte {error.start}", hint="save it as UTF-8"
        ) from None


def read_bytes(path: Path, *, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """A whole regular file of at most ``limit`` bytes."""
    try:
        if not path.is_file():
            problem = "not a regular file" if path.exists() else "no such file"
            raise InputError(str(path), problem)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise InputError(str(path), f"larger than the limit of {limit} bytes")
    return data


def load_json(path: Path, shape: type[T]) -> T:
    """A JSON document of the given shape."""
    return decode_json(read_bytes(path), shape, file=str(path))


def decode_json(data: bytes, shape: type[T], *, file: str) -> T:
    """JSON of the given shape; ``file`` names it in errors."""
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        raise _misshapen(error, file) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(file, f"not JSON: {error}") from None
    except RecursionError:
        raise _too_deep(file) from None


def load_toml(path: Path, shape: type[T]) -> T:
    """A TOML document of the given shape."""
    import tomllib  # only TOML files pay for it

    file = str(path)
    try:
        document = tomllib.loads(read_text(path))
    except ValueError as error:  # TOMLDecodeError is one; an integer of too many digits is a plain one
        raise InputError(file, f"not TOML: {error}") from None
    except RecursionError:
        raise _too_deep(file) from None
    return shaped(document, shape, file=file)


def load_yaml(path: Path, shape: type[T]) -> T:
    """The first YAML document of a file, of the given shape; tags that would build objects are refused."""
    import yaml  # only YAML files pay for it

    file, text = str(path), read_text(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _may_be_deep(text) and _is_deep(yaml.parse(text, Loader=loader)):
            raise _too_deep(file)
        document = yaml.load(text, Loader=loader)  # noqa: S506 - it is the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = None if mark is None else f"line {mark.line + 1}, column {mark.column + 1}"
        raise InputError(file, f"not YAML: {error.problem or error.context}", place=place) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise InputError(file, f"not YAML: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise _too_deep(file) from None
    return shaped(document, shape, file=file)


def _may_be_deep(text: str) -> bool:
    """Whether a text has what deep nesting takes: many brackets, or lines with room for many block levels."""
    is_wide = max(map(len, text.splitlines()), default=0) > 10 * MAX_DEPTH
    return is_wide or text.count("[") + text.count("{") > MAX_DEPTH


def _is_deep(events: Iterable[Any]) -> bool:
    """Whether YAML nests deeper than allowed: libyaml's composer would overflow the C stack on it."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind in {"SequenceStartEvent", "MappingStartEvent"}
        depth -= kind in {"SequenceEndEvent", "MappingEndEvent"}
        if depth > MAX_DEPTH:
            return True
    return False


def shaped(document: Any, shape: type[T], *, file: str) -> T:  # noqa: ANN401 - a parsed document is anything
    """A parsed document held against a shape."""
    try:
        return msgspec.convert(document, shape, strict=True)
    except msgspec.ValidationError as error:
        raise _misshapen(error, file) from None
    except RecursionError:
        raise _too_deep(file) from None


def _misshapen(error: msgspec.ValidationError, file: str) -> InputError:
    message, _, place = str(error).partition(" - at ")
    return InputError(file, message, place=place.strip("`") or None)


def _too_deep(file: str) -> InputError:
    return InputError(file, "nested too deeply")
