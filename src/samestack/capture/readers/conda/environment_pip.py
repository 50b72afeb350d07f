"""What an ``environment.yml`` hands on to pip: lines as of a requirements file, under ``pip:``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from samestack.capture.observation import Observation
from samestack.capture.readers.requirements.packaging_values import placed
from samestack.capture.readers.requirements.requirement_files import located_entries
from samestack.capture.readers.requirements.requirement_lines import Line, logical_lines, parsed_line
from samestack.capture.readers.requirements.requirements import wishes_of
from samestack.capture.readers.requirements.wishes import component_of, merged

_ENTRY = "pip entry"


def read_pip_part(entries: Sequence[str], path: Path) -> Observation:
    """The packages that the entries ask for, and the files that they name; ``path`` is the whole file's.

    :class:`InputError` names the file, and the entry by its number from 1.
    """
    wishes, remarks = wishes_of(path, located_entries(path, _lines(entries, path), _ENTRY))
    return Observation(tuple(component_of(wish) for wish in merged(wishes)), remarks)


def _lines(entries: Sequence[str], path: Path) -> Iterator[Line]:
    for number, entry in enumerate(entries, start=1):
        with placed(str(path), f"{_ENTRY} {number}"):
            yield from (parsed_line(number, text) for _, text in logical_lines(entry))
