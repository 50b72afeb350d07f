"""An image held against its lock as one HTML page that needs nothing else: every deviation, and no script."""

import functools
from typing import Final

from jinja2 import Environment

from samestack.image.verifying.verification import Verification
from samestack.render.html_page import page_environment, rendered
from samestack.render.images.byte_words import counted
from samestack.render.images.verification_words import (
    KINDS,
    detail_words,
    groups,
    scope,
    unchecked_words,
    verdict,
)

MOST_ROWS: Final = 500


def verification_html(verification: Verification) -> str:
    """The page; equal verifications give equal pages.

    Whatever stands in the image is escaped, and the page's own policy lets a browser load nothing and run
    nothing.
    """
    return rendered(
        _environment(),
        "image_verification.html",
        "sizes.css",
        verification=verification,
        groups=list(groups(verification)),
    )


@functools.cache
def _environment() -> Environment:
    return page_environment(
        KINDS=KINDS,
        MOST_ROWS=MOST_ROWS,
        counted=counted,
        detail_words=detail_words,
        scope=scope,
        unchecked_words=unchecked_words,
        verdict=verdict,
    )
