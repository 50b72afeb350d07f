"""Which project one works in, and where its environment is.

Both are asked before every command that is run, so a manifest is parsed only where it may say something.
"""

from pathlib import Path

from samestack.envs.managing.state import is_environment

USUAL = ".venv"
"""Where the environment of a project is, unless its manifest says else."""

SIGNS = ("pyproject.toml", "pylock.toml", "pixi.lock", "poetry.lock")
"""Files that make a directory a project's: a manifest, and what environments are made from."""


def environment_of(project: Path) -> Path:
    """Where the environment of the project in a directory is or will be.

    :class:`~samestack.errors.RequestError` for what is no directory or has a malformed manifest.
    """
    if project.is_dir() and not _may_name_one(project / "pyproject.toml"):
        return project / USUAL
    from samestack.project.reading import read_project

    return project / read_project(project).manifest.environment


def project_around(directory: Path) -> Path:
    """The nearest directory, from this one upwards, that has an environment or what one is made from.

    This one, where there is none.
    """
    around = (directory, *directory.parents)
    return next((one for one in around if _is_project(one)), directory)


def _may_name_one(manifest: Path) -> bool:
    try:
        data = manifest.read_bytes()
    except OSError:
        return manifest.exists()
    return b"samestack" in data and b"environment" in data


def _is_project(directory: Path) -> bool:
    return any((directory / name).is_file() for name in SIGNS) or is_environment(directory / USUAL)
