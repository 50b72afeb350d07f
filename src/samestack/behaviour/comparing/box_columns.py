"""The names of the numbers that a box is given by."""

from collections.abc import Sequence
from typing import Final

CORNERS: Final = ("x1", "y1", "x2", "y2")
SIZES: Final = ("x", "y", "w", "h")
CENTRES: Final = ("cx", "cy", "w", "h")
PLACES: Final = (CORNERS, SIZES, CENTRES)
ANGLES: Final = ("angle", "radians")
"""An angle is in degrees, as OpenCV's are; it belongs to a centre, a width and a height."""
OTHERS: Final = ("score", "class", "-")
"""``-`` stands for a column that is left out."""
COLUMNS: Final = tuple(dict.fromkeys((*CORNERS, *SIZES, *CENTRES, *ANGLES, *OTHERS)))


def problem_of(columns: Sequence[str]) -> str:
    """What is wrong with columns that a project states; nothing where nothing is."""
    named = [column for column in columns if column != "-"]
    if len(set(named)) < len(named):
        return "a column is named twice"
    where = {column for column in named if column not in OTHERS}
    if any(where == set(place) for place in PLACES):
        return ""
    if any(where == {*CENTRES, angle} for angle in ANGLES):
        return ""
    return "the place of a box is x1 y1 x2 y2, x y w h, cx cy w h, or that with an angle or radians"
