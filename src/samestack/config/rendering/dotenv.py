"""A ``.env`` file, quoted as python-dotenv reads it."""

import re
from typing import Final

from samestack.config.rendering.parting import parted
from samestack.config.resolution import Resolution
from samestack.errors import RequestError

_NEEDS_NO_QUOTES: Final = re.compile(r"[A-Za-z0-9_@%+=:,./-]+", re.ASCII)
_REPLACED: Final = re.compile(r"\$\{[^}]*\}")
"""What python-dotenv puts another variable in the place of, in quotes of either kind, too."""
_IN_DOUBLE_QUOTES: Final = {"\\": "\\\\", '"': '\\"', "\r": "\\r", "\n": "\\n"}


def dotenv_file(resolution: Resolution, *, with_secrets: bool = False) -> str:
    """The text of the file; secrets are named in comments, or have their values ``with_secrets``.

    :class:`~samestack.errors.RequestError` for a value that python-dotenv would read as another.
    """
    parts = parted(resolution)
    lines = {name: _line(name, text) for name, text in parts.plain.items()}
    for secret in parts.secrets:
        lines[secret.name] = (
            _line(secret.name, secret.text) if with_secrets else f"# {secret.name}= is a secret\n"
        )
    return "".join(line for _, line in sorted(lines.items()))


def _line(name: str, text: str) -> str:
    if _REPLACED.search(text):
        said = f"{name}: in a .env file, python-dotenv puts another variable in the place of its ${{...}}"
        raise RequestError(said, hint="render env-file, which nobody changes, or write it in another way")
    return f"{name}={_quoted(text)}\n"


def _quoted(text: str) -> str:
    """The value in the simplest way that is read back as it is; a carriage return survives only escaped."""
    if _NEEDS_NO_QUOTES.fullmatch(text):
        return text
    if "\r" in text:
        return f'"{"".join(_IN_DOUBLE_QUOTES.get(one, one) for one in text)}"'
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
