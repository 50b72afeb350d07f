"""Which files of a project belong into no image, as ``.gitignore`` would write it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from samestack.errors import InputError
from samestack.libraries import library

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NEVER: Final = (
    ".git",
    ".hg",
    ".svn",
    ".venv",
    "venv/",
    "node_modules/",
    "__pycache__/",
    "*.py[co]",
    ".mypy_cache/",
    ".pytest_cache/",
    ".ruff_cache/",
    ".hypothesis/",
    ".coverage",
    ".DS_Store",
)
"""What belongs into no image: what others keep here, or make anew."""
WRITTEN: Final = ("/Dockerfile", "/.dockerignore", "/requirements.image/")
"""What ``samestack image dockerfile`` writes: a builder needs it, and an image does not."""
SECRETS: Final = (
    ".env",
    ".env.*",
    "!.env.example",
    "!.env.sample",
    "!.env.template",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "*.kdbx",
    "*.keystore",
    "id_rsa*",
    "id_dsa*",
    "id_ecdsa*",
    "id_ed25519*",
    ".netrc",
    "_netrc",
    ".pypirc",
    ".npmrc",
    ".git-credentials",
    ".dockercfg",
    ".docker/",
    ".aws/",
    ".ssh/",
    ".gnupg/",
    ".kube/",
    "secrets/",
    "secrets.*",
    "credentials",
    "credentials.json",
    "service-account*.json",
    "*.tfstate",
    "*.tfstate.*",
)
"""What is named as secrets are. It is left out even where the settings include it: secrets are mounted when a
container runs."""
TESTS: Final = ("tests/", "test/", "test_*.py", "*_test.py", "conftest.py", ".github/", ".gitlab-ci.yml")
"""What the program does not need when it runs; left out where the settings do not say what is in."""


def patterns(lines: Iterable[str], *, file: str, place: str | None = None) -> "GitIgnoreSpec":
    """Patterns that paths are held against; :class:`InputError` names the file that holds a malformed one."""
    pathspec = library("pathspec", "choosing the files of an image", extra="image")
    try:
        found: GitIgnoreSpec = pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise InputError(file, str(error), place=place) from None
    return found


def built_in(lines: Iterable[str]) -> "GitIgnoreSpec":
    """Patterns of this module."""
    return patterns(lines, file=__name__)
