"""Git, asked so that nothing that a repository's settings name is run."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from samestack import process
from samestack.config.scanning.places.reading import is_read
from samestack.errors import InputError, OutsideError

_SECONDS: Final = 60.0
_QUIET: Final = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "protocol.allow=never",
    "--no-pager",
)
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_MAX_HEADER_BYTES: Final = 1024


def is_in_repository(directory: Path) -> bool:
    """Whether git keeps a directory; not so where there is no git, or it refuses the repository."""
    if not any((parent / ".git").exists() for parent in (directory.resolve(), *directory.resolve().parents)):
        return False
    try:
        finished = _run(directory, "rev-parse", "--is-inside-work-tree")
    except OutsideError:
        return False
    return finished.status == 0 and finished.output.strip() == "true"


def repository_of(directory: Path) -> Path:
    """The root of the repository that a directory is in; :class:`InputError` where it is in none."""
    finished = _run(directory, "rev-parse", "--show-toplevel")
    if finished.status != 0:
        raise InputError(
            str(directory), "it is in no git repository", hint="name one, or scan the files alone"
        )
    return Path(finished.output.removesuffix("\n"))


def said_by_git(directory: Path, *arguments: str) -> str:
    """What a command of git writes; :class:`~samestack.errors.OutsideError` when it fails."""
    finished = _run(directory, *arguments)
    if finished.status != 0:
        raise OutsideError(f"git {arguments[0]} failed in {directory} (status {finished.status})")
    return finished.output


def lines_of_git(directory: Path, *arguments: str) -> Iterator[str]:
    """The lines that a command of git writes, as they come."""
    return process.lines(
        ("git", *_QUIET, *arguments), directory=directory, environment={**os.environ, **_ENVIRONMENT}
    )


def blobs(directory: Path, digests: Iterable[str]) -> Iterator[tuple[int, bytes]]:
    """The content of blobs, with the index of each; what is missing or no blob is left out."""
    asked = "".join(f"{digest}\n" for digest in digests).encode()
    command = ("git", *_QUIET, "cat-file", "--batch", "--buffer")
    with process.piped(command, directory=directory, data=asked) as stream:
        index = 0
        while header := stream.readline(_MAX_HEADER_BYTES).split():
            if len(header) == 3:
                content = _exactly(stream, int(header[2]) + 1)[:-1]
                if header[1] == b"blob":
                    yield index, content
            index += 1


def sizes(directory: Path, digests: Iterable[str]) -> list[int | None]:
    """The size of each blob; ``None`` for what is none."""
    asked = "".join(f"{digest}\n" for digest in digests).encode()
    command = ("git", *_QUIET, "cat-file", "--batch-check", "--buffer")
    with process.piped(command, directory=directory, data=asked) as stream:
        return [_blob_size(line.split()) for line in stream]


def chosen(directory: Path, named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of blobs by digest and path, those that are looked into."""
    measured = sizes(directory, (digest for digest, _ in named))
    return [
        one for one, size in zip(named, measured, strict=False) if size is not None and is_read(one[1], size)
    ]


def _blob_size(words: list[bytes]) -> int | None:
    return int(words[2]) if len(words) == 3 and words[1] == b"blob" else None


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise OutsideError("git cat-file ended in the midst of an object")
    return data


def _run(directory: Path, *arguments: str) -> process.Finished:
    return process.run(
        ("git", *_QUIET, *arguments),
        directory=directory,
        environment=_ENVIRONMENT,
        timeout=_SECONDS,
        check=False,
    )
