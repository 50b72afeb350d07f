"""Files held one by one against what the locked wheels install."""

import stat
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.image.verifying.expected import ExpectedFile
from samestack.image.verifying.known_launchers import is_same_command
from samestack.image.verifying.verification import Deviation, DeviationKind
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind, MergedFile

_MOST_SCRIPT: Final = 1 << 20
_NEVER: Final = stat.S_ISUID | stat.S_ISGID | stat.S_IWOTH
_WORDS: Final = {stat.S_ISUID: "setuid", stat.S_ISGID: "setgid", stat.S_IWOTH: "writable by everybody"}


def file_deviations(
    expected: Mapping[str, Sequence[ExpectedFile]], files: MergedFiles, place: EnvironmentPlace
) -> Iterator[Deviation]:
    """What of the expected files is missing, altered, replaced, or has permissions that no wheel gives."""
    hidden = {one.path: one.hidden_by + 1 for one in files.hidden}
    for path, wanted in expected.items():
        found = files.files.get(path)
        if found is None:
            yield _missing(path, wanted[0], hidden.get(path, 0))
        else:
            yield from _held(path, wanted, found, files, place)


def _missing(path: str, wanted: ExpectedFile, by: int) -> Deviation:
    return Deviation(
        kind=DeviationKind.MISSING_FILE,
        subject=f"/{path}",
        package=wanted.package,
        detail=f"layer {by} removes it" if by else "no layer has it",
        layer=by,
    )


def _held(
    path: str,
    wanted: Sequence[ExpectedFile],
    found: MergedFile,
    files: MergedFiles,
    place: EnvironmentPlace,
) -> Iterator[Deviation]:
    def deviation(kind: DeviationKind, detail: str) -> Deviation:
        package = wanted[0].package
        return Deviation(kind=kind, subject=f"/{path}", package=package, detail=detail, layer=found.layer + 1)

    if found.kind is not FileKind.FILE:
        yield deviation(DeviationKind.REPLACED_FILE, kind_words(found))
    elif not any(_is_equal(path, one, found, files, place) for one in wanted):
        yield deviation(DeviationKind.ALTERED_FILE, _content_words(wanted, found))
    if problem := permission_words(found, is_executable=any(one.is_executable for one in wanted)):
        yield deviation(DeviationKind.PERMISSIONS, problem)


def _is_equal(
    path: str, wanted: ExpectedFile, found: MergedFile, files: MergedFiles, place: EnvironmentPlace
) -> bool:
    if found.size == wanted.size and files.digest_of(path) == f"sha256:{wanted.sha256}":
        return True
    if wanted.script is None or found.size > _MOST_SCRIPT:
        return False
    with files.open(path) as stream:
        return is_same_command(stream.read(), wanted.script, place.interpreters)


def _content_words(wanted: Sequence[ExpectedFile], found: MergedFile) -> str:
    if any(one.script is not None for one in wanted):
        return "no installer writes this command"
    sizes = {one.size for one in wanted}
    if found.size in sizes:
        return "the same size, and another content"
    return f"{found.size:,} bytes instead of {min(sizes):,}"


def kind_words(found: MergedFile) -> str:
    """What something is that is no file."""
    if found.kind is FileKind.SYMLINK:
        return f"a link to {found.target}"
    return f"a {found.kind.replace('-', ' ')}"


def permission_words(found: MergedFile, *, is_executable: bool = False) -> str:
    """What is wrong with the permissions of a file that a wheel installs; empty where nothing is."""
    if found.kind is not FileKind.FILE:
        return ""
    said = [words for bit, words in _WORDS.items() if found.mode & bit]
    if is_executable and not found.mode & stat.S_IXUSR:
        said.append("not executable")
    return f"{', '.join(said)} ({found.mode:04o})" if said else ""
