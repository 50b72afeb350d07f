"""All that was ever committed: every file's content once, with the commit that brought it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import structs

from samestack.config.scanning.places.git_commands import blobs, chosen, lines_of_git
from samestack.config.scanning.places.reading import texts_of
from samestack.config.scanning.text import Text
from samestack.errors import InputError
from samestack.progress import Reporter

MAX_CONTENTS: Final = 3_000_000
"""More are refused. Linux has about as many, and nothing to keep secret."""
_COMMIT: Final = "commit "
_EVERYTHING: Final = (
    "--all",
    "--reverse",
    "--topo-order",
    "--raw",
    "--no-abbrev",
    "-m",
    "--root",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--ignore-submodules=all",
    "--diff-filter=AMT",
)
_FILES: Final = ("100644", "100755")
_SHOWN: Final = 10
_BATCH: Final = 5000


def history_texts(root: Path, reporter: Reporter) -> Iterator[Text]:
    """The texts of every content on any branch or tag, the oldest commit first.

    A content that stands under several names is told under the first.
    """
    brought = _brought(root)
    kept = chosen(root, [(digest, path) for digest, (path, _) in brought.items()])
    reporter.started("Looking through git's history", len(kept))
    try:
        for first in range(0, len(kept), _BATCH):
            batch = kept[first : first + _BATCH]
            for index, data in blobs(root, (digest for digest, _ in batch)):
                digest, path = batch[index]
                reporter.advanced(path)
                part = brought[digest][1]
                yield from (structs.replace(text, is_file=False) for text in texts_of(path, data, part=part))
    finally:
        reporter.finished()


def _brought(root: Path) -> dict[str, tuple[str, str]]:
    """Every content that a commit brought: its first path, and that commit, in words.

    A commit is held against each of its parents. What git lists by its objects would be quicker, but says of
    an object only that some commit has it.
    """
    found: dict[str, tuple[str, str]] = {}
    commit = ""
    for line in lines_of_git(root, "log", *_EVERYTHING, f"--format={_COMMIT}%H of %cs"):
        if line.startswith(_COMMIT):
            word, digest, of, day = line.split()
            commit = f"{word} {digest[:_SHOWN]} {of} {day}"
        elif line.startswith(":"):
            modes, _, path = line.removesuffix("\n").partition("\t")
            _, mode, _, digest, _ = modes.split()
            if mode in _FILES:
                found.setdefault(digest, (path, commit))
        if len(found) > MAX_CONTENTS:
            raise InputError(str(root), f"its history has more than {MAX_CONTENTS} files")
    return found
