"""``pip list --format json`` and ``uv pip list --format json``."""

from pathlib import Path

from msgspec import Struct

from samestack.capture.documents import load_json
from samestack.capture.observation import Observation
from samestack.capture.readers.locks.provenance import UNSTATED, of_path
from samestack.capture.readers.locks.python_packages import package, with_circumstances
from samestack.capture.readers.requirements.packaging_values import package_name, placed, shown
from samestack.model import Component


class _Listed(Struct, frozen=True):
    name: str
    version: str
    editable_project_location: str | None = None
    installer: str = ""


def read(path: Path) -> Observation:
    """The packages that were installed; the list does not say in which Python."""
    listed = load_json(path, tuple[_Listed, ...])
    components = []
    for index, one in enumerate(listed):
        with placed(str(path), f"$[{index}]"):
            components.append(_component(one))
    return Observation(tuple(components))


def _component(one: _Listed) -> Component:
    editable = one.editable_project_location
    found = package(
        package_name(one.name),
        shown(one.version),
        provenance=of_path(editable, is_editable=True) if editable else UNSTATED,
    )
    return with_circumstances(found, {"installer": shown(one.installer)} if one.installer else {})
