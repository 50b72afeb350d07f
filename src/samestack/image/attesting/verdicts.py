"""Whether what an attached document says of an image is so."""

from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct

from samestack.errors import InputError
from samestack.image.attesting.attachment import BILL, SIGNED, STATEMENT
from samestack.image.attesting.attestation import State
from samestack.image.attesting.bill_agreement import bill_problems
from samestack.image.attesting.provenance import BUILD_TYPE, build_definition
from samestack.image.attesting.said import is_built_here
from samestack.image.attesting.statement import BILL_TYPE, PROVENANCE_TYPE, Statement, hexadecimal
from samestack.oci.places import Image

Opened = Callable[[bytes], bytes]
"""From a signed document to the statement in it; :class:`InputError` where the signature does not hold."""


class Expectation(Struct, frozen=True, kw_only=True):
    """What documents are held against."""

    image: Image
    bill: bytes
    """The bill that is made of the image now."""
    opened: Opened | None = None
    """``None`` where nobody said who must have signed."""
    signer: str = ""


class _Verdict(Struct, frozen=True):
    state: State
    reasons: tuple[str, ...] = ()
    predicate_type: str = ""


class Verdict(Struct, frozen=True):
    """What is thought of one document, and why."""

    state: State
    reasons: tuple[str, ...] = ()
    predicate_type: str = ""


def verdict(kind: str, data: bytes, expected: Expectation) -> Verdict:
    """What comes of holding a document of a kind against the image.

    :class:`InputError` for what is malformed, or whose signature does not hold.
    """
    if kind == BILL:
        return _judged(bill_problems(data, expected.bill))
    if kind == STATEMENT:
        return _of_statement(data, expected)
    if kind != SIGNED:
        return Verdict(State.UNCHECKED, ("samestack does not know such documents",))
    if expected.opened is None:
        return Verdict(State.UNCHECKED, ("nobody was named who must have signed it: --signer and --issuer",))
    return _of_statement(expected.opened(data), expected)


def _of_statement(data: bytes, expected: Expectation) -> Verdict:
    where = expected.image.shown
    try:
        statement = msgspec.json.decode(data, type=Statement)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(where, f"an attached statement is none of in-toto's: {error}") from None
    about = hexadecimal(expected.image.descriptor.digest)
    if not any(about.items() <= subject.digest.items() for subject in statement.subject):
        found = Verdict(State.FAILS, ("it speaks of another image",))
    elif statement.predicate_type == BILL_TYPE:
        found = _judged(bill_problems(msgspec.json.encode(statement.predicate), expected.bill))
    elif statement.predicate_type == PROVENANCE_TYPE:
        found = _of_provenance(statement, expected.image)
    else:
        found = Verdict(State.UNCHECKED, ("samestack does not know such statements",))
    return msgspec.structs.replace(found, predicate_type=statement.predicate_type)


def _of_provenance(statement: Statement, image: Image) -> Verdict:
    predicate = statement.predicate if isinstance(statement.predicate, dict) else {}
    stated = predicate.get("buildDefinition")
    if not isinstance(stated, dict) or stated.get("buildType") != BUILD_TYPE:
        return Verdict(State.UNCHECKED, ("another tool built it",))
    if not is_built_here(image):
        return Verdict(State.FAILS, ("it says that samestack built the image, and the image does not",))
    expected = msgspec.json.decode(msgspec.json.encode(build_definition(image)))
    return _judged(tuple(_disagreements(stated, expected)))


def _disagreements(stated: dict[str, object], expected: dict[str, object]) -> Iterator[str]:
    for key in sorted(stated.keys() | expected.keys()):
        if stated.get(key) != expected.get(key):
            yield f"its {key} is not what the image says of itself"


def _judged(problems: tuple[str, ...]) -> Verdict:
    return Verdict(State.FAILS if problems else State.HOLDS, problems)
