"""Paths of layers, which lead nowhere but down."""

from typing import Final

MAX_PATH_CHARACTERS: Final = 4096
MAX_NAME_CHARACTERS: Final = 255

WHITEOUT: Final = ".wh."
"""What the name of a whiteout begins with: the rest of it is removed from the layers below."""
METADATA: Final = ".wh..wh."
"""What names begin with that AUFS keeps for itself, and every engine passes over."""
OPAQUE: Final = ".wh..wh..opq"
"""In a directory: whatever the layers below have in it is removed."""


def parts_of(path: str) -> tuple[str, ...]:
    """The names that a path of a layer consists of, from the root on; ``ValueError`` for one that leads out.

    An absolute path is one from the root of the image, as for every engine.
    """
    if len(path) > MAX_PATH_CHARACTERS:
        raise ValueError("a path is longer than Linux allows")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if ".." in parts:
        raise ValueError(f"the path '{path}' leads out")
    if any(len(part) > MAX_NAME_CHARACTERS for part in parts):
        raise ValueError("a name is longer than Linux allows")
    return parts


def is_metadata(parts: tuple[str, ...]) -> bool:
    """Whether a path is AUFS's own, or below such a one; ``ValueError`` for what stands below a whiteout."""
    *parents, name = parts
    if any(parent.startswith(METADATA) for parent in parents):
        return True
    if any(parent.startswith(WHITEOUT) for parent in parents):
        raise ValueError(f"'{'/'.join(parts)}' stands below a whiteout")
    return name.startswith(METADATA) and name != OPAQUE


def removed_name(name: str) -> str:
    """What a whiteout removes from its directory; ``ValueError`` for the directory itself, or its parent."""
    removed = name.removeprefix(WHITEOUT)
    if removed in ("", ".", ".."):
        raise ValueError(f"the whiteout '{name}' removes no file")
    return removed
