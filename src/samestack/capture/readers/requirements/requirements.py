"""``requirements.txt`` and its family: what people write, what ``pip freeze``, pip-compile and uv write."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import structs

from samestack.capture.observation import Observation
from samestack.capture.readers.requirements.packaging_values import hash_texts, leading_to, placed, shown
from samestack.capture.readers.requirements.requirement_files import Located, is_remote, located_lines
from samestack.capture.readers.requirements.requirement_texts import UnnamedError, parsed_wish
from samestack.capture.readers.requirements.wishes import Wish, component_of, merged
from samestack.model import Layer, Remark


def read(path: Path) -> Observation:
    """What a requirements file and the files that it includes ask for."""
    wishes, remarks = read_wishes(path)
    return Observation(tuple(component_of(wish) for wish in merged(wishes)), remarks)


def read_wishes(path: Path) -> tuple[tuple[Wish, ...], tuple[Remark, ...]]:
    """The same, not yet merged."""
    return wishes_of(path, located_lines(path))


def wishes_of(path: Path, lines: Iterable[Located]) -> tuple[tuple[Wish, ...], tuple[Remark, ...]]:
    """What lines ask for that were found by way of the file at ``path``."""
    wishes: list[Wish] = []
    remarks: list[Remark] = []
    with leading_to(str(path)):
        for located in lines:
            with placed(str(located.path), located.place):
                remarks += _remarks(located)
                _add_wishes(located, wishes, remarks)
    return tuple(wishes), tuple(remarks)


def _add_wishes(located: Located, wishes: list[Wish], remarks: list[Remark]) -> None:
    for text, is_editable in _texts(located):
        try:
            wishes.append(_wish(text, located, is_editable=is_editable))
        except UnnamedError as error:
            remarks.append(_remark("unnamed-requirement", text, f"{error}: it is left out", located))


def _texts(located: Located) -> list[tuple[str, bool]]:
    """What a line requires, and whether editable."""
    line = located.line
    return [(line.requirement, False)] if line.requirement else [(text, True) for text in line.editables]


def _wish(text: str, located: Located, *, is_editable: bool) -> Wish:
    wish = parsed_wish(text, located.path.parent, is_editable=is_editable)
    hashes = hash_texts(located.line.hashes)
    return structs.replace(wish, hashes=hashes, is_constraint=located.is_constraint)


def _remarks(located: Located) -> Iterator[Remark]:
    for address in located.line.indexes:
        message = f"packages are looked up at {shown(address)}"
        yield _remark("package-index", address, message, located)
    for name in (*located.line.files, *located.line.constraint_files):
        if is_remote(name):
            message = f"what {shown(name)} asks for is not known: nothing is fetched"
            yield _remark("remote-requirements", name, message, located)


def _remark(code: str, subject: str, message: str, located: Located) -> Remark:
    return Remark(
        code=code,
        layer=Layer.PACKAGES,
        subject=shown(subject),
        message=shown(message),
        place=f"{located.path}, {located.place}",
    )
