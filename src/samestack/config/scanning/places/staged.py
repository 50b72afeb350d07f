"""What stands in git's index and not in the last commit: what a commit is about to add."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.config.scanning.places.git_commands import blobs, chosen, said_by_git
from samestack.config.scanning.places.reading import texts_of
from samestack.config.scanning.text import Text

_FILES: Final = ("100644", "100755")


def staged_texts(root: Path) -> Iterator[Text]:
    """The texts of every file that was added or changed, as it is staged."""
    said = said_by_git(
        root, "diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff",
        "--no-textconv", "--ignore-submodules=all", "--diff-filter=AMT",
    )  # fmt: skip
    words = said.split("\0")
    named = [
        (digest, path)
        for header, path in zip(words[::2], words[1::2], strict=False)
        for _, mode, _, digest, _ in [header.split()]
        if mode in _FILES
    ]
    kept = chosen(root, named)
    for index, data in blobs(root, (digest for digest, _ in kept)):
        yield from texts_of(kept[index][1], data)
