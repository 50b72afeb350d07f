"""A comparison as one HTML page that needs nothing else: no network, no fonts, and no script to be read."""

import functools

from jinja2 import Environment

from samestack.compare.difference import Comparison, Relation
from samestack.model.risk import Risk
from samestack.render.comparison import stack_picture
from samestack.render.comparison.change_text import aspects, sides
from samestack.render.comparison.counts import counts_of
from samestack.render.comparison.coverage_text import coverage_lines
from samestack.render.comparison.layer_differences import by_layer
from samestack.render.comparison.verdict import how_many_differ, verdict_sentence
from samestack.render.component_text import short_digest, title
from samestack.render.html_page import page_environment, rendered
from samestack.render.links import link_text


def comparison_html(comparison: Comparison) -> str:
    """The page; equal comparisons give equal pages.

    Everything that was read from an environment is escaped, and the page's own policy lets a browser load
    nothing and run nothing but the one script that is part of it.
    """
    return rendered(
        _environment(),
        "comparison.html",
        "comparison.css",
        script="comparison.js",
        comparison=comparison,
        counts=counts_of(comparison),
        layers=by_layer(comparison),
        plates=stack_picture.stack_picture(comparison),
        verdict=verdict_sentence(comparison),
    )


@functools.cache
def _environment() -> Environment:
    return page_environment(
        Relation=Relation,
        Risk=Risk,
        aspects=aspects,
        coverage_lines=coverage_lines,
        how_many_differ=how_many_differ,
        link_text=link_text,
        picture=stack_picture,
        short_digest=short_digest,
        sides=sides,
        title=title,
    )
