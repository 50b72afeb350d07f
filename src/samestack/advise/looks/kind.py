"""What a project is: a library, a service, or exploration in notebooks."""

import json
from collections.abc import Iterator
from typing import Final

from samestack.advise.project_files import ProjectFiles
from samestack.advise.signal import Evidence, Signal, seen

_SERVED: Final = r"\b(fastapi|flask|uvicorn|gunicorn|torchserve|bentoml|streamlit|gradio|celery)\b"
_PUBLISHED: Final = (
    r"twine upload|gh-action-py\w+-publish|(poetry|uv|flit|hatch|pdm) publish"
    r"|Topic :: Software Development :: Libraries"
)
_BUILD_FILES: Final = ("pyproject.toml", "setup.py", "setup.cfg")
_WORKFLOWS: Final = r".*\.ya?ml|Jenkinsfile"
_FEWEST_NOTEBOOKS: Final = 3


def kind(files: ProjectFiles) -> Iterator[Signal]:
    """The signals of what the project is for."""
    published = tuple(_published(files))
    yield from seen("library", published)
    if not published:
        yield from seen("application", _served(files))
    yield from seen("notebooks", _notebooks(files))


def _published(files: ProjectFiles) -> Iterator[Evidence]:
    workflows = tuple(name for name in files.named(_WORKFLOWS) if name.startswith(".github/"))
    for name in (*files.top(*_BUILD_FILES), *workflows):
        yield from files.lines(name, _PUBLISHED)


def _served(files: ProjectFiles) -> Iterator[Evidence]:
    """What starts a server: a dependency that serves, or an image with a command."""
    for name in (*files.named(r"(.*[._-])?requirements.*\.(txt|in)"), *files.top("pyproject.toml")):
        yield from files.lines(name, _SERVED)
    for name in files.named(r"(.*[._-])?dockerfile([._-].*)?"):
        yield from files.lines(name, r"^\s*(CMD|ENTRYPOINT|EXPOSE)\b")


def _notebooks(files: ProjectFiles) -> Iterator[Evidence]:
    notebooks, modules = files.named(r".*\.ipynb"), files.named(r".*\.py")
    if len(notebooks) >= _FEWEST_NOTEBOOKS and len(notebooks) > len(modules):
        yield from (Evidence(file=name, text=_kernel(files.text(name))) for name in notebooks)


def _kernel(text: str) -> str:
    """The kernel that a notebook was last run by, where it says so."""
    try:
        return str(json.loads(text)["metadata"]["kernelspec"]["display_name"])[:60]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
