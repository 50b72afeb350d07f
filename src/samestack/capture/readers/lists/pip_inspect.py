"""``pip inspect``: what is installed in an environment, as pip reports it (version 1 of its report)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.capture.documents import load_json
from samestack.capture.observation import Observation
from samestack.capture.probes.python.direct_url import DirectUrl, direct_url
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.readers.requirements.packaging_values import package_name, placed, shown, version_text
from samestack.errors import InputError
from samestack.model import Component, Ecosystem, Layer

READ_VERSION: Final = "1"
"""The version of pip's report that is read."""

_NONE: Final = msgspec.Raw(b"null")


class _Metadata(Struct, frozen=True):
    name: str
    version: str


class _Installed(Struct, frozen=True):
    metadata: _Metadata
    installer: str = ""
    requested: bool | None = None
    direct_url: msgspec.Raw = _NONE


class _Environment(Struct, frozen=True):
    python_full_version: str | None = None
    implementation_name: str = "cpython"


class _Report(Struct, frozen=True):
    version: str
    installed: tuple[_Installed, ...]
    environment: _Environment = _Environment()


def read(path: Path) -> Observation:
    """The packages that were installed, who installed them and from where, and the Python."""
    file, report = str(path), load_json(path, _Report)
    if report.version != READ_VERSION:
        raise InputError(
            file,
            f"version {shown(report.version)} of pip's report is not known",
            place="$.version",
            hint="write it with another pip, or install a newer samestack",
        )
    components = list(_python(report.environment, file))
    for index, one in enumerate(report.installed):
        with placed(file, f"$.installed[{index}]"):
            components.append(_component(one))
    return Observation(tuple(components))


def _python(environment: _Environment, file: str) -> Iterator[Component]:
    if environment.python_full_version is not None:
        with placed(file, "$.environment.python_full_version"):
            version = version_text(environment.python_full_version)
        yield Component(
            layer=Layer.PYTHON,
            ecosystem=Ecosystem.GENERIC,
            name="python",
            version=version,
            facts={"implementation": shown(environment.implementation_name)},
        )


def _component(one: _Installed) -> Component:
    origin = DirectUrl() if one.direct_url == _NONE else direct_url(bytes(one.direct_url))
    return Distribution(
        name=package_name(one.metadata.name),
        version=shown(one.metadata.version),
        site_directory="",
        metadata_directory="",
        installer=shown(one.installer),
        is_requested=bool(one.requested),
        is_editable=origin.is_editable,
        source=origin.source,
        path=origin.path,
        hashes=origin.hashes,
    ).component()
