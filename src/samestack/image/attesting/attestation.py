"""One document that is attached to an image, and what is known of it."""

from enum import StrEnum

from msgspec import Struct

from samestack.oci.places import Image


class State(StrEnum):
    """What was done with a document, or what came of holding it against the image."""

    ATTACHED = "attached"
    PRESENT = "present"
    """It was attached before: the same document for the same image is the same artifact."""
    HOLDS = "holds"
    FAILS = "fails"
    UNCHECKED = "unchecked"
    """Nothing here knows how to check it; that is no failure of it."""


class Attestation(Struct, frozen=True, kw_only=True):
    """A document."""

    kind: str
    """Its media type."""
    digest: str
    """Of the artifact's manifest."""
    predicate_type: str = ""
    """What a statement is about."""
    signer: str = ""
    """Who signed it, where the signature holds."""
    state: State
    reasons: tuple[str, ...] = ()
    """Why it fails, or was not checked."""


class Attested(Struct, frozen=True, kw_only=True):
    """An image with what is attached to it."""

    image: Image
    attestations: tuple[Attestation, ...]
    missing: tuple[str, ...] = ()
    """What should be attached and is not, or does not hold: a sentence each."""

    @property
    def holds(self) -> bool:
        """Whether nothing is missing, and nothing that is there fails."""
        return not self.missing and all(one.state is not State.FAILS for one in self.attestations)
