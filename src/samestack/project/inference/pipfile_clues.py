"""What a ``Pipfile`` asks for, packages and those of developers."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from samestack.capture.documents import load_toml, read_text
from samestack.capture.readers.projects.declared_sources import DeclaredSource, provenance_of
from samestack.capture.readers.requirements.packaging_values import requirement_of, shown
from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.manifest_values import is_python


class _Package(DeclaredSource, frozen=True, kw_only=True):
    version: str = "*"
    extras: tuple[str, ...] = ()
    markers: str = ""


class _Requires(Struct, frozen=True):
    python_version: str = ""
    python_full_version: str = ""


class _Pipfile(Struct, frozen=True):
    packages: Mapping[str, str | _Package] = field(default_factory=dict)
    dev_packages: Mapping[str, str | _Package] = field(name="dev-packages", default_factory=dict)
    requires: _Requires = _Requires()


def read_pipfile(path: Path, shown_as: str) -> Seen:
    """Everything in it; :class:`InputError` for what is no TOML or has another shape."""
    pipfile = load_toml(path, _Pipfile)
    lines = read_text(path).splitlines()
    tables = ((pipfile.packages, ""), (pipfile.dev_packages, "dev"))
    parts = (
        _of_package(name, said, _place(lines, name, shown_as), group)
        for table, group in tables
        for name, said in table.items()
    )
    return Seen.joined((*parts, Seen(tuple(_python(pipfile, lines, shown_as)))))


def _python(pipfile: _Pipfile, lines: list[str], shown_as: str) -> Iterator[Clue]:
    version = pipfile.requires.python_full_version or pipfile.requires.python_version
    if is_python(version):
        yield Clue(kind=Kind.PYTHON, value=version, place=_place(lines, "python_", shown_as))


def _of_package(name: str, said: str | _Package, place: str, group: str) -> Seen:
    package = _Package(version=said) if isinstance(said, str) else said
    extras = f"[{','.join(package.extras)}]" if package.extras else ""
    marker = f"; {package.markers}" if package.markers else ""
    try:
        source = provenance_of(package).source
        version = f" @ {source} " if source else "" if package.version == "*" else package.version
        text = str(requirement_of(f"{name}{extras}{version}{marker}"))
    except ValueError:
        return Seen((), (f"{place}: left out, since it is no requirement: {shown(name)}",))
    if package.path or package.file:
        return Seen((), (f"{place}: left out, since it lies on this machine: {shown(name)}",))
    return Seen((Clue(kind=Kind.DEPENDENCY, value=text, place=place, group=group),))


def _place(lines: list[str], start: str, shown_as: str) -> str:
    found = (number for number, line in enumerate(lines, 1) if line.lstrip("\"' ").startswith(start))
    return f"{shown_as}:{next(found, 1)}"
