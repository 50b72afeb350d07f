"""What brings missing libraries: the packages of the system's distribution, or wheels."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from packaging.version import InvalidVersion, Version

from samestack.check.subject import Subject
from samestack.knowledge.library_packages import LibraryPackage, library_package
from samestack.model import Component, Layer

_RPM = frozenset({"fedora", "rhel", "centos", "rocky", "almalinux", "ol", "amzn"})
_SUSE = frozenset({"suse", "opensuse", "opensuse-leap", "opensuse-tumbleweed", "sles"})
_MAX_NAMED = 3
_RENAMED = {"debian": "13", "ubuntu": "24.04"}
"""Where Debian's packages with 64-bit times begin, of which many have other names than before."""


class Remedy(Struct, frozen=True):
    """How missing libraries can be had."""

    text: str
    command: str
    sources: tuple[str, ...]


def remedy_of(subject: Subject, package: str, sonames: Sequence[str]) -> Remedy:
    """For libraries that a package needs; without a command where the system's distribution is not known."""
    rows = {soname: library_package(soname) for soname in sonames}
    wheels = _unique(row.pypi for row in rows.values() if row and row.pypi)
    of_system = {name: row for name, row in rows.items() if row is None or not (row.pypi or row.cuda)}
    sources = _unique(source for row in rows.values() if row for source in row.sources[:1])
    commands = (_of_distribution(subject, of_system), _with_pip(wheels))
    known = _unique(filter(None, (_name(subject, row) for row in of_system.values() if row)))
    unknown = [name for name, row in of_system.items() if row is None or not _name(subject, row)]
    wanted = (*known, *wheels, *_whatever_brings(unknown))
    if not wanted:
        text = f"they are parts of CUDA: install {package} again with what it requires, or NVIDIA's wheels"
        return Remedy(text, "", sources)
    return Remedy(f"install {', '.join(wanted)}", " && ".join(filter(None, commands)), sources)


def _whatever_brings(sonames: Sequence[str]) -> tuple[str, ...]:
    if not sonames:
        return ()
    more = f" and {len(sonames) - _MAX_NAMED} more" if len(sonames) > _MAX_NAMED else ""
    return (f"whatever brings {', '.join(sonames[:_MAX_NAMED])}{more}",)


def _of_distribution(subject: Subject, rows: dict[str, LibraryPackage | None]) -> str:
    system = _system(subject)
    if not rows or system is None:
        return ""
    family = _family(system)
    if family == "debian":
        named = [_debian(system, row) for row in rows.values() if row]
        return _command("apt-get install", _unique(filter(None, named)))
    if family == "fedora":
        found = [(row.fedora if row else "") or f'"{name}()(64bit)"' for name, row in rows.items()]
        return _command("dnf install", _unique(found))
    if family == "alpine":
        return _command(
            "apk add", _unique((row.alpine if row else "") or f"so:{name}" for name, row in rows.items())
        )
    return _command("zypper install", [f'"{name}()(64bit)"' for name in rows]) if family == "suse" else ""


def _name(subject: Subject, row: LibraryPackage) -> str:
    """The package of the system's distribution; empty where it is not known."""
    system = _system(subject)
    family = "" if system is None else _family(system)
    if family == "debian" and system is not None:
        return _debian(system, row)
    return {"fedora": row.fedora, "alpine": row.alpine}.get(family, "")


def _debian(system: Component, row: LibraryPackage) -> str:
    return row.debian if row.debian_13 is None or not _is_renamed(system) else row.debian_13


def _is_renamed(system: Component) -> bool:
    first = _RENAMED.get(system.name)
    if first is None:
        return False
    try:
        return system.version is None or Version(system.version) >= Version(first)
    except InvalidVersion:
        return False


def _system(subject: Subject) -> Component | None:
    found = (one for one in subject.system.stack.layer(Layer.OS) if one.name not in {"glibc", "musl"})
    return next(found, None)


def _family(system: Component) -> str:
    like = system.facts.get("like", ())
    words = {system.name, *(like if isinstance(like, tuple) else ())}
    if words & {"debian", "ubuntu"}:
        return "debian"
    if words & _RPM:
        return "fedora"
    if words & _SUSE:
        return "suse"
    return "alpine" if "alpine" in words else ""


def _with_pip(wheels: Sequence[str]) -> str:
    return _command("pip install", wheels)


def _command(start: str, names: Sequence[str]) -> str:
    return f"{start} {' '.join(names)}" if names else ""


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
