"""JSON to values and back, with a versioned schema: the only form in which snapshots leave the process."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from samestack.errors import InputError
from samestack.model import Component, Configuration, Host, Origin, Remark, Snapshot, Stack

SNAPSHOT_SCHEMA: Final = "samestack/snapshot/1"
"""The schema that is written. Every earlier one is still read."""

MAX_SNAPSHOT_BYTES: Final = 64 * 1024 * 1024
"""A larger document is refused unread. An image with 3,000 packages is about 2 MB."""

UPGRADES: Final[Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""For each earlier schema, the step to the next one: a pure function from document to document."""


class SnapshotDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A snapshot as it stands in a file, schema ``samestack/snapshot/1``."""

    schema: str
    digest: str
    """The stack's digest: derived, so that other programs need not compute it, and checked when read."""
    origin: Origin
    stack: tuple[Component, ...] = ()
    host: tuple[Component, ...] = ()
    configuration: tuple[Component, ...] = ()
    remarks: tuple[Remark, ...] = ()


def encode_snapshot(snapshot: Snapshot) -> bytes:
    """The snapshot as indented JSON in canonical order, ending with a line break."""
    document = SnapshotDocument(
        schema=SNAPSHOT_SCHEMA,
        digest=snapshot.stack.digest,
        origin=snapshot.origin,
        stack=snapshot.stack.components,
        host=snapshot.host.components,
        configuration=snapshot.configuration.components,
        remarks=snapshot.remarks,
    )
    return encode(document)


def encode(value: object) -> bytes:
    """Any value of the model as indented JSON with sorted mappings, ending with a line break."""
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=1) + b"\n"


def decode_snapshot(data: bytes, *, file: str) -> Snapshot:
    """Read a snapshot of any schema version; :class:`InputError` names ``file`` and the place in it."""
    if len(data) > MAX_SNAPSHOT_BYTES:
        raise InputError(file, f"a snapshot of {len(data)} bytes is over the limit of {MAX_SNAPSHOT_BYTES}")
    document = _convert(_upgraded(_parsed(data, file), file), file)
    try:
        snapshot = Snapshot(
            origin=document.origin,
            stack=Stack(document.stack),
            host=Host(document.host),
            configuration=Configuration(document.configuration),
            remarks=document.remarks,
        )
    except ValueError as error:
        raise InputError(file, str(error)) from None
    if snapshot.stack.digest != document.digest:
        raise InputError(
            file,
            "the stack is not the one that its digest names: the file was altered",
            place="$.digest",
            hint="capture the environment again",
        )
    return snapshot


def is_snapshot(document: object) -> bool:
    """Whether parsed JSON claims to be a snapshot, of whatever version."""
    return isinstance(document, dict) and str(document.get("schema", "")).startswith("samestack/snapshot/")


def _parsed(data: bytes, file: str) -> dict[str, Any]:
    try:
        document = msgspec.json.decode(data)
    except RecursionError:
        raise InputError(file, "the JSON is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(file, f"not JSON: {error}") from None
    if not is_snapshot(document):
        raise InputError(
            file, "not a snapshot", place="$.schema", hint="write one with: samestack capture -o FILE"
        )
    return dict(document)


def _upgraded(document: dict[str, Any], file: str) -> dict[str, Any]:
    while (schema := str(document["schema"])) != SNAPSHOT_SCHEMA:
        if schema not in UPGRADES:
            raise InputError(
                file,
                f"the schema '{schema}' is not known to this version",
                place="$.schema",
                hint="install a newer samestack",
            )
        document = UPGRADES[schema](document)
    return document


def _convert(document: dict[str, Any], file: str) -> SnapshotDocument:
    try:
        return msgspec.convert(document, SnapshotDocument)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        raise InputError(file, message, place=place.strip("`") or None) from None
