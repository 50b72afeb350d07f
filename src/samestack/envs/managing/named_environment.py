"""Which environment is meant by a path, a project's directory, or a project's name."""

import os
from pathlib import Path

from samestack.envs.managing.registry import registered_environments
from samestack.envs.managing.state import is_environment
from samestack.envs.running.project_environment import environment_of
from samestack.errors import RequestError


def environment_named(text: str) -> Path:
    """The absolute path of the environment at a path, of the project there, or of a project of this name.

    Links below the last part of it are followed. :class:`RequestError` when there is none, or several.
    """
    path = Path(text).expanduser()
    if is_environment(path):
        return path.parent.resolve() / path.name if path.name else path.resolve()
    if path.is_dir() and is_environment(environment := environment_of(path)):
        return environment.parent.resolve() / environment.name
    if (path.is_dir() and os.sep in text) or text in {".", ".."}:
        raise RequestError(f"{text}: there is no environment", hint=f"make it with: samestack sync {text}")
    return _of_name(text)


def _of_name(text: str) -> Path:
    entries = [one for one in registered_environments() if one.project and Path(one.project).name == text]
    found = [Path(one.environment) for one in entries]
    # A project's own environment goes before those that were made of its lock elsewhere.
    own = [path for path, one in zip(found, entries, strict=True) if path.is_relative_to(one.project)]
    if len(own) == 1 or len(found) == 1:
        return (own or found)[0]
    if found:
        raise RequestError(
            f"{len(found)} environments are of projects called '{text}'",
            hint=f"name one by its path: {', '.join(map(str, found))}",
        )
    raise RequestError(
        f"'{text}' is no environment, no project with one, and no name of such a project",
        hint="which there are shows: samestack env list",
    )
