"""Advice on a terminal: the kind of environment, the points, the reasons with where they were seen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.advise.advice import Advice, Reason
from samestack.advise.matrix import Row
from samestack.project.manifest import Backend
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    plain,
    print_columns,
    print_item,
    print_text,
)

_NAMES: Final = {Backend.VENV: "venv", Backend.CONDA: "conda", Backend.POETRY: "Poetry"}
_CLOSE: Final = 2.0
_POINTS_WIDTH: Final = 6


def print_advice(advice: Advice, console: Console, *, full: bool = False) -> None:
    """Print what is advised and why; with ``full``, every place that was seen and not only the first."""
    print_text(plain(_verdict(advice), HEADING_STYLE), console)
    _print_points(advice.scores, advice.reasons, console)
    for reason in advice.reasons:
        _print_reason(reason, console, full=full)
    for note in advice.notes:
        print_item("-", plain(note, QUIET_STYLE), console)
    console.print()
    print_text(plain(_next_step(advice), QUIET_STYLE), console)


def print_rows(rows: Iterable[Row], console: Console) -> None:
    """Print the matrix: each row's points and its question."""
    all_rows = tuple(rows)
    widths = (*_columns(), *fitted([max(len(row.signal) for row in all_rows), 60], console.width - 32))
    header = [*map(_NAMES.__getitem__, Backend), "row", "question"]
    print_columns([Text(word, style=QUIET_STYLE) for word in header], widths, console)
    for row in all_rows:
        points = [Text(_number(row.points(backend)), justify="right") for backend in Backend]
        print_columns([*points, plain(row.signal), plain(row.question)], widths, console)


def _verdict(advice: Advice) -> str:
    first, second = _NAMES[advice.backend], _NAMES[advice.runner_up]
    if advice.margin < _CLOSE:
        return f"{first}, though {second} would do as well: {_ahead(advice)}."
    return f"{first}: {_ahead(advice)} of {second}."


def _ahead(advice: Advice) -> str:
    margin = f"{advice.margin:g}"
    return f"{margin} point{'' if margin == '1' else 's'} ahead" if advice.margin else "no point ahead"


def _print_points(scores: Mapping[Backend, float], reasons: Iterable[Reason], console: Console) -> None:
    console.print()
    widths = (*_columns(), max(console.width - 30, 20))
    header = [Text(_NAMES[backend], style=QUIET_STYLE, justify="right") for backend in Backend]
    print_columns([*header, Text("because", style=QUIET_STYLE)], widths, console)
    for reason in reasons:
        cells = [Text(_number(reason.points.get(backend, 0)), justify="right") for backend in Backend]
        print_columns([*cells, plain(f"{reason.reason} ({reason.signal})")], widths, console)
    sums = [Text(_number(scores[backend]), style=HEADING_STYLE, justify="right") for backend in Backend]
    print_columns([*sums, Text("together", style=HEADING_STYLE)], widths, console)
    console.print()


def _print_reason(reason: Reason, console: Console, *, full: bool) -> None:
    shown = reason.evidence if full else reason.evidence[:1]
    for evidence in shown:
        print_item("-", plain(f"{reason.signal}: {evidence.label}"), console)


def _next_step(advice: Advice) -> str:
    return (
        f'write it down: [tool.samestack] backend = "{advice.backend}" in pyproject.toml '
        f"(samestack init --backend {advice.backend} does)"
    )


def _columns() -> Iterator[int]:
    return (_POINTS_WIDTH for _ in Backend)


def _number(points: float) -> str:
    return f"{points:+g}" if points else "."
