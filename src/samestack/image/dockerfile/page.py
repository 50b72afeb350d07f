"""The values that a template shows, and the template filled with them."""

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from samestack.image.dockerfile.bases import PythonSource

STANDARD: Final = "Dockerfile.jinja"
CONDA: Final = "conda.jinja"


class Page(Struct, frozen=True, kw_only=True):
    """A Dockerfile in pieces; every text is in the syntax of the instruction that shows it."""

    project: str
    lock: str
    platform: str
    series: str
    base: str
    python: PythonSource
    prefix: str
    """Where the environment is."""
    user: str
    """A number."""
    group: str
    """A number."""
    working_directory: str
    installer: str = ""
    has_buildkit: bool = True
    system_packages: tuple[str, ...] = ()
    are_versions_known: bool = True
    """Of the system's packages: those that are asked for and do not say one."""
    parts: tuple[str, ...] = ()
    """The names of the files of packages, the heavy ones first."""
    models: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What of the labels is for the program to read, as variables."""
    ports: tuple[int, ...] = ()
    health: str = ""
    """What follows HEALTHCHECK."""
    entrypoint: str = ""
    command: str = ""


def page_text(template: str, page: Page) -> bytes:
    """The Dockerfile."""
    environment = Environment(  # noqa: S701 - no HTML: words.py has quoted what was read from somewhere
        loader=PackageLoader("samestack.image.dockerfile"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    names = {"page": page, "mounts": _mounts if page.has_buildkit else _no_mounts}
    return environment.get_template(template).render(names).encode()


def _mounts(*mounts: str) -> str:
    """What a RUN begins with, a mount a line; ``mounts`` are types with their options."""
    return "".join(f"--mount=type={one} \\\n    " for one in mounts)


def _no_mounts(*_: str) -> str:
    return ""
