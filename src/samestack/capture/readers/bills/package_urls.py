"""Package URLs (ECMA-427), the names that bills of materials give to packages: read and written."""

import re
from collections.abc import Mapping
from typing import Self
from urllib.parse import quote, unquote

from msgspec import Struct, field

from samestack.model import normalized_python_name

_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*", re.ASCII)
_QUALIFIER = re.compile(r"[A-Za-z][A-Za-z0-9._-]*", re.ASCII)


class PackageUrl(Struct, frozen=True, kw_only=True):
    """``pkg:type/namespace/name@version?qualifiers``, each part decoded.

    ``str()`` and :meth:`parse` are inverse. A subpath, which names a file inside the package, is passed over.
    """

    type: str
    name: str
    namespace: str = ""
    version: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a package URL; ``ValueError`` says what is missing, without repeating the text."""
        scheme, colon, rest = text.strip().partition(":")
        if not colon or scheme.lower() != "pkg":
            raise ValueError("not a package URL: it does not begin with 'pkg:'")
        rest, _, query = rest.partition("#")[0].partition("?")
        kind, _, path = rest.lstrip("/").partition("/")
        path, version = _without_version(path)
        segments = [unquote(segment) for segment in path.split("/") if segment]
        if not _TYPE.fullmatch(kind) or not segments:
            raise ValueError("not a package URL: it has no type or no name")
        return cls(
            type=kind.lower(),
            namespace="/".join(segments[:-1]),
            name=_normalized(kind.lower(), segments[-1]),
            version=unquote(version),
            qualifiers=dict(_qualifiers(query)),
        )

    def __str__(self) -> str:
        segments = (self.type, *self.namespace.split("/"), self.name)
        path = "/".join(quote(segment, safe=":") for segment in segments if segment)
        version = f"@{quote(self.version, safe=':')}" if self.version else ""
        said = ((key, value) for key, value in sorted(self.qualifiers.items()) if value)
        query = "&".join(f"{key}={quote(value, safe=':/')}" for key, value in said)
        return f"pkg:{path}{version}{'?' if query else ''}{query}"


def _without_version(path: str) -> tuple[str, str]:
    before, at, version = path.rpartition("@")
    # An @ that begins a segment is an unescaped scope, as in @scope/name.
    return (before, version) if at and before and not before.endswith("/") else (path, "")


def _normalized(kind: str, name: str) -> str:
    return normalized_python_name(name) if kind == "pypi" else name


def _qualifiers(query: str) -> list[tuple[str, str]]:
    found = []
    for pair in query.split("&") if query else ():
        key, _, value = pair.partition("=")
        if not _QUALIFIER.fullmatch(key):
            raise ValueError("not a package URL: its qualifiers are not key=value")
        if value:
            found.append((key.lower(), unquote(value)))
    return found
