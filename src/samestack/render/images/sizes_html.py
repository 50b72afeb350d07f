"""What an image weighs as one HTML page that needs nothing else: a treemap and its tables, and no script."""

import functools
from typing import Final

from jinja2 import Environment

from samestack.image.sizes.movement import Movement
from samestack.image.sizes.sizes import Sizes
from samestack.render.html_page import page_environment, rendered
from samestack.render.images import treemap as picture
from samestack.render.images.byte_words import byte_words, counted
from samestack.render.images.sizes_words import (
    change_words,
    duplicate_words,
    hidden_words,
    layers_words,
    movement_words,
    share_words,
    summary,
    waste_words,
)

MOST_ROWS: Final = 300
_MOST_PATHS: Final = 8


def sizes_html(sizes: Sizes, movement: Movement | None = None) -> str:
    """The page; equal sizes give equal pages.

    Whatever stands in the image is escaped, and the page's own policy lets a browser load nothing and run
    nothing.
    """
    return rendered(
        _environment(),
        "sizes.html",
        "sizes.css",
        sizes=sizes,
        owners=sizes.owners[:MOST_ROWS],
        more_owners=max(len(sizes.owners) - MOST_ROWS, 0),
        blocks=picture.treemap(sizes),
        movement=movement,
    )


@functools.cache
def _environment() -> Environment:
    return page_environment(
        MOST_ROWS=MOST_ROWS,
        MOST_PATHS=_MOST_PATHS,
        byte_words=byte_words,
        change_words=change_words,
        counted=counted,
        duplicate_words=duplicate_words,
        hidden_words=hidden_words,
        layers_words=layers_words,
        movement_words=movement_words,
        picture=picture,
        share_words=share_words,
        summary=summary,
        waste_words=waste_words,
    )
