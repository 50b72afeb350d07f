"""What the numbers of boxes are: tables whose columns say where, how sure and of what class."""

from collections.abc import Iterable
from math import radians

import numpy as np
from msgspec import Struct

from samestack.behaviour.comparing.arrays import real_numbers, rows, unfit
from samestack.behaviour.comparing.box_columns import ANGLES, CENTRES, CORNERS, SIZES
from samestack.behaviour.comparing.described import is_empty
from samestack.behaviour.comparing.overlap import corners
from samestack.behaviour.recording.recording import Array, Value


class Boxes(Struct, frozen=True, kw_only=True):
    """A table of boxes, taken apart."""

    table: Array
    """As it was."""
    upright: Array | None
    """Left, top, right and bottom of each, where none can be turned."""
    corners: Array
    """The four corners of each: n x 4 x 2."""
    scores: Array | None
    classes: Array | None


def boxes_of(table: Array, columns: tuple[str, ...]) -> Boxes:
    """The boxes of a table with these columns."""
    by_name = {name: table[:, index] for index, name in enumerate(columns) if name != "-"}
    upright = None if set(by_name) & set(ANGLES) else _upright(by_name)
    return Boxes(
        table=table,
        upright=upright,
        corners=_turned(by_name) if upright is None else _corners(upright),
        scores=by_name.get("score"),
        classes=by_name.get("class"),
    )


def columns_of(tables: tuple[Array, ...], stated: tuple[str, ...]) -> tuple[str, ...]:
    """What the columns are: as stated, or found out from all tables.

    Four numbers are two corners, or a corner and a size where a second corner would lie before the first.
    Then come a score and a class. Five of which the last is no score, so not from 0 to 1, are a turned box.
    """
    width = tables[0].shape[1]
    if stated:
        return stated if len(stated) == width else unfit(tables[0], f"boxes of {len(stated)} columns")
    if not 4 <= width <= 6:
        unfit(tables[0], "boxes: of 4 to 6 columns, or of those that 'columns' names")
    together = np.concatenate(tables)
    if width == 5 and bool(((together[:, 4] < 0) | (together[:, 4] > 1)).any()):
        return (*CENTRES, "angle")
    is_sized = bool((together[:, 2:4] < together[:, :2]).any())
    return (*(SIZES if is_sized else CORNERS), "score", "class")[:width]


def columns_in(values: Iterable[Value]) -> tuple[str, ...]:
    """What the columns of all the boxes of a field are; none where they have not the same number of them."""
    tables = [rows(real_numbers(value, "boxes")) for value in values if not is_empty(value)]
    if not tables or len({table.shape[1] for table in tables}) > 1:
        return ()
    return columns_of(tuple(tables), ())


def _upright(column: dict[str, Array]) -> Array:
    if "x1" in column:
        return np.stack([column[name] for name in CORNERS], axis=1)
    size = np.stack([column["w"], column["h"]], axis=1)
    if "x" in column:
        low = np.stack([column["x"], column["y"]], axis=1)
    else:
        low = np.stack([column["cx"], column["cy"]], axis=1) - size / 2
    return np.concatenate([low, low + size], axis=1)


def _turned(column: dict[str, Array]) -> Array:
    boxes = np.stack([column[name] for name in CENTRES], axis=1)
    angle = column["radians"] if "radians" in column else column["angle"] * radians(1)
    return corners(boxes, angle)


def _corners(upright: Array) -> Array:
    """Clockwise on a picture, from the upper left."""
    return upright[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
