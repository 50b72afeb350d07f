"""YAML as SOPS reads it: in order, without aliases, its plain scalars typed as Go's yaml.v3 has them."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from samestack.capture.documents import MAX_DEPTH
from samestack.errors import InputError

MAX_NODES: Final = 100_000
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH: Final = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_IN_BASE: Final = re.compile(r"[-+]?0(?:x_*[0-9a-fA-F][0-9a-fA-F_]*|b_*[01][01_]*|o_*[0-7][0-7_]*|[0-7_]+)")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[-+]\d\d:\d\d)?)?")
_STR: Final = "tag:yaml.org,2002:str"


def yaml_tree(text: str, shown: str) -> dict[str, Any]:
    """The one document of a text; :class:`InputError` for what is malformed, or no map."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        tree = _Reading(yaml.parse(text, Loader=loader), shown).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise InputError(shown, "not YAML", place=f"line {mark.line + 1}" if mark else None) from None
    except yaml.YAMLError:
        raise InputError(shown, "not YAML") from None
    if not isinstance(tree, dict):
        raise InputError(shown, "no map of keys and values")
    return tree


class _Reading:
    """Events put together into a document. They come one by one, so that no depth overflows a stack."""

    def __init__(self, events: Iterable[Any], shown: str) -> None:
        self._events: Iterator[Any] = iter(events)
        self._shown = shown
        self._nodes = 0

    def document(self) -> Any:  # noqa: ANN401 - a document is anything
        tree: Any = None
        documents = 0
        for event in self._events:
            kind = type(event).__name__
            documents += kind == "DocumentStartEvent"
            if documents > 1:
                raise self._error("more than one document", event)
            if kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"}:
                tree = self._node(event, 0)
        return tree

    def _node(self, event: Any, depth: int) -> Any:  # noqa: ANN401
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise self._error("nested too deeply" if depth > MAX_DEPTH else "too many values", event)
        match type(event).__name__:
            case "ScalarEvent":
                return self._scalar(event)
            case "SequenceStartEvent":
                return list(self._items(depth))
            case "MappingStartEvent":
                return self._map(depth)
        raise self._error("an alias, which SOPS does not write", event)

    def _items(self, depth: int) -> Iterator[Any]:
        for event in self._events:
            if type(event).__name__ == "SequenceEndEvent":
                return
            yield self._node(event, depth + 1)

    def _map(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._events:
            if type(event).__name__ == "MappingEndEvent":
                break
            if type(event).__name__ != "ScalarEvent" or event.value in found:
                raise self._error("a key that is no text, or stands there twice", event)
            found[event.value] = self._node(next(self._events), depth + 1)
        return found

    def _scalar(self, event: Any) -> Any:  # noqa: ANN401
        if event.tag not in {None, "!", _STR}:
            raise self._error("a tag", event)
        is_plain = not event.style and event.tag is None  # libyaml says "" where PyYAML itself says None
        return plain_scalar(event.value) if is_plain else event.value

    def _error(self, message: str, event: Any) -> InputError:  # noqa: ANN401
        return InputError(self._shown, message, place=f"line {event.start_mark.line + 1}")


def plain_scalar(text: str) -> Any:  # noqa: ANN401
    """The value of a scalar without quotes; a time as :class:`datetime.datetime`."""
    if text in _NULLS:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if len(text) > 64:
        return text
    number = _number(text)
    return _time(text) if number is None else number


def _number(text: str) -> int | float | None:
    """A number, where it is one that JSON has, too."""
    digits = text.replace("_", "")
    if _INTEGER.fullmatch(text):
        return int(digits)
    if _IN_BASE.fullmatch(text):
        return int(digits, 8 if digits.lstrip("+-")[1:2].isdigit() else 0)
    number = float(digits) if _FLOAT.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def _time(text: str) -> dt.datetime | str:
    if not _TIME.fullmatch(text):
        return text
    try:
        moment = dt.datetime.fromisoformat(text.upper())
    except ValueError:
        return text
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
