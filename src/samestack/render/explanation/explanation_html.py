"""An explanation as one HTML page that needs nothing else: the web of the conflicts, and the ways out."""

import functools

from jinja2 import Environment

from samestack.render.explanation.explanation_text import (
    Told,
    can_be_applied,
    chosen_text,
    day_text,
    edit_lines,
    incomplete_text,
    place_of,
    refusal_of,
    shareable,
    verdict_of,
)
from samestack.render.explanation.web_picture import web_picture
from samestack.render.explanation.wish_chains import offers_of, wish_chains
from samestack.render.html_page import page_environment, rendered


def explanation_html(told: Told) -> str:
    """The page; equal explanations give equal pages. It has no script at all."""
    told = shareable(told)
    return rendered(
        _environment(),
        "explanation.html",
        "explanation.css",
        told=told,
        explanation=told.explanation,
        picture=web_picture(told.explanation.conflicts),
    )


@functools.cache
def _environment() -> Environment:
    return page_environment(
        can_be_applied=can_be_applied,
        chosen_text=chosen_text,
        day_text=day_text,
        edit_lines=edit_lines,
        incomplete_text=incomplete_text,
        offers_of=offers_of,
        place_of=place_of,
        refusal_of=refusal_of,
        verdict_of=verdict_of,
        wish_chains=wish_chains,
    )
