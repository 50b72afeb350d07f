"""A text that is looked through, and how a place in it is told."""

import posixpath
from typing import Final

from msgspec import Struct

_UNQUOTED_ENDINGS: Final = (
    ".cfg", ".conf", ".env", ".envrc", ".ini", ".netrc", ".npmrc", ".properties", ".pypirc", ".sh", ".bash",
    ".service", ".tfvars", ".yaml", ".yml", ".zsh",
)  # fmt: skip
_UNQUOTED_NAMES: Final = ("dockerfile", "containerfile", "makefile", "credentials", ".env")
_MAGIC: Final = ("%env", "%set_env", "!export", "%%bash", "%%sh")
_LOCK_NAMES: Final = (
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "go.sum",
    "conda-lock.yml",
)
_LOCK_ENDINGS: Final = (".lock", ".min.js", ".min.css", ".map", ".svg", ".sum", ".csv", ".tsv", ".po", ".pot")
_INSTALLED: Final = ("site-packages", "dist-packages", "node_modules")
_SYSTEM: Final = ("usr/share/", "usr/lib/", "usr/include/", "var/lib/dpkg/", "etc/ssl/")
_TESTS: Final = frozenset(("t", "test", "tests", "testing", "fixtures", "testdata", "mocks"))
_DOCUMENTATION: Final = frozenset(("doc", "docs", "docs_src"))
_DOCUMENTS: Final = (".md", ".rst", ".adoc", ".html", ".htm", ".txt")


class Text(Struct, frozen=True, kw_only=True):
    """One piece of text, as a person would read it: a file, or a cell of a notebook."""

    path: str
    """Of the file, as it is shown; in an image or a commit, the path there."""
    content: str
    part: str = ""
    """Which part of the file, or where the file stands: ``cell 3``, ``layer 2``."""
    is_file: bool = True
    """Whether the lines are those of the file, so that a review may show them."""

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        start = self.content.rfind("\n", 0, offset) + 1
        return self.content.count("\n", 0, start) + 1, offset - start + 1

    def line_at(self, offset: int) -> str:
        """The whole line around a character."""
        start = self.content.rfind("\n", 0, offset) + 1
        end = self.content.find("\n", offset)
        return self.content[start : end if end >= 0 else len(self.content)]

    @property
    def name(self) -> str:
        """The file's name in small letters."""
        return posixpath.basename(self.path).lower()

    @property
    def has_unquoted_values(self) -> bool:
        """Whether values stand in it without quotes: ``.env``, YAML, a Dockerfile."""
        is_named = self.name.startswith(_UNQUOTED_NAMES) or "dockerfile" in self.name
        is_said = self.part.startswith("configuration") or ", output " in self.part
        return is_named or is_said or self.name.endswith(_UNQUOTED_ENDINGS) or self._is_shell

    @property
    def _is_shell(self) -> bool:
        """Whether a cell of a notebook sets variables as a shell does."""
        return self.name.endswith(".ipynb") and self.content.lstrip().startswith(_MAGIC)

    @property
    def is_generated(self) -> bool:
        """Whether a program wrote it, full of digests that look random: a lock, minified code, a table."""
        return self.name in _LOCK_NAMES or self.name.endswith(_LOCK_ENDINGS) or self.name == "pylock.toml"

    @property
    def is_installed(self) -> bool:
        """Whether it came with a public package: there, what a name suggests is noise."""
        parts = self.path.split("/")
        return any(part in _INSTALLED for part in parts) or self.path.startswith(_SYSTEM)

    @property
    def is_example(self) -> bool:
        """Whether it is a test or a document, where most secrets are made up."""
        parts = self.path.lower().split("/")
        is_test = bool(_TESTS.intersection(parts[:-1])) or self.name.startswith(("test_", "conftest."))
        return (
            is_test
            or self.name.endswith(_DOCUMENTS)
            or bool(_DOCUMENTATION.intersection(parts[:-1]))
            or "_test." in self.name
        )
