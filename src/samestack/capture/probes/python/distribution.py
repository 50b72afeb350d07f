"""An installed Python distribution, as its metadata directory describes it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from samestack.model import Component, Ecosystem, Layer, Remark, Value

NO_FACTS: Final[Mapping[str, Value]] = MappingProxyType({})
"""Nothing but what the metadata tells."""

NO_FACTS_OF_ANY: Final[Mapping[str, Mapping[str, Value]]] = MappingProxyType({})
"""Nothing but that of any distribution."""


class Distribution(Struct, frozen=True, kw_only=True):
    """One ``*.dist-info`` (or ``*.egg-info``) in a site directory. Paths are paths inside the tree."""

    name: str
    """Normalised."""
    version: str | None
    site_directory: str
    metadata_directory: str
    record: str = ""
    """The text of RECORD; empty where there is none."""
    content: str | None = None
    """``sha256:`` over RECORD's rows, less those that depend on the installer and the place."""
    root_is_purelib: bool = True
    """False for a wheel that says it holds compiled files."""
    tags: tuple[str, ...] = ()
    """The wheel's tags, each written out (``cp311-cp311-linux_x86_64``), sorted."""
    installer: str = ""
    """Who installed it: ``pip``, ``uv``, ``conda``."""
    is_requested: bool = False
    """Whether somebody asked for it by name, where the installer says so."""
    is_editable: bool = False
    """Whether the environment holds a link to its files and not the files."""
    source: str | None = None
    """The address or VCS commit that it was installed from; ``None`` for an index or a local file."""
    path: str = ""
    """The local file or directory that it was installed from, as its installer wrote it down."""
    hashes: tuple[str, ...] = ()
    """The hashes of the archive that it was installed from: ``sha256:...``."""

    def metadata_file(self, name: str) -> str:
        """The path of a file that stands beside its metadata."""
        within = "EGG-INFO/" if self.metadata_directory.endswith(".egg") else ""
        return f"{self.metadata_directory}/{within}{name}"

    def component(self, at: str = "", further_facts: Mapping[str, Value] = NO_FACTS) -> Component:
        """The distribution as a component of layer packages."""
        facts = dict(further_facts)
        if self.tags:
            facts["tags"] = self.tags
        if self.hashes:
            facts["hashes"] = self.hashes
        return Component(
            layer=Layer.PACKAGES,
            ecosystem=Ecosystem.PYPI,
            name=self.name,
            at=at,
            version=self.version,
            content=self.content,
            source=self.source,
            facts=facts,
            circumstances=self._circumstances(),
        )

    def _circumstances(self) -> dict[str, Value]:
        circumstances: dict[str, Value] = {}
        if self.installer:
            circumstances["installer"] = self.installer
        if self.is_requested:
            circumstances["requested"] = True
        if self.is_editable:
            circumstances["editable"] = self.path or True
        elif self.path:
            circumstances["path"] = self.path
        return circumstances


class CloserLook(Struct, frozen=True):
    """Further facts by the metadata directory of the distribution that they are about, and what was odd."""

    facts: Mapping[str, Mapping[str, Value]] = NO_FACTS_OF_ANY
    remarks: tuple[Remark, ...] = ()


class Found(Struct, frozen=True):
    """A distribution, where what was found tells which one, and what is odd about it."""

    distribution: Distribution | None
    remarks: tuple[Remark, ...] = ()
