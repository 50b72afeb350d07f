"""Lists of requirements as they stand in a project's manifest, each at its place and for its group."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from samestack.capture.readers.requirements.packaging_values import placed
from samestack.capture.readers.requirements.requirement_texts import parsed_wish
from samestack.capture.readers.requirements.wishes import Wish


class RequirementList(Struct, frozen=True, kw_only=True):
    """Requirements that a group asks for, or everybody."""

    place: str
    """The key of the list: ``project.dependencies``."""
    texts: tuple[str, ...]
    groups: tuple[str, ...] = ()
    is_constraint: bool = False


def listed_wishes(lists: Iterable[RequirementList], manifest: Path) -> Iterator[Wish]:
    """What the lists of a manifest ask for. ``-e`` before a requirement is PDM's way to say editable."""
    for one in lists:
        for index, text in enumerate(one.texts):
            with placed(str(manifest), f"{one.place}[{index}]"):
                bare = text.strip().removeprefix("-e ")
                wish = parsed_wish(bare, manifest.parent, is_editable=bare != text.strip())
            yield structs.replace(wish, groups=one.groups, is_constraint=one.is_constraint)
