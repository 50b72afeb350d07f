"""One thing with a name and a version."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from samestack.model.layer import Layer

Value = str | bool | int | tuple[str, ...]
"""What can be said of a component: a text, a yes or no, a count, or a list of texts."""


class Ecosystem(StrEnum):
    """Where a name means something; the words are the types of package URLs (ECMA-427)."""

    PYPI = "pypi"
    CONDA = "conda"
    DEBIAN = "deb"
    RPM = "rpm"
    ALPINE = "apk"
    HUGGING_FACE = "huggingface"
    GENERIC = "generic"


class Component(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing with a name and a version: a package, an interpreter, a driver, a device, a variable.

    Which thing it is: ``layer``, ``ecosystem``, ``name`` (normalised as its ecosystem does) and ``at``, which
    tells several of one name apart (the site directory of one of several Pythons, a device's index).

    What it is, and so what the digest covers: ``version`` (observed or decided) or ``requirement`` (wanted,
    in the ecosystem's own syntax, with its ``marker``); ``build`` (a conda build string, a compiler and ABI);
    ``content`` (``sha256:`` of its installed files); ``source`` (an address or VCS commit, when it does not
    come from an index; never with credentials).

    What else is known: ``facts`` follow from what it is (wheel tags, symbols, device limits) and are compared
    when both sides state them. ``circumstances`` say how it came to be here (installer, path, who asked for
    it) and never make a difference.
    """

    layer: Layer
    ecosystem: Ecosystem
    name: str
    at: str = ""
    version: str | None = None
    requirement: str | None = None
    marker: str | None = None
    build: str | None = None
    content: str | None = None
    source: str | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)
    circumstances: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Which thing this is, comparable between environments."""
        return (self.layer, self.ecosystem, self.name, self.at)

    @property
    def label(self) -> str:
        """The component as a person would write it: ``numpy 1.26.4``, ``numpy >=1.21``, ``numpy``."""
        said = self.version or self.requirement or ""
        return f"{self.name} {said}".rstrip()
