"""The line of a document that a key stands on: looked for only when somebody asks, since it takes a parse."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_WORK: Final = 8 * 1024 * 1024
"""How many characters are parsed at most in search of the ends of a TOML document's values."""
_ENDS: Final = ("]", "}", '"""', "'''")
"""What the last line of a value of several lines holds."""


def line_of_key(text: str, ending: str, path: Sequence[str]) -> int | None:
    """The line, counted from 1, on which the key at the end of a path of keys stands.

    ``ending`` is that of the document's name: ``.toml``, ``.yaml``, ``.yml``, ``.json``. ``None`` where there
    is no such key, or the text is no such document.
    """
    if not path:
        return None
    if ending == ".toml":
        return _line_in_toml(text, path)
    # JSON is YAML but for its tabs, which stand between its values alone.
    return _line_in_yaml(text.replace("\t", " ") if ending == ".json" else text, path)


def _line_in_yaml(text: str, path: Sequence[str]) -> int | None:
    import yaml  # only YAML and JSON files pay for it

    try:
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    key: Any = None
    for step in path:
        found = _pair(node, step, set())
        if found is None:
            return None
        key, node = found
    return int(key.start_mark.line) + 1


def _pair(node: Any, step: str, seen: set[int]) -> tuple[Any, Any] | None:  # noqa: ANN401 - PyYAML's nodes have no types
    """The key and the value of a mapping; of a key that stands there twice, the last, as readers have it."""
    if type(node).__name__ != "MappingNode" or id(node) in seen:
        return None
    seen.add(id(node))
    for key, value in reversed(node.value):
        if key.value == step and key.tag != "tag:yaml.org,2002:merge":
            return key, value
    return next((found for part in _merged(node) if (found := _pair(part, step, seen))), None)


def _merged(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """The mappings that stand in for keys that a mapping has not itself: ``<<: *defaults``."""
    for key, value in node.value:
        if key.tag == "tag:yaml.org,2002:merge":
            yield from value.value if type(value).__name__ == "SequenceNode" else (value,)


def _line_in_toml(text: str, path: Sequence[str]) -> int | None:
    """The first statement under whose header the path leads to something."""
    return next((line for line, document in _statements(text) if _leads(document, path)), None)


def _statements(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each statement as a document of its own below its header, with its first line."""
    header, gathered, first, left = "", "", 1, _WORK
    for number, line in enumerate(text.split("\n"), start=1):
        if not gathered:
            first = number
        gathered += line + "\n"
        if first != number and not any(end in line for end in _ENDS):
            continue
        left -= len(gathered)
        if left < 0:
            return
        is_header = line.lstrip().startswith("[") and first == number
        document = _parsed(gathered if is_header else header + gathered)
        if document is not None:
            header, gathered = gathered if is_header else header, ""
            yield first, document


def _parsed(text: str) -> Mapping[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _leads(document: Mapping[str, Any], path: Sequence[str]) -> bool:
    node: object = document
    for step in path:
        if not isinstance(node, Mapping) or step not in node:
            return False
        node = node[step]
    return True
