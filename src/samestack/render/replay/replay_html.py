"""A replay as one HTML page that needs nothing else: flips, drift and pictures, and no script at all."""

import functools
from base64 import b64encode
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from samestack.behaviour.replaying.replayed import Replayed
from samestack.libraries import library
from samestack.render.html_page import page_environment, rendered
from samestack.render.replay import drift_picture
from samestack.render.replay.replay_words import (
    chance_words,
    changed_words,
    difference_words,
    drift_words,
    field_name,
    input_lines,
    kind_words,
    noise_words,
    side_words,
    stack_words,
    times_words,
    verdict_words,
    worst_words,
)

MOST_FIELDS: Final = 300
MOST_INPUTS: Final = 200

_HERE: Final = "samestack.behaviour.replaying"
_PURPOSE: Final = "drawing a replay"
_PICTURES: Final = "; img-src data:"
"""A picture that is part of the page is all that it may show."""
_SHADES: Final = 4


def replay_html(replayed: Replayed) -> str:
    """The page; equal replays give equal pages.

    Whatever the program answered is escaped, and the page's own policy lets a browser load nothing and run
    nothing: the pictures are in it.
    """
    drifts = library(f"{_HERE}.drift", _PURPOSE).drifts_of(replayed)
    return rendered(
        _environment(),
        "replay.html",
        "replay.css",
        allowed=_PICTURES,
        replayed=replayed,
        fields=replayed.fields[:MOST_FIELDS],
        more_fields=max(len(replayed.fields) - MOST_FIELDS, 0),
        runs=len(replayed.after.runs),
        flips=library(f"{_HERE}.flips", _PURPOSE).flips_of(replayed),
        drifts=[(one, drift_picture.drift_picture(one)) for one in drifts],
        sights=library(f"{_HERE}.thumbnails", _PURPOSE).sights_of(replayed),
        inputs=list(input_lines(replayed, MOST_INPUTS)),
        more_inputs=max(len(replayed.changed) - MOST_INPUTS, 0),
    )


@functools.cache
def _environment() -> Environment:
    return page_environment(
        MOST_FIELDS=MOST_FIELDS,
        chance_words=chance_words,
        changed_words=changed_words,
        data_address=_data_address,
        difference_words=difference_words,
        drift_words=drift_words,
        field_name=field_name,
        kind_words=kind_words,
        noise_words=noise_words,
        picture=drift_picture,
        shade=_shade,
        side_words=side_words,
        stack_words=stack_words,
        times_words=times_words,
        verdict_words=verdict_words,
        worst_words=worst_words,
    )


def _data_address(data: bytes) -> Markup:
    """A PNG file as an address that holds it."""
    return Markup(f"data:image/png;base64,{b64encode(data).decode()}")  # noqa: S704 - of digits and letters alone


def _shade(flips: Any, row: int, column: int) -> str:  # noqa: ANN401 - its module needs numpy
    """How a cell of a matrix looks: the diagonal is as it should be, the rest is shaded by its share."""
    number = flips.counts[row][column]
    if not number:
        return "none"
    if row == column:
        return "kept"
    share = number / sum(flips.counts[row])
    return f"flip-{min(_SHADES, 1 + int(share * _SHADES))}"
