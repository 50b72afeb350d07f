"""What of the project is copied, and the ``.dockerignore`` that keeps the rest from the builder."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from msgspec import Struct

from samestack.image.building.application import application_files
from samestack.image.building.file_patterns import NEVER, SECRETS, TESTS
from samestack.image.building.models import model_paths
from samestack.image.dockerfile.requirement_files import DIRECTORY
from samestack.image.dockerfile.words import path_words
from samestack.image.settings import ImageSettings
from samestack.project.manifest import Project

OWN: Final = ("Dockerfile", ".dockerignore", f"{DIRECTORY}/")
"""What is written here itself."""


class Copied(Struct, frozen=True, kw_only=True):
    """The arguments of COPY instructions, and what the builder is shown."""

    models: tuple[str, ...] = ()
    """One a model, the largest first: what changes least lies lowest."""
    files: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    """The paths in the project that they name."""
    secrets: tuple[str, ...] = ()
    """Files that were left out because they are named as secrets are."""


def copied(project: Project, settings: ImageSettings) -> Copied:
    """What is copied of a project, as :func:`application_files` chooses it."""
    models = model_paths(project)
    chosen = application_files(project, settings, but=frozenset(models))
    root = settings.working_directory
    paths = [one.path.removeprefix(f"{root.strip('/')}/") for one in chosen.entries]
    wholes = sorted(_wholes([path for path in paths if not path.startswith(OWN)], models))
    return Copied(
        models=tuple(path_words(path, f"{root}/{path}") for path in models),
        files=tuple(_instructions(wholes, root)),
        shown=(*models, *wholes),
        secrets=chosen.secrets,
    )


def ignore_file(shown: Iterable[str], settings: ImageSettings) -> bytes:
    """A ``.dockerignore``: nothing but what is copied, and of that nothing that belongs into no image."""
    included = settings.include or tuple(f"/{path}" for path in shown)
    tests = () if settings.include else TESTS
    lines = (
        "# Written by samestack. The builder is shown what the Dockerfile copies, and nothing else.",
        "**",
        *(_pattern(f"!{line}") for line in (f"/{DIRECTORY}", *included)),
        "# Of that: nothing that others keep here or make anew, and nothing that looks like a secret.",
        *(_pattern(line) for line in (*tests, *settings.exclude, *NEVER, *SECRETS)),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _wholes(paths: Iterable[str], but: Collection[str]) -> Iterator[str]:
    """The fewest paths that name all of these and none of the others: directories, where that is possible."""
    grouped = defaultdict(list)
    for path in paths:
        first, slash, rest = path.partition("/")
        grouped[first + slash].append(rest)
    for first, rests in grouped.items():
        inside = [path.removeprefix(first) for path in but if path.startswith(first)]
        if first.endswith("/") and inside:
            yield from (first + below for below in _wholes(rests, inside))
        else:
            yield first


def _instructions(wholes: Iterable[str], root: str) -> Iterator[str]:
    """Files of one directory together; a directory by itself, since COPY takes its content and not itself."""
    files = defaultdict(list)
    for path in wholes:
        if path.endswith("/"):
            yield path_words(path, f"{root}/{path}")
        else:
            files[path.rpartition("/")[0]].append(path)
    for directory, names in files.items():
        yield path_words(*names, f"{root}/{directory}".rstrip("/") + "/")


def _pattern(line: str) -> str:
    """A pattern of ``.gitignore`` in the words of ``.dockerignore``, where each begins at the root."""
    negation, pattern = ("!", line[1:]) if line.startswith("!") else ("", line)
    bare = pattern.rstrip("/")
    return negation + (bare.lstrip("/") if "/" in bare else f"**/{bare}")
