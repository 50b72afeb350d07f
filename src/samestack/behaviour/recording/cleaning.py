"""What was recorded, without what is personal: answers, messages and the snapshot."""

import msgspec
from msgspec import structs

from samestack.behaviour.recording.personal import Personal
from samestack.behaviour.recording.recording import Answer, Outcome, Value, is_array
from samestack.codec import SnapshotDocument, encode_snapshot
from samestack.libraries import library
from samestack.model import Configuration, Host, Snapshot, Stack


def clean_answer(answer: Answer, personal: Personal) -> Answer:
    """The answer with its texts cleaned."""
    return {path: _clean_value(value, personal) for path, value in answer.items()}


def clean_outcome(outcome: Outcome, personal: Personal) -> Outcome:
    """The outcome with its messages cleaned."""
    return structs.replace(
        outcome, trouble=personal.cleaned(outcome.trouble), messages=personal.cleaned(outcome.messages)
    )


def clean_snapshot(snapshot: Snapshot, personal: Personal) -> Snapshot:
    """The snapshot with its texts cleaned, and without the name of the machine."""
    said = msgspec.json.decode(encode_snapshot(snapshot))
    document = msgspec.convert(personal.cleaned_all(said), SnapshotDocument)
    return Snapshot(
        origin=structs.replace(document.origin, machine=""),
        stack=Stack(document.stack),
        host=Host(document.host),
        configuration=Configuration(document.configuration),
        remarks=document.remarks,
    )


def _clean_value(value: Value, personal: Personal) -> Value:
    if isinstance(value, str):
        return personal.cleaned(value)
    if is_array(value) and value.dtype.kind == "U":
        texts = [personal.cleaned(text) for text in value.ravel().tolist()]
        array: Value = library("numpy", "keeping lists").array(texts, dtype=str).reshape(value.shape)
        return array
    return value
