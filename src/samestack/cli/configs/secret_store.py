"""What the actions on age files ask alike: which project, which profile, and so which file."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.configs.terms import add_project, project_of
from samestack.errors import InputError, RequestError

if TYPE_CHECKING:
    from samestack.config.age.store import Store
    from samestack.config.settings import ConfigSettings

MAX_INPUT: Final = 512 * 1024
"""The most that is read from standard input."""
STDIN: Final = "standard input"


def add_store(parser: argparse.ArgumentParser) -> None:
    """Declare ``--profile`` and ``--project``."""
    parser.add_argument(
        "--profile",
        default="",
        metavar="P",
        help="whose secrets; by default $SAMESTACK_PROFILE, then what the project says",
    )
    add_project(parser)


def profile_and_store(arguments: argparse.Namespace) -> tuple[str, "Store"]:
    """The profile that is meant, and its file; :class:`RequestError` for a profile that there is not."""
    from samestack.config.resolving import MANIFEST
    from samestack.config.settings import config_settings

    project = project_of(arguments)
    settings = config_settings(project / MANIFEST)
    profile = _profile(arguments.profile, settings, project)
    return profile, store_of(profile, settings, project)


def stores_of_all(arguments: argparse.Namespace) -> Iterator[tuple[str, "Store"]]:
    """Every profile that has a file, and the file."""
    from samestack.config.age.places import age_files_of
    from samestack.config.resolving import MANIFEST
    from samestack.config.settings import config_settings

    project = project_of(arguments)
    settings = config_settings(project / MANIFEST)
    for profile, _ in age_files_of(project, settings):
        yield profile, store_of(profile, settings, project)


def store_of(profile: str, settings: "ConfigSettings", project: Path) -> "Store":
    """The file of a profile, whether it is there or not."""
    from samestack.config.age.places import age_place
    from samestack.config.age.store import Store
    from samestack.config.resolving import MANIFEST

    path = age_place(project, settings, profile)
    return Store(
        path=path,
        shown=f"age:{path.relative_to(project)}",
        recipients=settings.age_recipients,
        manifest=MANIFEST,
        variables=os.environ,
    )


def _profile(said: str, settings: "ConfigSettings", project: Path) -> str:
    from samestack.check.suggestion import did_you_mean
    from samestack.config.age.places import age_files_of
    from samestack.config.resolving import PROFILE_VARIABLE
    from samestack.config.settings import profiles_of

    profile = said or os.environ.get(PROFILE_VARIABLE, "") or settings.profile
    known = {*profiles_of(settings, project), *(name for name, _ in age_files_of(project, settings))}
    if profile in known or profile == settings.profile:
        return profile
    hint = did_you_mean(profile, known) or f"write {settings.directory}/{profile}.toml first, be it empty"
    raise RequestError(f"{project}: there is no profile '{profile}'", hint=hint)


def note(text: str) -> None:
    """A line on standard error that is neither the result nor an error."""
    sys.stderr.write(f"samestack: {text}\n")


def piped_text() -> str:
    """All of standard input; :class:`InputError` for what is no text, or too much."""
    data = sys.stdin.buffer.read(MAX_INPUT + 1)
    if len(data) > MAX_INPUT:
        raise InputError(STDIN, f"more than the limit of {MAX_INPUT:,} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise InputError(STDIN, "not UTF-8 text") from None
