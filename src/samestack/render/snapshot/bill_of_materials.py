"""A snapshot as a CycloneDX bill. Imported only with the optional library ``cyclonedx-python-lib``."""

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from cyclonedx.exception.model import InvalidUriException
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as BillComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output.json import JsonV1Dot6

from samestack import __version__
from samestack.codec import encode_snapshot
from samestack.errors import RequestError
from samestack.model import Component, Ecosystem, Layer, Snapshot, Value
from samestack.render.links import is_web_link
from samestack.render.snapshot.package_url import distribution_of, is_distribution, package_url

_TYPES: Final = {
    Layer.HARDWARE: ComponentType.DEVICE,
    Layer.DRIVER: ComponentType.DEVICE_DRIVER,
    Layer.KERNEL: ComponentType.OPERATING_SYSTEM,
    Layer.PYTHON: ComponentType.PLATFORM,
    Layer.MODELS: ComponentType.MACHINE_LEARNING_MODEL,
}
"""What is not here is a library."""

_ALGORITHMS: Final = {
    "md5": (HashAlgorithm.MD5, 32),
    "sha1": (HashAlgorithm.SHA_1, 40),
    "sha256": (HashAlgorithm.SHA_256, 64),
    "sha384": (HashAlgorithm.SHA_384, 96),
    "sha512": (HashAlgorithm.SHA_512, 128),
}
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]+")


def bill_of_materials(snapshot: Snapshot) -> bytes:
    """Stack and host as components of one environment; configuration is no material and stays out.

    :class:`RequestError` when the snapshot does not say when it was taken.
    """
    environment = _environment(snapshot)
    components = list(_components(snapshot))
    bill = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(encode_snapshot(snapshot)).hexdigest()),
        metadata=BomMetaData(
            timestamp=_timestamp(snapshot.origin.captured_at),
            tools=ToolRepository(components=[_tool()]),
            component=environment,
        ),
        components=components,
    )
    bill.register_dependency(environment, components)
    return f"{JsonV1Dot6(bill).output_as_string(indent=1)}\n".encode()


def _timestamp(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise RequestError(
            "the snapshot does not say when it was taken, as a bill of materials must",
            hint="capture the environment again",
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tool() -> BillComponent:
    return BillComponent(name="samestack", version=__version__, type=ComponentType.APPLICATION)


def _environment(snapshot: Snapshot) -> BillComponent:
    origin = snapshot.origin
    said = {"kind": origin.kind, "standing": origin.standing, "machine": origin.machine}
    return BillComponent(
        name=origin.reference or origin.kind,
        type=ComponentType.PLATFORM,
        bom_ref="environment",
        version=snapshot.stack.digest,
        properties=_properties(said.items()),
    )


def _components(snapshot: Snapshot) -> Iterator[BillComponent]:
    distribution = distribution_of(snapshot.stack)
    seen: Counter[str] = Counter()
    for component in (*snapshot.host, *snapshot.stack):
        url = package_url(component, distribution)
        name = f"{component.layer}/{url.to_string() if url else component.label}"
        seen[name] += 1
        yield BillComponent(
            name=component.name,
            type=_type(component),
            # A broken environment holds one package several times; each needs a name of its own in the bill.
            bom_ref=name if seen[name] == 1 else f"{name}#{seen[name]}",
            version=component.version,
            purl=url,
            hashes=_hashes(component),
            external_references=_references(component),
            properties=_properties(_said(component)),
        )


def _type(component: Component) -> ComponentType:
    if is_distribution(component):
        return ComponentType.OPERATING_SYSTEM
    return _TYPES.get(component.layer, ComponentType.LIBRARY)


def _said(component: Component) -> Iterator[tuple[str, str]]:
    for name in ("layer", "ecosystem", "at", "build", "requirement", "marker", "content", "source"):
        yield name, getattr(component, name) or ""


def _properties(said: Iterable[tuple[str, str]]) -> list[Property]:
    return [Property(name=f"samestack:{name}", value=str(value)) for name, value in said if value]


def _hashes(component: Component) -> list[HashType]:
    """Hashes of whole files only: of archives to install from, and of a model that is one file."""
    stated: Value = component.facts.get("hashes", ())
    texts = list(stated) if isinstance(stated, tuple) else []
    is_one_file = component.layer is Layer.MODELS and component.ecosystem is Ecosystem.GENERIC
    if is_one_file and component.content:
        texts.append(component.content)
    return [found for text in texts if (found := _hash(text)) is not None]


def _hash(text: str) -> HashType | None:
    name, _, digest = text.partition(":")
    algorithm, length = _ALGORITHMS.get(name, (None, 0))
    if algorithm is None or len(digest) != length or not _HEXADECIMAL.fullmatch(digest):
        return None
    return HashType(alg=algorithm, content=digest)


def _references(component: Component) -> list[ExternalReference]:
    source = component.source or ""
    is_repository = source.startswith("git+")
    kind = ExternalReferenceType.VCS if is_repository else ExternalReferenceType.DISTRIBUTION
    if not is_web_link(source.removeprefix("git+")):
        return []
    try:
        return [ExternalReference(type=kind, url=XsUri(source))]
    except InvalidUriException:
        return []  # it stands among the properties as it is
