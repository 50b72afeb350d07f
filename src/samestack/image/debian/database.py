"""dpkg's database: what is installed, from which files, so that dpkg, scanners and a capture know it.

The formats: ``man deb-control``, ``man dpkg``, and dpkg's own documentation of its triggers and diversions.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from samestack.image.debian.archives.unpacking import Unpacked
from samestack.image.debian.placing import is_kept
from samestack.image.layers.contents import BytesContent
from samestack.image.layers.entry import EntryKind, LayerEntry

DIRECTORY: Final = "var/lib/dpkg"
_EXECUTABLE: Final = frozenset({"preinst", "postinst", "prerm", "postrm", "config"})
_CHUNK: Final = 1 << 20
_INSIDE: Final = frozenset({"control", "md5sums"})
"""What is not copied as it is."""
_INTEREST: Final = re.compile(
    r"interest(?P<noawait>-noawait|-await)?\s+(?P<of>/\S+|[A-Za-z0-9][A-Za-z0-9+._-]*)"
)
_PACKAGE: Final = re.compile(r"^Package:.*\n", re.MULTILINE)


def package_entries(unpacked: Unpacked) -> Iterator[LayerEntry]:
    """What dpkg keeps of one package: its list of files, their checksums, its scripts."""
    start = f"{DIRECTORY}/info/{instance(unpacked)}"
    kept = [entry for entry in unpacked.entries if is_kept(entry)]
    yield _file(f"{start}.list", "".join(f"{line}\n" for line in ("/.", *(f"/{e.path}" for e in kept))))
    yield _file(f"{start}.md5sums", "".join(_checksums(unpacked, kept)))
    for name, data in unpacked.control.items():
        if name not in _INSIDE:
            mode = 0o755 if name in _EXECUTABLE else 0o644
            yield LayerEntry(path=f"{start}.{name}", mode=mode, content=BytesContent(data))


def whole_entries(packages: Sequence[Unpacked]) -> Iterator[LayerEntry]:
    """What dpkg keeps of all packages together."""
    yield _file(f"{DIRECTORY}/status", "".join(f"{_stanza(one)}\n" for one in packages))
    for name in ("available", "diversions", "statoverride"):
        yield _file(f"{DIRECTORY}/{name}", "")
    yield _file(f"{DIRECTORY}/info/format", "1\n")
    yield _file(f"{DIRECTORY}/triggers/Unincorp", "")
    for name, lines in sorted(_triggers(packages).items()):
        yield _file(f"{DIRECTORY}/triggers/{name}", "".join(f"{line}\n" for line in sorted(lines)))
    for name in ("alternatives", "parts", "updates"):
        yield LayerEntry(path=f"{DIRECTORY}/{name}", kind=EntryKind.DIRECTORY, mode=0o755)


def instance(unpacked: Unpacked) -> str:
    """What dpkg calls a package in the names of its files: with the architecture where there can be two."""
    package = unpacked.package
    is_same = re.search(r"^Multi-Arch:\s*same\s*$", unpacked.text("control"), re.MULTILINE)
    return f"{package.name}:{package.architecture}" if is_same else package.name


def _stanza(unpacked: Unpacked) -> str:
    """The package's own description, as dpkg keeps it once it is installed."""
    control = unpacked.text("control").strip("\n") + "\n"
    stanza = _PACKAGE.sub(lambda found: f"{found[0]}Status: install ok installed\n", control, count=1)
    lines = list(_conffiles(unpacked))
    return stanza + ("Conffiles:\n" + "".join(lines) if lines else "")


def _conffiles(unpacked: Unpacked) -> Iterator[str]:
    entries = {f"/{entry.path}": entry for entry in unpacked.entries}
    for path in unpacked.conffiles:
        if path in entries and entries[path].content is not None:
            yield f" {path} {_md5(entries[path])}\n"


def _checksums(unpacked: Unpacked, kept: Iterable[LayerEntry]) -> Iterator[str]:
    """Those that the package brings, of what is kept; they are made, as dpkg does, where it brings none."""
    paths = {entry.path: entry for entry in kept if entry.content is not None}
    if "md5sums" in unpacked.control:
        for line in unpacked.text("md5sums").splitlines():
            if line.partition("  ")[2].removeprefix("./") in paths:
                yield f"{line}\n"
        return
    configured = set(unpacked.conffiles)
    for path, entry in paths.items():
        if f"/{path}" not in configured:
            yield f"{_md5(entry)}  {path}\n"


def _md5(entry: LayerEntry) -> str:
    """The checksum of a file in dpkg's database; nothing rests on it."""
    if entry.content is None:
        return ""
    hasher = hashlib.md5(usedforsecurity=False)
    with entry.content.open() as content:
        while data := content.read(_CHUNK):
            hasher.update(data)
    return hasher.hexdigest()


def _triggers(packages: Sequence[Unpacked]) -> Mapping[str, list[str]]:
    """By file, the packages that want to be told of something: of a path in ``File``, else by its name."""
    found: dict[str, list[str]] = {}
    for unpacked in packages:
        for line in unpacked.text("triggers").splitlines():
            if interest := _INTEREST.fullmatch(line.partition("#")[0].strip()):
                told = instance(unpacked) + ("/noawait" if interest["noawait"] == "-noawait" else "")
                is_path = interest["of"].startswith("/")
                name = "File" if is_path else interest["of"]
                found.setdefault(name, []).append(f"{interest['of']} {told}" if is_path else told)
    return found


def _file(path: str, text: str) -> LayerEntry:
    return LayerEntry(path=path, content=BytesContent(text.encode()))
