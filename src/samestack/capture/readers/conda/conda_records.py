"""A conda package as records, locks and lists describe it, made a component in one way."""

import re
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.text import shown_text
from samestack.knowledge.conda_layers import conda_layer
from samestack.model import Component, Ecosystem, Value

MAX_ADDRESS: Final = 512
"""The longest address that is kept whole. That of an archive has about 100 characters."""

_NAME = re.compile(r"[a-z0-9_][a-z0-9_.+-]{0,127}")
_VERSION = re.compile(r"[\w.!+-]{1,128}", re.ASCII)
_BUILD = re.compile(r"[\w.+-]{0,128}", re.ASCII)
_DIGESTS: Final = {"md5": re.compile(r"[0-9a-f]{32}"), "sha256": re.compile(r"[0-9a-f]{64}")}
_ARCHIVE = re.compile(r"(?P<name>[^/]+)-(?P<version>[^-/]+)-(?P<build>[^-/]+)(?:\.conda|\.tar\.bz2)")
# What follows /t/ in a channel's address is a secret: https://docs.conda.io/projects/conda/en/stable/glossary.html
_TOKEN = re.compile(r"(?<![^/])t/[^/]*/?")
_PLATFORM = re.compile(r"/(?:noarch|(?:linux|osx|win|emscripten|wasi|freebsd|zos)-\w+)/*$")


class CondaRecord(Struct, frozen=True, kw_only=True):
    """What is known of one conda package; what a format does not tell is left empty."""

    name: str
    version: str
    build: str = ""
    channel: str = ""
    """A channel's name or address, as it was read."""
    md5: str | None = None
    sha256: str | None = None
    depends: tuple[str, ...] = ()


class CondaArchive(Struct, frozen=True):
    """What the address of a package's archive tells."""

    name: str
    version: str
    build: str
    channel: str


def component_of(record: CondaRecord, *, at: str = "", **circumstances: Value) -> Component:
    """The record as a component; ``ValueError`` says which part of it is malformed, without repeating it."""
    name = record.name.lower()
    for word, text, pattern in (
        ("name", name, _NAME),
        ("version", record.version, _VERSION),
        ("build string", record.build, _BUILD),
    ):
        if not pattern.fullmatch(text):
            raise ValueError(f"its {word} is not a {word} of conda's")
    channel, hashes = channel_name(record.channel), _hashes(record)
    facts: dict[str, Value] = {
        **({"channel": channel} if channel else {}),
        **({"hashes": hashes} if hashes else {}),
    }
    return Component(
        layer=conda_layer(name, build=record.build, depends=record.depends),
        ecosystem=Ecosystem.CONDA,
        name=name,
        at=at,
        version=record.version,
        build=record.build or None,
        facts=facts,
        circumstances=circumstances,
    )


def archive_of(location: str) -> CondaArchive:
    """Take apart an address or path that ends in ``name-version-build.conda``, else ``ValueError``."""
    path = re.split(r"[?#]", location, maxsplit=1)[0]
    folder, _, file = path.rpartition("/")
    match = _ARCHIVE.fullmatch(unquote(file))
    if match is None:
        raise ValueError("not the address of a conda package")
    return CondaArchive(match["name"], match["version"], match["build"], folder)


def shown_address(text: str) -> str:
    """A text with addresses of conda's, fit to be kept and shown: without credentials and channel tokens."""
    return shown_text(_TOKEN.sub("", without_credentials(text)), MAX_ADDRESS)


def channel_name(address: str) -> str:
    """A channel as people call it: ``conda-forge`` whichever host carries it, ``pkgs/main``, or its address.

    Platform, credentials and tokens are left out. An address of another form stays one: the path of a mirror
    says nothing of what it mirrors.
    """
    text = _PLATFORM.sub("", shown_address(address))
    scheme, separator, rest = re.split(r"[?#]", text, maxsplit=1)[0].partition("://")
    if not separator:
        return scheme.strip("/") if scheme.count("/") < 2 else scheme
    parts = rest.strip("/").split("/")[1:]
    is_named = len(parts) == 1 or (len(parts) == 2 and parts[0] == "pkgs") or parts[1:2] == ["label"]
    is_remote = scheme in {"http", "https"}
    return "/".join(parts) if is_remote and is_named else f"{scheme}://{rest.rstrip('/')}"


def _hashes(record: CondaRecord) -> tuple[str, ...]:
    stated = {"md5": record.md5, "sha256": record.sha256}
    found = []
    for algorithm, digest in stated.items():
        if digest is None:
            continue
        if not _DIGESTS[algorithm].fullmatch(digest.lower()):
            raise ValueError(f"its {algorithm} is not one")
        found.append(f"{algorithm}:{digest.lower()}")
    return tuple(found)
