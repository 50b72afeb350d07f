"""One requirement of any kind as a solver takes it: addresses named, paths absolute, projects told apart."""

from pathlib import Path

from msgspec import Struct

from samestack.capture.readers.locks.provenance import is_path
from samestack.capture.readers.requirements.packaging_values import shown
from samestack.capture.readers.requirements.requirement_texts import UnnamedError, parsed_wish
from samestack.capture.readers.requirements.wishes import Wish as Wanted
from samestack.solve.wish_files.asked import LocalProject


class Taken(Struct, frozen=True, kw_only=True):
    """What a requirement is to a solver: a text, a project of this machine, or nothing, with the reason."""

    text: str = ""
    project: LocalProject | None = None
    note: str = ""


def taken(text: str, directory: Path, *, is_editable: bool = False) -> Taken:
    """A requirement as a person wrote it; ``ValueError`` for what is none.

    A project of this machine is not built to learn what it needs: its manifest says that.
    """
    try:
        wanted = parsed_wish(text, directory, is_editable=is_editable)
    except UnnamedError as error:
        return Taken(note=f"{error}: it is left out")
    path = _local_path(wanted)
    if path is not None:
        return _of_path(wanted, directory / path, text)
    if wanted.provenance.source is None or " @ " in text:
        return Taken(text=text)
    return Taken(text=named(wanted, text.partition("; ")[0].strip()))


def named(wanted: Wanted, address: str) -> str:
    """The requirement of what lies at an address, in the standard's form."""
    extras = f"[{','.join(wanted.extras)}]" if wanted.extras else ""
    marker = f" ; {wanted.marker}" if wanted.marker else ""
    return f"{wanted.name}{extras} @ {address}{marker}"


def specified(wanted: Wanted) -> str:
    """The requirement of a package of the index, in the standard's form."""
    extras = f"[{','.join(wanted.extras)}]" if wanted.extras else ""
    marker = f"; {wanted.marker}" if wanted.marker else ""
    return f"{wanted.name}{extras}{wanted.specifiers}{marker}"


def _local_path(wanted: Wanted) -> str | None:
    said = wanted.provenance.circumstances
    path = said.get("path") or said.get("editable")
    return path if isinstance(path, str) and is_path(path) else None


def _of_path(wanted: Wanted, path: Path, text: str) -> Taken:
    if path.is_dir():
        return Taken(project=LocalProject(str(path), wanted.extras))
    if path.is_file():
        return Taken(text=named(wanted, path.resolve().as_uri()))
    raise ValueError(f"nothing is at the path of '{shown(text)}'")
