"""All detectors over one text: what they see, each place once, without what a comment says is no secret."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from samestack.config.scanning.detectors import assignments, patterns
from samestack.config.scanning.detectors.known_values import KnownValues
from samestack.config.scanning.sighting import Sighting
from samestack.config.scanning.text import Text

MAX_LINE_CHARACTERS: Final = 20_000
"""Longer lines are data: only known values and public formats are looked for in such a text."""
MAX_SIGHTINGS: Final = 1000
"""More in one text are not told: it is clear by then, and each is held against the others."""
_MARK: Final = "samestack: not-a-secret"
_COMMENT: Final = re.compile(rf"(?:#|//|--|/\*|<!--|;)\s*{_MARK}\s+(?P<reason>\w[^\n]*)")


class Detector:
    """What is known, and all that is public about secrets."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """``known`` gives the secret value of each variable that has one."""
        self._known = KnownValues(known)

    def sightings(self, text: Text) -> tuple[Sighting, ...]:
        """What is seen in a text, by place; of what overlaps, what is known best: values, formats, names."""
        kept: list[Sighting] = []
        for one in islice(self._all(text), MAX_SIGHTINGS):
            if not any(one.start < other.end and other.start < one.end for other in kept):
                kept.append(one)
        return tuple(sorted((one for one in kept if not is_excused(one)), key=lambda one: one.start))

    def _all(self, text: Text) -> Iterator[Sighting]:
        yield from self._known.sightings(text)
        yield from patterns.sightings(text)
        if max(map(len, text.content.split("\n"))) <= MAX_LINE_CHARACTERS:
            yield from assignments.sightings(text)


def is_excused(sighting: Sighting) -> bool:
    """Whether a comment in its line says why it is no secret; one without a reason says nothing."""
    line = sighting.text.line_at(sighting.start)
    return _MARK in line and bool(_COMMENT.search(line))
