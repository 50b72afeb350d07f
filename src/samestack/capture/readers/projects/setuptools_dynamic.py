"""``[tool.setuptools.dynamic]``: dependencies that a project keeps in requirements files."""

import os.path
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field, structs

from samestack.capture.readers.requirements.packaging_values import leading_to, placed
from samestack.capture.readers.requirements.requirements import read_wishes
from samestack.capture.readers.requirements.wishes import Wish
from samestack.model import Remark


class RequirementsFiles(Struct, frozen=True):
    """Requirements files, relative to the manifest."""

    file: str | tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Their paths; one may be said without a list."""
        return (self.file,) if isinstance(self.file, str) else self.file


class SetuptoolsDynamic(Struct, frozen=True):
    """``[tool.setuptools.dynamic]``."""

    dependencies: RequirementsFiles = RequirementsFiles()
    optional_dependencies: Mapping[str, RequirementsFiles] = field(
        name="optional-dependencies", default_factory=dict
    )


class SetuptoolsTool(Struct, frozen=True):
    """``[tool.setuptools]``."""

    dynamic: SetuptoolsDynamic = SetuptoolsDynamic()


def dynamic_wishes(tool: SetuptoolsTool, manifest: Path) -> tuple[list[Wish], list[Remark]]:
    """What the files ask for that a manifest leads to; as for setuptools, they lie beside or below it."""
    wishes: list[Wish] = []
    remarks: list[Remark] = []
    extras = ((files, (extra,)) for extra, files in tool.dynamic.optional_dependencies.items())
    for files, groups in ((tool.dynamic.dependencies, ()), *extras):
        for name in files.names:
            with leading_to(str(manifest)):
                found, met = read_wishes(file_inside(manifest, name))
            wishes += (structs.replace(wish, groups=groups) for wish in found)
            remarks += met
    return wishes, remarks


def file_inside(manifest: Path, name: str) -> Path:
    """A file that a manifest names; :class:`InputError` when it does not lie beside or below it."""
    with placed(str(manifest), "tool.setuptools.dynamic"):
        target = manifest.parent / name
        root = os.path.realpath(manifest.parent)
        if os.path.commonpath((root, os.path.realpath(target))) != root:
            raise ValueError("leads out of the project")
    return target
