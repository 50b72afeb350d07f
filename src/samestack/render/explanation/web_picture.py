"""The web of the conflicts as a drawing: how large each box is, where it stands, which way each link goes."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from samestack.render.explanation.conflict_web import Node, Thread, web_of
from samestack.render.explanation.layered_layout import Box, Layout, Link, Point, layout
from samestack.render.printable import printable
from samestack.solve.explanation import Conflict

_CHARACTER: Final = 7.9
"""The width of a character of the text, 13 units high and all equally wide."""
_LONGEST: Final = 34
_PADDING: Final = 14
_TITLE: Final = 34
_ROW: Final = 22
_BADGE: Final = 22


class Line(Struct, frozen=True, kw_only=True):
    """A line of text in a box: where it begins, what is shown, and the whole of it where that is cut."""

    x: int
    y: int
    text: str
    whole: str = ""


class Figure(Struct, frozen=True, kw_only=True):
    """A box with its texts."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    title: Line
    note: Line | None
    rows: tuple[Line, ...]
    badges: tuple[Line, ...]
    """The numbers of the conflicts, where the box is what is contested."""


class Curve(Struct, frozen=True):
    """A link as an SVG path; ``is_clash`` where it ends at what is contested."""

    path: str
    is_clash: bool


class Picture(Struct, frozen=True, kw_only=True):
    """The whole drawing."""

    width: int
    height: int
    figures: tuple[Figure, ...]
    curves: tuple[Curve, ...]


def web_picture(conflicts: Sequence[Conflict]) -> Picture:
    """The picture of the conflicts; equal ones give equal pictures."""
    web = web_of(conflicts)
    nodes = {node.key: node for node in web.nodes}
    boxes = [
        Box(key=node.key, width=_width(node), height=_height(node), is_last=node.kind == "contested")
        for node in web.nodes
    ]
    threads = tuple({(one.source, one.row, one.target): one for one in web.threads}.values())
    links = [Link(one.source, one.target, _port(nodes[one.source], one.row)) for one in threads]
    placed = layout(boxes, links)
    return Picture(
        width=placed.width,
        height=placed.height,
        figures=tuple(_figure(node, placed) for node in web.nodes),
        curves=_curves(threads, placed),
    )


def _width(node: Node) -> int:
    texts = (node.title, node.note, *node.rows)
    longest = max(len(_cut(text)) for text in texts)
    badges = len(node.numbers) * _BADGE if node.kind == "contested" else 0
    return round(longest * _CHARACTER) + 2 * _PADDING + badges


def _height(node: Node) -> int:
    return _TITLE + _ROW * (len(node.rows) + bool(node.note)) + (6 if node.rows or node.note else 0)


def _port(node: Node, row: int | None) -> int:
    """How far below the box's top the link of a row begins."""
    return _TITLE // 2 + 2 if row is None else _TITLE + _ROW * (row + bool(node.note)) + 9


def _figure(node: Node, placed: Layout) -> Figure:
    x, y = placed.corners[node.key]
    width = _width(node)
    texts = [node.note] if node.note else []
    lines = [
        _line(text, x + _PADDING, y + _TITLE + _ROW * index + 14)
        for index, text in enumerate((*texts, *node.rows))
    ]
    return Figure(
        kind=node.kind,
        x=x,
        y=y,
        width=width,
        height=_height(node),
        title=_line(node.title, x + _PADDING, y + 24),
        note=lines[0] if node.note else None,
        rows=tuple(lines[len(texts) :]),
        badges=_badges(node, x + width, y) if node.kind == "contested" else (),
    )


def _badges(node: Node, right: int, y: int) -> tuple[Line, ...]:
    count = len(node.numbers)
    return tuple(
        Line(x=right - 18 - _BADGE * (count - 1 - index), y=y + 19, text=str(number))
        for index, number in enumerate(node.numbers)
    )


def _line(text: str, x: int, y: int) -> Line:
    cut = _cut(text)
    return Line(x=x, y=y, text=cut, whole=text if cut != printable(text) else "")


def _cut(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _curves(threads: Sequence[Thread], placed: Layout) -> tuple[Curve, ...]:
    return tuple(
        Curve(_path(route), thread.is_clash) for thread, route in zip(threads, placed.routes, strict=True)
    )


def _path(route: Sequence[Point]) -> str:
    """Curves that leave each point and reach the next one level."""
    (x, y), *others = route
    path = f"M{x} {y}"
    for right, height in others:
        middle = (x + right) // 2
        path += f"C{middle} {y} {middle} {height} {right} {height}"
        x, y = right, height
    return path
