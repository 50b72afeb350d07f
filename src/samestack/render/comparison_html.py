"""A comparison as one HTML page that needs nothing else: no network, no fonts, and no script to be read."""

import base64
import functools
import hashlib
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from samestack import __version__
from samestack.compare.difference import Comparison, Relation
from samestack.model import Risk
from samestack.render import stack_picture
from samestack.render.change_text import aspects, short_digest, sides, title
from samestack.render.counts import counts_of
from samestack.render.layer_differences import by_layer
from samestack.render.links import is_web_link, link_text
from samestack.render.printable import printable
from samestack.render.verdict import how_many_differ, verdict_sentence

_TEMPLATES: Final = "templates"


def comparison_html(comparison: Comparison) -> str:
    """The page; equal comparisons give equal pages.

    Everything that was read from an environment is escaped, and the page's own policy lets a browser load
    nothing and run nothing but the one script that is part of it.
    """
    style, script = _resource("comparison.css"), _resource("comparison.js")
    return (
        _environment()
        .get_template("comparison.html")
        .render(
            comparison=comparison,
            counts=counts_of(comparison),
            layers=by_layer(comparison),
            plates=stack_picture.stack_picture(comparison),
            policy=_policy(style, script),
            script=Markup(script),  # noqa: S704 - a file of this package
            style=Markup(style),  # noqa: S704 - a file of this package
            verdict=verdict_sentence(comparison),
        )
    )


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("samestack.render", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_link"] = is_web_link
    environment.globals.update(
        Relation=Relation,
        Risk=Risk,
        aspects=aspects,
        how_many_differ=how_many_differ,
        link_text=link_text,
        picture=stack_picture,
        short_digest=short_digest,
        sides=sides,
        title=title,
        version=__version__,
    )
    return environment


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Spell out what does not print in every text that a template shows, except its own markup."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _resource(name: str) -> str:
    return resources.files("samestack.render").joinpath(_TEMPLATES, name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    """An inline style or script as a Content Security Policy names it: by its hash."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
