"""A recording as JSON beside the arrays and pictures that it names by what is in them."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

import msgspec
from msgspec import Struct, structs

from samestack.behaviour.recording.arrays import array_key
from samestack.behaviour.recording.recording import (
    Answer,
    Array,
    Input,
    Outcome,
    Picture,
    Program,
    Recording,
    RecordingOrigin,
    Run,
    Value,
    is_array,
)
from samestack.codec import decode_snapshot, encode_snapshot
from samestack.errors import InputError
from samestack.sha256 import sha256_hex

RECORDING_SCHEMA: Final = "samestack/recording/1"
"""The schema that is written."""

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1

Members = dict[str, Array | Picture]
"""Arrays and pictures by the names of the files that hold them."""


class RunDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One repeat; what JSON cannot say of a value is a mapping of one key."""

    outputs: Mapping[str, Mapping[str, Any]]
    outcomes: Mapping[str, Outcome]
    seconds: Mapping[str, float]
    peak_memory: int


class RecordingDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A recording as it stands in its file, schema ``samestack/recording/1``."""

    schema: str
    digest: str
    """Of all the rest, arrays and pictures included."""
    origin: RecordingOrigin
    program: Program
    environment: str
    inputs: tuple[Input, ...]
    runs: tuple[RunDocument, ...]
    snapshot: msgspec.Raw
    """A snapshot as ``samestack capture`` writes it."""


def document_of(recording: Recording) -> tuple[RecordingDocument, Members]:
    """The document, and the files that it names."""
    members: Members = {}
    document = RecordingDocument(
        schema=RECORDING_SCHEMA,
        digest="",
        origin=recording.origin,
        program=recording.program,
        environment=recording.environment,
        inputs=recording.inputs,
        runs=tuple(_run_document(run, members) for run in recording.runs),
        snapshot=msgspec.Raw(encode_snapshot(recording.snapshot)),
    )
    said = msgspec.json.encode(document, order="deterministic")
    return structs.replace(document, digest=f"sha256:{sha256_hex(said)}"), members


def digest_of(recording: Recording) -> str:
    """``sha256:`` over all that a recording says: two with one digest are the same."""
    return document_of(recording)[0].digest


def recording_from(data: bytes, member: Callable[[str], Array | Picture], *, file: str) -> Recording:
    """The recording in a document, whose other files ``member`` reads.

    :class:`InputError` for what is malformed, and for what is not what the digest says.
    """
    document = _document(data, file)
    recording = Recording(
        origin=document.origin,
        program=document.program,
        environment=document.environment,
        snapshot=decode_snapshot(bytes(document.snapshot), file=file),
        inputs=document.inputs,
        runs=tuple(_run(run, member, file) for run in document.runs),
    )
    if digest_of(recording) != document.digest:
        message = "the recording is not the one that its digest names: the file was altered"
        raise InputError(file, message, place="$.digest", hint="record it again")
    return recording


def _document(data: bytes, file: str) -> RecordingDocument:
    try:
        stated = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("schema", msgspec.Raw(b'""'))
        if bytes(stated) != msgspec.json.encode(RECORDING_SCHEMA):
            raise InputError(
                file, "its schema is not known to this version", hint="install a newer samestack"
            )
        return msgspec.json.decode(data, type=RecordingDocument)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        raise InputError(file, message, place=place.strip("`") or None) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(file, f"not JSON: {error}") from None


def _run_document(run: Run, members: Members) -> RunDocument:
    return RunDocument(
        outputs={
            name: {path: _said(value, members) for path, value in answer.items()}
            for name, answer in run.outputs.items()
        },
        outcomes=run.outcomes,
        seconds=run.seconds,
        peak_memory=run.peak_memory,
    )


def _said(value: Value, members: Members) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Picture):
        return {"picture": _kept(value, value.pixels, "pictures/{}.png", members)}
    if is_array(value):
        return {"array": _kept(value, value, "arrays/{}.npy", members)}
    if isinstance(value, float) and not isfinite(value):
        return {"float": str(value)}
    if isinstance(value, int) and not _SMALLEST <= value <= _LARGEST:
        return {"integer": hex(value)}
    return value


def _kept(value: Array | Picture, pixels: Array, name: str, members: Members) -> str:
    member = name.format(array_key(pixels))
    members.setdefault(member, value)
    return member


def _run(run: RunDocument, member: Callable[[str], Array | Picture], file: str) -> Run:
    outputs: dict[str, Answer] = {
        name: {path: _value(said, member, file) for path, said in answer.items()}
        for name, answer in run.outputs.items()
    }
    return Run(outputs=outputs, outcomes=run.outcomes, seconds=run.seconds, peak_memory=run.peak_memory)


def _value(said: Any, member: Callable[[str], Array | Picture], file: str) -> Value:  # noqa: ANN401
    if said is None or isinstance(said, bool | int | float | str):
        return said
    match said:
        case {"array": str(name), **others} | {"picture": str(name), **others} if not others:
            return member(name)
        case {"float": "nan" | "inf" | "-inf" as text, **others} if not others:
            return float(text)
        case {"integer": str(text), **others} if not others:
            return _integer(text, file)
    raise InputError(file, "a value is of no known form", place="$.runs")


def _integer(text: str, file: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        raise InputError(file, "an integer is malformed", place="$.runs") from None
