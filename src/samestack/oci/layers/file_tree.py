"""Files laid over each other, as an engine that unpacks layers would leave them: pure, and on no disk."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from samestack.oci.layers.merged_file import FileKind, HiddenFile, MergedFile

MAX_FILES: Final = 1_000_000
"""Of all layers, directories among them. The largest real images have about 400,000."""

_MAX_LINKS: Final = 40
_MAX_STEPS: Final = 100_000_000
"""How much is walked for an image, so that no small hostile one keeps us busy for hours."""


class _Node:
    __slots__ = ("children", "file", "parent", "path")

    def __init__(self, parent: "_Node | None", path: str, file: MergedFile) -> None:
        self.parent = parent
        self.path = path
        self.file = file
        self.children: dict[str, _Node] = {}

    @property
    def is_directory(self) -> bool:
        return self.file.kind is FileKind.DIRECTORY


class FileTree:
    """The files of the layers so far. Methods raise ``ValueError`` for what engines would not do either.

    Links among the parents of a path are followed inside the tree, as containerd does; they never lead out.
    """

    def __init__(self) -> None:
        self._root = _Node(None, "", _implied(0))
        self._steps = 0
        self._made = 0
        self.hidden: list[HiddenFile] = []
        """What a later layer, or a later entry of the same, replaced or removed."""

    def put(self, parts: Sequence[str], file: MergedFile) -> None:
        """Put a file where it belongs; a directory over a directory keeps what is in it."""
        parent = self._directory(parts[:-1], file.layer)
        before = parent.children.get(parts[-1]) if parts else self._root
        is_directory = file.kind is FileKind.DIRECTORY
        if before is not None and before.is_directory and (is_directory or not parts):
            _check(is_directory, "the root is no directory")
            before.file = file
            return
        if before is not None:
            self._delete(self._within(before), file.layer)
        self._add(parent, parts[-1], file)

    def link(self, parts: Sequence[str], target: Sequence[str], layer: int) -> None:
        """Give a file that is there a second name."""
        first = self._found(target)
        shown = f"'{'/'.join(parts)}' is a hard link to '{'/'.join(target)}'"
        if first is None or first.is_directory:
            raise ValueError(f"{shown}, which is no file")
        _check(parts and first is not self._found(parts), f"{shown}, which is itself")
        is_file = first.file.kind is FileKind.FILE
        name = first.path if is_file and not first.file.target else first.file.target
        self.put(parts, replace(first.file, layer=layer, target=name))

    def remove(self, parts: Sequence[str], layer: int) -> None:
        """Remove what is at a path, and below it: ``layer`` says so."""
        node = self._found(parts)
        if node is not None:
            self._delete(self._within(node), layer)

    def empty(self, parts: Sequence[str], layer: int) -> None:
        """Remove whatever is in a directory: ``layer`` says so."""
        directory = self._existing(parts)
        if directory is not None:
            self._delete(self._within(directory)[1:], layer)

    def files(self) -> dict[str, MergedFile]:
        """Every path with what is there, the root left out; sorted."""
        return {
            node.path: node.file for node in sorted(self._within(self._root)[1:], key=lambda one: one.path)
        }

    def _delete(self, nodes: list[_Node], layer: int) -> None:
        for node in reversed(nodes):
            if node.file.kind is FileKind.FILE and not node.file.target:
                hidden = HiddenFile(
                    path=node.path, size=node.file.size, layer=node.file.layer, hidden_by=layer
                )
                self.hidden.append(hidden)
            if node.parent is not None:
                del node.parent.children[node.path.rpartition("/")[2]]

    def _within(self, node: _Node) -> list[_Node]:
        """A node and all below it, each after its directory."""
        found = [node]
        for one in found:  # it grows meanwhile
            found.extend(one.children.values())
        self._count(len(found))
        return found

    def _add(self, parent: _Node, name: str, file: MergedFile) -> _Node:
        self._made += 1
        _check(self._made <= MAX_FILES, f"the layers have more than {MAX_FILES} files")
        node = _Node(parent, f"{parent.path}/{name}" if parent.path else name, file)
        parent.children[name] = node
        return node

    def _found(self, parts: Sequence[str]) -> _Node | None:
        """What is at a path; a link is not followed."""
        directory = self._existing(parts[:-1])
        return directory.children.get(parts[-1]) if directory and parts else None

    def _existing(self, parts: Sequence[str]) -> _Node | None:
        """The directory at a path, links followed, where there is one."""
        return self._walked(parts, None)

    def _directory(self, parts: Sequence[str], layer: int) -> _Node:
        """The directory at a path, links followed; what is missing of it is made."""
        found = self._walked(parts, layer)
        if found is None:
            raise ValueError(f"'{'/'.join(parts)}' is no directory, and something is below it")
        return found

    def _walked(self, parts: Sequence[str], layer: int | None) -> _Node | None:
        here, pending, links = self._root, list(reversed(parts)), 0
        while pending:
            self._count(1)
            part = pending.pop()
            child = self._child(here, part, layer)
            if child is not None and child.file.kind is FileKind.SYMLINK:
                links += 1
                _check(links <= _MAX_LINKS, f"'{child.path}' is a link that leads round in a circle")
                here = self._root if child.file.target.startswith("/") else here
                pending.extend(reversed(child.file.target.split("/")))
            elif child is not None and child.is_directory:
                here = child
            else:
                return None
        return here

    def _child(self, here: _Node, part: str, layer: int | None) -> _Node | None:
        if part in ("", "."):
            return here
        if part == "..":
            return here.parent or here
        child = here.children.get(part)
        return self._add(here, part, _implied(layer)) if child is None and layer is not None else child

    def _count(self, steps: int) -> None:
        self._steps += steps
        _check(self._steps <= _MAX_STEPS, "the layers take too much work to lay over each other")


def _implied(layer: int) -> MergedFile:
    """A directory that no layer describes, as engines make it."""
    return MergedFile(kind=FileKind.DIRECTORY, mode=0o755, layer=layer)


def _check(holds: object, problem: str) -> None:
    if not holds:
        raise ValueError(problem)
