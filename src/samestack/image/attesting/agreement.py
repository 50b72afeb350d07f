"""Whether an image says that it was built from this very lock: nobody vouches for a build unseen."""

from samestack.errors import RequestError
from samestack.image.attesting.said import is_built_here, said_of, wheels_in
from samestack.image.building.config import LOCK_DIGEST
from samestack.lock.decision import Lock
from samestack.model import Layer
from samestack.oci.digests import digest_of
from samestack.oci.places import Image


def check_was_built_from(image: Image, lock: Lock, data: bytes) -> None:
    """Refuse an image that does not name this lock, whose bytes are ``data``, or has a wheel from elsewhere.

    :class:`RequestError` says which of the two.
    """
    if not is_built_here(image):
        hint = "a bill of materials can be attached all the same: --sbom"
        raise RequestError(f"{image.shown}: samestack did not build it, and knows not from what", hint=hint)
    if said_of(image).get(LOCK_DIGEST) != digest_of(data):
        hint = "name the lock that it was built from: --lock FILE"
        raise RequestError(f"{image.shown}: it was built from another lock than {lock.path}", hint=hint)
    locked = _hashes(lock)
    strange = [one for one in wheels_in(image) if f"sha256:{one.sha256}" not in locked]
    if strange:
        wheel = f"{strange[0].name} {strange[0].version}"
        raise RequestError(f"{image.shown}: {lock.path} does not know its wheel of {wheel}")


def _hashes(lock: Lock) -> frozenset[str]:
    stated = (one.facts.get("hashes", ()) for one in lock.snapshot.stack.layer(Layer.PACKAGES))
    return frozenset(text for texts in stated if isinstance(texts, tuple) for text in texts)
