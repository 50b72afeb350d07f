"""Those that a store is encrypted to: public keys of people and machines."""

from collections.abc import Sequence
from typing import Any, Final

from samestack.config.settings import PLACE
from samestack.errors import InputError, RequestError
from samestack.libraries import library

_NONE: Final = (
    f"write age-recipients in [{PLACE}]; for one's own, run: samestack config encrypt --generate-identity"
)


def recipients_of(texts: Sequence[str], file: str) -> tuple[Any, ...]:
    """The recipients for pyrage; ``file`` is the manifest that has them.

    :class:`RequestError` for none, :class:`InputError` for what is no recipient.
    """
    if not texts:
        raise RequestError(f"{file}: there is nobody to encrypt to", hint=_NONE)
    return tuple(
        _recipient(text.strip(), file, f"{PLACE}.age-recipients[{index}]") for index, text in enumerate(texts)
    )


def _recipient(text: str, file: str, place: str) -> Any:  # noqa: ANN401 - the library comes late
    if "SECRET" in text or "PRIVATE" in text:  # which is not shown
        hint = "take it out of here, make a new one, and write its public key, age1..., instead"
        raise InputError(file, "this is a private key", place=place, hint=hint)
    pyrage = library("pyrage", "encrypting with age", extra="config")
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except pyrage.RecipientError:
        hint = "a public key: age1..., ssh-ed25519 ... or ssh-rsa ..."
        raise InputError(file, "no age recipient", place=place, hint=hint) from None
