"""How people name an image in a registry: ``HOST[:PORT]/NAME[:TAG][@DIGEST]``."""

import re
from typing import Final, Self

from msgspec import Struct

from samestack.errors import RequestError
from samestack.oci.digests import is_digest

_NAME: Final = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*")
_TAG: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?")
_HINT: Final = "for example registry.example.com/team/name:1.0"


class ImageName(Struct, frozen=True, kw_only=True):
    """An image, or a repository of images, in a registry. ``str()`` and :meth:`parse` are inverse."""

    host: str
    """With the port, where one is said."""
    repository: str
    tag: str = ""
    digest: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name that begins with the host of a registry; :class:`RequestError` for anything else.

        No host is assumed: which registry is meant is not left to chance.
        """
        rest, at, digest = text.partition("@")
        host, slash, path = rest.partition("/")
        repository, colon, tag = path.partition(":")
        _check(not at or is_digest(digest), text, f"'{digest}' is no digest")
        is_host = bool(slash) and ("." in host or ":" in host or host == "localhost")
        _check(is_host and _HOST.fullmatch(host), text, "it does not begin with the host of a registry")
        _check(
            _NAME.fullmatch(repository) and len(repository) < 256, text, f"'{repository}' names no repository"
        )
        _check(not colon or _TAG.fullmatch(tag), text, f"'{tag}' is no tag")
        return cls(host=host, repository=repository, tag=tag, digest=digest)

    @property
    def version(self) -> str:
        """What asks the registry for this very image: its digest, else its tag, else ``latest``."""
        return self.digest or self.tag or "latest"

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        digest = f"@{self.digest}" if self.digest else ""
        return f"{self.host}/{self.repository}{tag}{digest}"


def _check(holds: object, text: str, why: str) -> None:
    if not holds:
        raise RequestError(f"'{text}' names no image: {why}", hint=_HINT)
