"""An image's files are seen as the same files in a directory are, whatever the links say."""

import contextlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.image_tree import ImageTree
from samestack.capture.tree import RootTree, Tree
from samestack.errors import InputError
from samestack.oci.layers.merged import merged
from tests.oci.small_images import opened, small_image

PARTS = st.sampled_from(["a", "b", "c", "..", ".", "missing"])
PATHS = st.lists(PARTS, max_size=5).map(lambda parts: "/" + "/".join(parts))
PLACES = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
TARGETS = st.one_of(PATHS, st.lists(PARTS, min_size=1, max_size=4).map("/".join))
TREES = st.lists(st.tuples(PLACES, st.one_of(st.none(), st.binary(max_size=5), TARGETS)), max_size=8)


def plant(root: Path, said: list[tuple[str, bytes | str | None]]) -> None:
    """Directories, files and links, as far as one does not stand in the way of another."""
    for place, what in said:
        path = root / place
        if any(one.is_symlink() or one.is_file() for one in (path, *path.parents)):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError, IsADirectoryError):
            if what is None:
                path.mkdir()
            elif isinstance(what, bytes):
                path.write_bytes(what)
            else:
                path.symlink_to(what)


@contextmanager
def image_tree(root: Path) -> Iterator[ImageTree]:
    """The same files as the only layer of an image."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.add(root, ".")
    with tempfile.TemporaryDirectory() as place:
        image = opened(Path(place), small_image(out.getvalue()))
        with merged(image) as files:
            yield ImageTree(files)


def answer(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except (FileNotFoundError, NotADirectoryError):
        return FileNotFoundError
    except OSError as error:
        return type(error)


def content(tree: Tree, path: str) -> bytes:
    with tree.open(path) as file:
        return file.read()


def answers(tree: Tree, path: str) -> list[object]:
    return [
        answer(lambda: tree.read(path)),
        answer(lambda: content(tree, path)),
        answer(lambda: tree.entries(path)),
        answer(lambda: tree.resolve(path)),
        tree.is_file(path),
        tree.is_directory(path),
    ]


@given(TREES, st.lists(PATHS, max_size=8))
def test_an_image_answers_as_a_directory_does(
    said: list[tuple[str, bytes | str | None]], paths: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        plant(Path(name), said)
        with image_tree(Path(name)) as tree:
            for path in ["/", *(f"/{place}" for place, _ in said), *paths]:
                assert answers(tree, path) == answers(RootTree(name), path)


def test_what_is_shown_is_the_path_in_the_image(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with image_tree(tmp_path) as tree:
        assert tree.shown("/etc/../file") == tree.shown("file") == "/file"
        with pytest.raises(InputError, match=r"^/file: larger than the 3 bytes"):
            tree.read("/file", limit=3)
        with pytest.raises(FileNotFoundError):
            tree.read("/missing")


def test_pipes_are_seen_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with image_tree(tmp_path) as tree:
        (found,) = tree.entries("/")
        assert (found.name, found.is_file, found.is_directory) == ("pipe", False, False)
        with pytest.raises(FileNotFoundError, match="not a regular file"):
            tree.open("/pipe")
