"""The wishes of requirements files, each with the file and the line that it stands in."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from samestack.capture.readers.requirements.packaging_values import leading_to, placed, shown
from samestack.capture.readers.requirements.requirement_files import Located, is_remote, located_lines
from samestack.solve.problem import Wish
from samestack.solve.wish_files.asked import Asked, digests_of
from samestack.solve.wish_files.requirement_text import Taken, taken


def read_requirements(path: Path) -> Asked:
    """What a requirements file and the files that it includes ask for; what ``-c`` includes only narrows."""
    return wishes_of_lines(path, located_lines(path))


def wishes_of_lines(path: Path, lines: Iterable[Located]) -> Asked:
    """The same of lines that were found by way of the file at ``path``."""
    with leading_to(str(path)):
        gathered = [(located, asked) for located in lines for asked in _asked(located)]
    own = {located.path for located, _ in gathered if located.unit == "line"}
    return Asked.joined((*(asked for _, asked in gathered), Asked(digests=digests_of(sorted(own)))))


def _asked(located: Located) -> Iterator[Asked]:
    with placed(str(located.path), located.place):
        yield Asked(notes=tuple(_notes(located)))
        for text, is_editable in _texts(located):
            found = taken(text, located.path.parent, is_editable=is_editable)
            yield _as_asked(found, located)


def _as_asked(found: Taken, located: Located) -> Asked:
    if found.project is not None:
        return Asked(projects=(found.project,))
    if not found.text:
        return Asked(notes=(f"{located.path}, {located.place}: {found.note}",))
    number = located.line.number
    wish = Wish(text=found.text, file=str(located.path), line=number, is_constraint=located.is_constraint)
    return Asked(wishes=(wish,))


def _texts(located: Located) -> list[tuple[str, bool]]:
    line = located.line
    return [(line.requirement, False)] if line.requirement else [(text, True) for text in line.editables]


def _notes(located: Located) -> Iterator[str]:
    place = f"{located.path}, {located.place}"
    for address in located.line.indexes:
        yield f"{place}: the index {shown(address)} is not asked, only the configured one is"
    for name in (*located.line.files, *located.line.constraint_files):
        if is_remote(name):
            yield f"{place}: what {shown(name)} asks for is not known, for nothing is fetched"
