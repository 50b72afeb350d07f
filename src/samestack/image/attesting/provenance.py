"""SLSA provenance, version 1: from what an image was built, and by whom.

Nothing in it is taken from a clock: the same image built by the same builder has the same provenance.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from samestack import __version__
from samestack.capture.readers.bills.package_urls import PackageUrl
from samestack.image.attesting.builder import Builder
from samestack.image.attesting.said import STANDARD, said_of, wheels_in
from samestack.image.attesting.statement import hexadecimal
from samestack.image.building.config import LOCK_DIGEST, STACK_DIGEST
from samestack.oci.digests import is_digest
from samestack.oci.places import Image

BUILD_TYPE: Final = "https://samestack.dev/provenance/image-build/v1"
"""How to read the parameters; docs/images/attest.md describes it."""


class Resource(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that went into a build: in-toto's ResourceDescriptor."""

    name: str
    uri: str = ""
    digest: Mapping[str, str]


class BuildDefinition(Struct, frozen=True, kw_only=True, rename="camel"):
    """All that a build is a function of."""

    build_type: str = BUILD_TYPE
    external_parameters: Mapping[str, str]
    """What whoever builds it decides."""
    resolved_dependencies: tuple[Resource, ...]


class RunDetails(Struct, frozen=True, kw_only=True):
    """By whom, and in which run."""

    builder: Mapping[str, Any]
    metadata: Mapping[str, str] = field(default_factory=dict)


class Provenance(Struct, frozen=True, kw_only=True, rename="camel"):
    """The predicate."""

    build_definition: BuildDefinition
    run_details: RunDetails


def provenance_of(image: Image, builder: Builder) -> Provenance:
    """The provenance of an image that samestack built."""
    run = {"invocationId": builder.invocation} if builder.invocation else {}
    tool = {"id": builder.identifier, "version": {"samestack": __version__}}
    return Provenance(
        build_definition=build_definition(image), run_details=RunDetails(builder=tool, metadata=run)
    )


def build_definition(image: Image) -> BuildDefinition:
    """What the image's own labels and annotations say that it is a function of."""
    said = said_of(image)
    parameters = {
        "base": said.get(f"{STANDARD}base.name", ""),
        "lock": said.get(LOCK_DIGEST, ""),
        "platform": str(image.platform),
        "stack": said.get(STACK_DIGEST, ""),
    }
    return BuildDefinition(
        external_parameters={name: value for name, value in parameters.items() if value},
        resolved_dependencies=(*_inputs(said), *_wheels(image)),
    )


def _inputs(said: Mapping[str, str]) -> Iterator[Resource]:
    if is_digest(lock := said.get(LOCK_DIGEST, "")):
        yield Resource(name="lock", digest=hexadecimal(lock))
    if is_digest(base := said.get(f"{STANDARD}base.digest", "")):
        yield Resource(name=said.get(f"{STANDARD}base.name", "") or "base", digest=hexadecimal(base))
    if revision := said.get(f"{STANDARD}revision", ""):
        source = said.get(f"{STANDARD}source", "")
        yield Resource(name="source", uri=source, digest={"gitCommit": revision})


def _wheels(image: Image) -> Iterator[Resource]:
    for one in wheels_in(image):
        yield Resource(
            name=one.name,
            uri=str(PackageUrl(type="pypi", name=one.name, version=one.version)),
            digest={"sha256": one.sha256},
        )
