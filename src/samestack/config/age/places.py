"""Where a profile's secrets stand: ``config/<profile>.secrets.age``. It loads nothing that takes time."""

import re
from pathlib import Path
from typing import Final

from samestack.config.settings import AGE_ENDING, ConfigSettings
from samestack.errors import RequestError

_PROFILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def age_place(project: Path, settings: ConfigSettings, profile: str) -> Path:
    """Where the file is, or would be; :class:`RequestError` for a name that no profile can have."""
    if not _PROFILE.fullmatch(profile):
        raise RequestError(f"'{profile}' is no name of a profile", hint="letters, digits, - and _")
    return project / settings.directory / f"{profile}{AGE_ENDING}"


def age_file_of(project: Path, settings: ConfigSettings, profile: str) -> Path | None:
    """The file, where there is one."""
    if not _PROFILE.fullmatch(profile):
        return None
    place = age_place(project, settings, profile)
    return place if place.is_file() else None


def age_files_of(project: Path, settings: ConfigSettings) -> tuple[tuple[str, Path], ...]:
    """Every profile that has such a file, with the file, by name."""
    directory = project / settings.directory
    files = directory.glob(f"*{AGE_ENDING}") if directory.is_dir() else ()
    found = ((path.name.removesuffix(AGE_ENDING), path) for path in files if path.is_file())
    return tuple(sorted(pair for pair in found if _PROFILE.fullmatch(pair[0])))
