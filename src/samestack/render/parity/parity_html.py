"""Parity as one HTML page that needs nothing else, and no script."""

import functools
from typing import Final

from jinja2 import Environment

from samestack.parity.report import ParityReport
from samestack.render.html_page import page_environment, rendered
from samestack.render.parity.parity_words import HEADINGS, allowed_words, answer, cells, scope, title

MOST_EVIDENCE: Final = 500


def parity_html(report: ParityReport) -> str:
    """The page; equal reports give equal pages.

    Whatever stands in the environments is escaped, and the page's own policy lets a browser load nothing and
    run nothing.
    """
    return rendered(_environment(), "parity.html", "sizes.css", report=report)


@functools.cache
def _environment() -> Environment:
    return page_environment(
        HEADINGS=HEADINGS,
        MOST_EVIDENCE=MOST_EVIDENCE,
        allowed_words=allowed_words,
        answer=answer,
        cells=cells,
        scope=scope,
        title=title,
    )
