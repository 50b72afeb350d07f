"""The one image that is deployed: by its digest, since a tag is another image tomorrow."""

import re
from typing import Final

from msgspec import structs

from samestack.errors import RequestError
from samestack.oci.digests import is_digest
from samestack.oci.image_name import ImageName

_SCHEME: Final = "registry:"
_REPOSITORY: Final = 'set image = "registry.example.com/team/name" in [tool.samestack.deploy]'
_HINT: Final = (
    "say it by digest, which samestack image push tells: --image registry.example.com/team/name@sha256:..."
)
_DIGEST: Final = re.compile(r"[a-z0-9]+:[0-9a-fA-F]*", re.ASCII)


def pinned_image(said: str, repository: str = "") -> ImageName:
    """``HOST/NAME@DIGEST``, or a digest alone, which is one of ``repository``; a tag beside it is left out.

    :class:`~samestack.errors.RequestError` for anything that names no digest.
    """
    text = said.removeprefix(_SCHEME) or repository
    if not text:
        raise RequestError("which image? nothing says it", hint=_HINT)
    if _DIGEST.fullmatch(text):
        text = f"{_repository(text, repository)}@{text}"
    name = ImageName.parse(text)
    if not name.digest:
        said_of = f"the tag '{name.tag}' can name" if name.tag else "it may be"
        raise RequestError(f"'{text}' has no digest: {said_of} another image tomorrow", hint=_HINT)
    return structs.replace(name, tag="")


def _repository(digest: str, repository: str) -> str:
    if not is_digest(digest):
        raise RequestError(f"'{digest[:80]}' is no digest", hint="sha256: and 64 hexadecimal digits")
    if not repository:
        raise RequestError("a digest alone does not say in which registry", hint=_REPOSITORY)
    return repository.partition("@")[0]
