"""An in-toto statement, version 1: something that is said of an image, by its digest."""

from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, field

from samestack.image.attesting.said import subject_name
from samestack.oci.places import Image

STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
PROVENANCE_TYPE: Final = "https://slsa.dev/provenance/v1"
BILL_TYPE: Final = "https://cyclonedx.org/bom"


class Subject(Struct, frozen=True, omit_defaults=True):
    """What a statement is about."""

    digest: dict[str, str]
    """Hexadecimal digits by the name of their algorithm."""
    name: str = ""


class Statement(Struct, frozen=True, kw_only=True, rename="camel"):
    """The statement; what its predicate means, its type tells."""

    type: Literal["https://in-toto.io/Statement/v1"] = field(name="_type")
    subject: tuple[Subject, ...]
    predicate_type: str
    predicate: Any


def statement_bytes(image: Image, predicate_type: str, predicate: object) -> bytes:
    """What is said of an image, as JSON: the same statement is the same bytes."""
    statement = Statement(
        type="https://in-toto.io/Statement/v1",
        subject=(Subject(name=subject_name(image), digest=hexadecimal(image.descriptor.digest)),),
        predicate_type=predicate_type,
        predicate=msgspec.to_builtins(predicate),
    )
    return msgspec.json.encode(statement, order="sorted")


def hexadecimal(digest: str) -> dict[str, str]:
    """A digest as in-toto writes it: ``sha256:...`` as ``{"sha256": "..."}``."""
    algorithm, _, digits = digest.partition(":")
    return {algorithm: digits}
