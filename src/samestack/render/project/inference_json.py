"""What was inferred as JSON for programs, schema ``samestack/inference/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.codec import encode
from samestack.project.inference.draft import Entry
from samestack.project.inference.inferring import Inference

INFERENCE_SCHEMA: Final = "samestack/inference/1"
"""The schema that is written."""


class InferenceDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A manifest that was inferred from what a project shows."""

    schema: Literal["samestack/inference/1"]
    file: str
    """The manifest."""
    is_written: bool
    """Whether it was written, or would be."""
    is_new: bool
    """Whether there was none before."""
    added: tuple[Entry, ...]
    """Each new value, with what told it."""
    doubts: tuple[str, ...]
    """What was left out, or decided among several, in a sentence each."""
    manifest: str
    """The whole text of the manifest, as it is to be."""


def encode_inference(inference: Inference, *, is_written: bool) -> bytes:
    """The inference as indented JSON, ending with a line break."""
    document = InferenceDocument(
        schema=INFERENCE_SCHEMA,
        file=inference.change.file,
        is_written=is_written,
        is_new=inference.is_new,
        added=inference.added,
        doubts=tuple(map(without_credentials, inference.doubts)),
        manifest=without_credentials(inference.change.after),
    )
    return encode(document)
