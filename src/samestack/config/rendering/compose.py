"""A fragment of a Compose file: a service's variables, and its secrets as mounted files."""

import re
from typing import Any, Final

from samestack.config.rendering.parting import parted
from samestack.config.rendering.yaml_text import texts, yaml_text
from samestack.config.resolution import Resolution
from samestack.errors import RequestError

DIRECTORY: Final = "./secrets"
"""Where the files of the secrets stand, seen from the Compose file."""
_SERVICE: Final = re.compile(r"[a-zA-Z0-9._-]+", re.ASCII)


def compose(resolution: Resolution, service: str) -> str:
    """The fragment as YAML, for ``docker compose -f compose.yaml -f FRAGMENT``.

    A secret is the file of its name in :data:`DIRECTORY`, and in the container the file of its name in
    ``/run/secrets``. :class:`~samestack.errors.RequestError` for a name that no service can have.
    """
    if not _SERVICE.fullmatch(service):
        said = f"'{service[:80]}' can be the name of no service of Compose"
        raise RequestError(said, hint="letters, digits, '.', '_' and '-'")
    parts = parted(resolution)
    names = [secret.name for secret in parts.secrets]
    of_service: dict[str, Any] = {}
    if parts.plain:
        of_service["environment"] = texts({name: _literal(text) for name, text in parts.plain.items()})
    if names:
        of_service["secrets"] = names
    document: dict[str, Any] = {"services": {service: of_service}}
    if names:
        document["secrets"] = {name: {"file": f"{DIRECTORY}/{name}"} for name in names}
    return yaml_text(document)


def _literal(text: str) -> str:
    """A text in which Compose replaces nothing."""
    return text.replace("$", "$$")
