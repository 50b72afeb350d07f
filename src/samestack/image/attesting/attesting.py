"""The documents about an image, made and attached; or those that are attached, checked."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from samestack.image.attesting.attachment import (
    BILL,
    CREATED,
    PREDICATE_TYPE,
    SIGNED,
    STATEMENT,
    Attachment,
    attach,
)
from samestack.image.attesting.attestation import Attestation, Attested, State
from samestack.image.attesting.builder import Builder
from samestack.image.attesting.checking import all_checked
from samestack.image.attesting.provenance import provenance_of
from samestack.image.attesting.signing import Trust, sign
from samestack.image.attesting.statement import BILL_TYPE, PROVENANCE_TYPE, statement_bytes
from samestack.image.attesting.verdicts import Expectation
from samestack.oci.places import Destination, Image

_SIGNED_CONTENT: Final = "dev.sigstore.bundle.content"
_SIGNED_TYPE: Final = "dev.sigstore.bundle.predicateType"
"""The annotations by which cosign finds what was signed."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Which documents."""

    bill: bool = True
    provenance: bool = True
    signatures: bool = False


class Author(Struct, frozen=True, kw_only=True):
    """Who says what documents say."""

    builder: Builder
    trust: Trust = Trust()
    """Where signatures come from, if there are to be any."""


def attested(image: Image, bill: bytes, wanted: Wanted, author: Author, destination: Destination) -> Attested:
    """The documents that are wanted, attached to an image; ``bill`` is its bill of materials.

    All are made, and signed, before the first is attached.
    """
    made = tuple(_documents(image, bill, wanted, author))
    done = tuple(attach(one, image.descriptor, destination) for one in made)
    return Attested(image=image, attestations=done)


def verified(expected: Expectation, wanted: Wanted) -> Attested:
    """What is attached to an image, checked; what is wanted must be there and hold."""
    found = all_checked(expected)
    return Attested(image=expected.image, attestations=found, missing=tuple(_missing(found, wanted)))


def _documents(image: Image, bill: bytes, wanted: Wanted, author: Author) -> Iterator[Attachment]:
    created = {CREATED: image.config.created} if image.config.created else {}
    statements: dict[str, bytes] = {}
    if wanted.bill:
        statements[BILL_TYPE] = statement_bytes(image, BILL_TYPE, msgspec.json.decode(bill))
        yield Attachment(kind=BILL, data=bill, annotations=created)
    if wanted.provenance:
        said = statement_bytes(image, PROVENANCE_TYPE, provenance_of(image, author.builder))
        statements[PROVENANCE_TYPE] = said
        yield Attachment(kind=STATEMENT, data=said, annotations={**created, PREDICATE_TYPE: PROVENANCE_TYPE})
    if wanted.signatures:
        yield from _signed(statements, created, author.trust)


def _signed(
    statements: Mapping[str, bytes], created: Mapping[str, str], trust: Trust
) -> Iterator[Attachment]:
    bundles = sign(tuple(statements.values()), trust)
    for predicate_type, bundle in zip(statements, bundles, strict=True):
        said = {
            PREDICATE_TYPE: predicate_type,
            _SIGNED_TYPE: predicate_type,
            _SIGNED_CONTENT: "dsse-envelope",
        }
        yield Attachment(kind=SIGNED, data=bundle, annotations={**created, **said})


def _missing(found: tuple[Attestation, ...], wanted: Wanted) -> Iterator[str]:
    """A signed document serves as well as a plain one; where signatures are wanted, nothing else does."""
    good = [one for one in found if one.state is State.HOLDS]
    if wanted.signatures:
        good = [one for one in good if one.kind == SIGNED]
    if wanted.bill and not any(one.kind == BILL or one.predicate_type == BILL_TYPE for one in good):
        yield f"no {_word(wanted)}bill of materials that holds is attached"
    if wanted.provenance and not any(one.predicate_type == PROVENANCE_TYPE for one in good):
        yield f"no {_word(wanted)}provenance that holds is attached"


def _word(wanted: Wanted) -> str:
    return "signed " if wanted.signatures else ""
