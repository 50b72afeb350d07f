"""A scan: all texts of a place, what was seen in them, and what of it is known and left alone."""

from collections.abc import Iterable

from msgspec import Struct

from samestack.config.scanning.detecting import Detector
from samestack.config.scanning.sighting import Sighting
from samestack.config.scanning.text import Text


class Scan(Struct, frozen=True, kw_only=True):
    """What one place holds."""

    sightings: tuple[Sighting, ...]
    """By file and place; a secret that a file holds in many commits is told once, with the first."""
    files: int
    """How many files have text that was looked through; each content of a file in git's history counts."""

    @property
    def scope(self) -> str:
        """``3 files with text``."""
        return f"{self.files} {'file' if self.files == 1 else 'files'} with text"


def scanned(texts: Iterable[Text], detector: Detector) -> Scan:
    """Look through all texts."""
    seen: dict[tuple[str, str, str], Sighting] = {}
    files, last = 0, ("", "")
    for text in texts:
        place = text.part.partition(", ")[0] if "cell" not in text.part.split(" ")[0] else ""
        files += (text.path, place) != last
        last = (text.path, place)
        for one in detector.sightings(text):
            seen.setdefault(_identity(one), one)
    return Scan(sightings=tuple(seen.values()), files=files)


def _identity(sighting: Sighting) -> tuple[str, str, str]:
    """In a directory every place counts; in history and layers, a file and its secret."""
    text = sighting.text
    is_directory = text.is_file or not text.part.startswith(("commit", "layer"))
    return (sighting.path, sighting.place if is_directory else "", sighting.secret)
