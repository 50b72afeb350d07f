"""The documents that a profile's configuration starts from: its own, and the base below it."""

import re
from pathlib import Path
from typing import Final

from samestack.config.rank import Rank
from samestack.config.sources.document import ENDINGS
from samestack.errors import RequestError

BASE: Final = "base"
"""The stem of the document of every profile; no profile is called so."""
_PROFILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def documents_of(project: Path, directory: str, profile: str) -> tuple[tuple[Path, Rank], ...]:
    """The documents of a profile that are there, the profile's own first.

    A name that no profile can have (``base``, or one that leads elsewhere) has no document of its own.
    :class:`RequestError` where two documents have the same stem.
    """
    place = project / directory
    own = _document(place, profile) if _PROFILE.fullmatch(profile) and profile != BASE else None
    found = ((own, Rank.PROFILE), (_document(place, BASE), Rank.BASE))
    return tuple((path, rank) for path, rank in found if path is not None)


def _document(place: Path, stem: str) -> Path | None:
    found = [path for ending in ENDINGS if (path := place / f"{stem}{ending}").is_file()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise RequestError(f"{place}: {names} would both be '{stem}'", hint="keep one of them")
    return found[0] if found else None
