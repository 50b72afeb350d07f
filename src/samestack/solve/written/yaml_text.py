"""The scalars of a YAML document: where each stands, and how another is written in its place."""

import re
from collections.abc import Iterator
from typing import Any, Final

from samestack.solve.written.span import Language, Path, Span, item_extent, place_text

_BLOCK_ENTRY = re.compile(r"[ \t]*-[ \t]+")
_REST_OF_LINE = re.compile(r"[ \t]*(#[^\n]*)?(\r?\n|$)")


def spans(text: str) -> tuple[Span, ...]:
    """Every scalar that is a value, in the order of the text; ``ValueError`` for what is not YAML.

    The document has been read before, so its depth and its aliases are known to be within their limits.
    """
    import yaml  # only YAML files pay for it

    try:
        # Only the loader that is written in Python counts characters alike whatever their width.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {str(error).splitlines()[0]}") from None
    return tuple(_scalars(root, (), set())) if root is not None else ()


def literals(raw: str, value: str) -> Iterator[str]:
    """A scalar as it stands there, plain or in its quotation marks, or else in simple ones."""
    if raw[:1] not in {'"', "'"}:
        yield value
    if raw.startswith('"') and value.isprintable() and not {'"', "\\"} & set(value):
        yield f'"{value}"'
    doubled = value.replace("'", "''")
    yield f"'{doubled}'"


def extent(text: str, span: Span) -> tuple[int, int] | None:
    """An entry of a block with its line, or of a list in brackets with its comma."""
    line_start = text.rfind("\n", 0, span.start) + 1
    rest = _REST_OF_LINE.match(text, span.end)
    if _BLOCK_ENTRY.fullmatch(text, line_start, span.start):
        return None if rest is None else (line_start, rest.end())
    return item_extent(text, span.start, span.end) if span.place.endswith("]") else None


YAML: Final = Language(spans, literals, extent)


def _scalars(node: Any, path: Path, seen: set[int]) -> Iterator[Span]:  # noqa: ANN401 - PyYAML's nodes have no types
    if id(node) in seen:  # an alias stands for what was met at its anchor
        return
    seen.add(id(node))
    kind = type(node).__name__
    if kind == "ScalarNode":
        start, end = node.start_mark.index, node.end_mark.index
        yield Span(place=place_text(path), value=node.value, start=start, end=end)
    elif kind == "SequenceNode":
        for index, child in enumerate(node.value):
            yield from _scalars(child, (*path, index), seen)
    else:
        for key, child in node.value:
            yield from _scalars(child, (*path, str(key.value)), seen)
