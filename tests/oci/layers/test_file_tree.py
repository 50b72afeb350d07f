"""Laws of laying files over each other, held against a real directory; and the limits of work."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from samestack.oci.layers import file_tree as trees
from samestack.oci.layers.file_tree import FileTree
from samestack.oci.layers.merged_file import FileKind, MergedFile


class Step(Struct, frozen=True):
    """One thing that a layer does."""

    deed: str
    path: str


PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
STEPS = st.builds(Step, st.sampled_from(["file", "directory", "remove", "empty"]), PATHS)
LAYERS = st.lists(st.lists(STEPS, max_size=6), max_size=4)


def in_memory(layers: list[list[Step]]) -> dict[str, bool]:
    tree = FileTree()
    for number, steps in enumerate(layers):
        for step in sorted(steps, key=lambda one: one.deed in ("file", "directory")):
            parts = step.path.split("/")
            match step.deed:
                case "remove":
                    tree.remove(parts, number)
                case "empty":
                    tree.empty(parts, number)
                case _:
                    tree.put(parts, MergedFile(kind=FileKind(step.deed), mode=0o644, layer=number))
    return {path: one.kind is FileKind.DIRECTORY for path, one in tree.files().items()}


def on_disk(layers: list[list[Step]], root: Path) -> dict[str, bool]:
    for steps in layers:
        for step in sorted(steps, key=lambda one: one.deed in ("file", "directory")):
            _DEEDS[step.deed](root / step.path)
    return {str(path.relative_to(root)): path.is_dir() for path in root.rglob("*")}


def _removed(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def _emptied(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
        path.mkdir()


def _file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _removed(path)
    path.touch()


def _directory(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_dir():
        _removed(path)
        path.mkdir()


_DEEDS: dict[str, Callable[[Path], None]] = {
    "file": _file,
    "directory": _directory,
    "remove": _removed,
    "empty": _emptied,
}


@given(LAYERS)
def test_in_memory_as_on_a_disk(layers: list[list[Step]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        try:
            expected = on_disk(layers, Path(name))
        except (FileExistsError, NotADirectoryError):  # something is below a file
            with pytest.raises(ValueError, match="is no directory"):
                in_memory(layers)
            return
    assert in_memory(layers) == expected


def link(target: str, layer: int = 0) -> MergedFile:
    return MergedFile(kind=FileKind.SYMLINK, mode=0o777, target=target, layer=layer)


LINKED = st.lists(
    st.tuples(PATHS, st.lists(st.sampled_from(["a", "b", "c", "..", ""]), max_size=4)), max_size=8
)


@given(LINKED, LAYERS)
def test_with_any_links_nothing_leads_out(
    links: list[tuple[str, list[str]]], layers: list[list[Step]]
) -> None:
    tree = FileTree()
    for path, target in links:
        try:
            tree.put(path.split("/"), link("/".join(target) or "."))
            tree.link(["d"], path.split("/"), 0)
            for step in (step for steps in layers for step in steps):
                tree.put(step.path.split("/"), MergedFile(kind=FileKind.FILE, mode=0, layer=1))
                tree.remove(step.path.split("/")[:2], 2)
        except ValueError:
            continue
    found = tree.files()
    for path in found:
        assert not {"", ".", ".."} & set(path.split("/"))
        directory = path.rpartition("/")[0]
        assert not directory or found[directory].kind is FileKind.DIRECTORY


def test_more_files_than_any_image_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MAX_FILES", 100)
    tree = FileTree()
    with pytest.raises(ValueError, match="more than 100 files"):
        tree.put(["d"] * 200, MergedFile(kind=FileKind.FILE, mode=0, layer=0))


def test_small_layers_that_take_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_MAX_STEPS", 10_000)  # each link below takes about 1000
    tree = FileTree()
    tree.put(["a"], link("./" * 500))
    with pytest.raises(ValueError, match="too much work"):
        tree.put(["a"] * 30, MergedFile(kind=FileKind.FILE, mode=0, layer=0))
