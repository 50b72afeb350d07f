"""One package as an index describes it."""

from typing import Final

from msgspec import Struct

PRIORITIES: Final = ("required", "important", "standard", "optional", "extra")


class Package(Struct, frozen=True, kw_only=True):
    """One version of a package, and where its file stands. Relations are as the index writes them."""

    name: str
    version: str
    architecture: str
    file: str
    size: int
    """Bytes."""
    sha256: str
    suite: str
    is_essential: bool = False
    """Whether other packages need it without saying so (Debian Policy, 3.8)."""
    priority: str = "optional"
    pre_depends: str = ""
    depends: str = ""
    provides: str = ""
    conflicts: str = ""
    breaks: str = ""

    @property
    def rank(self) -> tuple[int, str]:
        """Which of several providers is taken: the one that is more usual, then by name."""
        known = self.priority in PRIORITIES
        return (PRIORITIES.index(self.priority) if known else len(PRIORITIES), self.name)

    @property
    def text(self) -> str:
        """Name and version, for people."""
        return f"{self.name} {self.version}"
