"""Pages of HTML that need nothing else, made from the templates of this package."""

import base64
import hashlib
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from samestack import __version__
from samestack.render.links import is_web_link
from samestack.render.printable import printable

_TEMPLATES: Final = "templates"


def page_environment(**names: object) -> Environment:
    """Where templates are rendered: everything that was read from somewhere is escaped and made printable."""
    environment = Environment(
        loader=PackageLoader("samestack.render", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_link"] = is_web_link
    environment.globals.update(names, version=__version__)
    return environment


def resource(*names: str) -> str:
    """The texts of files of this package, one after the other."""
    directory = resources.files("samestack.render").joinpath(_TEMPLATES)
    return "".join(directory.joinpath(name).read_text(encoding="utf-8") for name in names)


def policy(style: str, script: str = "") -> str:
    """The page's own Content Security Policy: nothing is loaded, and nothing runs but what is part of it."""
    scripts = f"script-src {_source(script)}; " if script else ""
    return f"default-src 'none'; style-src {_source(style)}; {scripts}base-uri 'none'; form-action 'none'"


def rendered(
    environment: Environment,
    template: str,
    style: str,
    *,
    script: str = "",
    allowed: str = "",
    **values: object,
) -> str:
    """A page with its style and script in it, whose own policy lets a browser load and run nothing else.

    ``style`` and ``script`` are files of this package; ``allowed`` is added to the policy.
    """
    css, code = resource("page.css", style), resource(script) if script else ""
    return environment.get_template(template).render(
        values,
        policy=policy(css, code) + allowed,
        style=Markup(css),  # noqa: S704 - a file of this package
        script=Markup(code),  # noqa: S704 - a file of this package
    )


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Spell out what does not print in every text that a template shows, except its own markup."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _source(text: str) -> str:
    """An inline style or script as a Content Security Policy names it: by its hash."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
